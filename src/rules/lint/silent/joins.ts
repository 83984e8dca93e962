import { membersOf, type SyntaxNode } from '../../../kql/index.ts';
import { isUniqueOn, type JoinSight, nothing, type Rows, type Source } from './rows.ts';
import type { Trace } from './trace.ts';

/** The rows of `join` and `lookup`; notes the join for the lints that are about it. */
export function joined(trace: Trace, operator: SyntaxNode, left: Rows): Rows {
  const other = operator.child('Expression');
  const right = other === undefined ? { ...left, columns: new Map<string, Source>() } : trace.rowsOf(other);
  const written = kindOf(operator);
  const kind = written ?? (operator.kind === 'LookupOperator' ? 'leftouter' : 'innerunique');
  const isDefault = written === undefined && operator.kind === 'JoinOperator';
  const sight = trace.note({ node: operator, kind, isDefault, left, right, keys: keysOf(operator) });
  return { ...factsOf(sight), columns: new Map(columnsOf(sight)) };
}

/** `kind=` as written, in lower case. */
function kindOf(operator: SyntaxNode): string | undefined {
  const parameter = membersOf(operator.child('Parameters')).find(
    (member) => member.child('Name')?.text.toLowerCase() === 'kind',
  );
  return parameter?.child('Expression')?.text.toLowerCase();
}

function keysOf(operator: SyntaxNode): JoinSight['keys'] {
  const clause = operator.child('ConditionClause') ?? operator.child('LookupClause');
  return membersOf(clause?.child('Expressions')).flatMap((node) => {
    if (node.kind === 'NameReference') return [{ left: node.text, right: node.text, node }];
    const sides = [node.child('Left'), node.child('Right')];
    const named = (side: string): string | undefined =>
      sides.find((operand) => operand?.child('Expression')?.text === side)?.child('Selector')?.text;
    const [left, right] = [named('$left'), named('$right')];
    return left === undefined || right === undefined ? [] : [{ left, right, node }];
  });
}

/** One side only, as semi- and anti-joins give it. */
const sideOf = (kind: string): 'left' | 'right' | undefined =>
  /^left(?:semi|anti|antisemi)$|^anti$/.test(kind)
    ? 'left'
    : /^right(?:semi|anti|antisemi)$/.test(kind)
      ? 'right'
      : undefined;

function factsOf(sight: JoinSight): Omit<Rows, 'columns'> {
  const { left, right, kind, keys } = sight;
  const side = sideOf(kind);
  if (side !== undefined) return sight[side];
  const [isLeftUnique, isRightUnique] = [
    isUniqueOn(
      left,
      keys.map((key) => key.left),
    ),
    isUniqueOn(
      right,
      keys.map((key) => key.right),
    ),
  ];
  const isOneLeft = isLeftUnique || kind === 'innerunique';
  const grains = isRightUnique ? left.grains : isOneLeft ? right.grains : [...left.grains, ...right.grains];
  const keysAlone = kind === 'innerunique' ? [keys.map((key) => key.left)] : left.unique;
  const keepsLeft = kind !== 'rightouter' && kind !== 'fullouter';
  return {
    grains,
    unique: [...(isRightUnique ? keysAlone : []), ...(isOneLeft ? uniqueOnRight(sight) : [])],
    filled: new Set([...(keepsLeft ? left.filled : []), ...ownOf(sight, 'filled')]),
    pinned: new Set([...(keepsLeft ? left.pinned : []), ...ownOf(sight, 'pinned')]),
  };
}

/** What is known of right columns that keep their names, where each row of the result has a right row. */
function ownOf({ kind, left, right }: JoinSight, fact: 'filled' | 'pinned'): readonly string[] {
  if (!/^inner|^rightouter/.test(kind)) return [];
  return [...right[fact]].filter((name) => !left.columns.has(name));
}

/** What is unique on the right, by the names of the result, where no right row is given twice. */
function uniqueOnRight({ node, left, right, keys }: JoinSight): readonly (readonly string[])[] {
  const names = (node.columns ?? []).map(({ name }) => name).slice(left.columns.size);
  const columns = [...right.columns.keys()];
  const nameOf = (column: string): string | undefined =>
    keys.find((key) => key.right === column)?.left ?? names[columns.indexOf(column)];
  return right.unique
    .map((key) => key.map(nameOf))
    .filter((key): key is string[] => key.every((name) => name !== undefined));
}

/** Left columns under their names, then right ones; what the binder names anew is known by its place. */
function* columnsOf(sight: JoinSight): Generator<[string, Source]> {
  const names = (sight.node.columns ?? []).map(({ name }) => name);
  const side = sideOf(sight.kind);
  const left = side === 'right' ? [] : [...sight.left.columns].map((entry) => marked(sight, 'left', entry));
  const rightKeys = new Set(sight.node.kind === 'LookupOperator' ? sight.keys.map((key) => key.right) : []);
  const right =
    side === 'left'
      ? []
      : [...sight.right.columns].filter(([name]) => !rightKeys.has(name)).map((entry) => marked(sight, 'right', entry));
  const all = [...left, ...right];
  for (const [index, name] of names.entries())
    yield [name, names.length === all.length ? (all[index] ?? nothing) : (sight.left.columns.get(name) ?? nothing)];
}

function marked(join: JoinSight, side: 'left' | 'right', [column, source]: [string, Source]): Source {
  return { ...source, marks: new Set([...source.marks, { join, side, column }]) };
}
