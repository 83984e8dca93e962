import { columnsOf, invalid, kindOf, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import { column, type JoinKind, type JoinPlan, type Plan, type Scalar } from '../../plan/index.ts';
import type { Environment } from '../environment.ts';
import { parameterOf } from './operator.ts';

type Keys = JoinPlan['on'];
type Output = JoinPlan['output'];

const kinds: Readonly<Record<string, JoinKind>> = {
  innerunique: 'innerunique',
  inner: 'inner',
  leftouter: 'leftouter',
  rightouter: 'rightouter',
  fullouter: 'fullouter',
  leftsemi: 'leftsemi',
  rightsemi: 'rightsemi',
  leftanti: 'leftanti',
  anti: 'leftanti',
  leftantisemi: 'leftanti',
  rightanti: 'rightanti',
  rightantisemi: 'rightanti',
};

/** `join`: https://learn.microsoft.com/kusto/query/join-operator. `innerunique` unless told; hints change nothing. */
export function lowerJoin(node: Syntax, left: Plan, env: Environment): Plan {
  const spelled = parameterOf(node, 'kind') ?? 'innerunique';
  const joinKind = kinds[spelled] ?? unsupported(node, `join kind=${spelled}`);
  const right = env.table(node.Expression, env);
  const on = lowerKeys(node.ConditionClause, left, right);
  const schema = columnsOf(node);
  return { kind: 'join', joinKind, left, right, on, output: outputOf(joinKind, left, right, schema), schema };
}

/** `lookup`: a join that extends the left rows; the right keys do not come out. `leftouter` unless told. */
export function lowerLookup(node: Syntax, left: Plan, env: Environment): Plan {
  const spelled = parameterOf(node, 'kind') ?? 'leftouter';
  if (spelled !== 'leftouter' && spelled !== 'inner') return unsupported(node, `lookup kind=${spelled}`);
  const right = env.table(node.Expression, env);
  const on = lowerKeys(node.LookupClause, left, right);
  const keys = new Set(on.map((key) => (key.right as { name: string }).name));
  const schema = columnsOf(node);
  const rest = { ...right, schema: right.schema.filter(({ name }) => !keys.has(name)) };
  return { kind: 'join', joinKind: spelled, left, right, on, output: outputOf(spelled, left, rest, schema), schema };
}

/** The binder's names are those of the left, then of the right, clashes renamed; the order tells which is which. */
function outputOf(joinKind: JoinKind, left: Plan, right: Plan, schema: Plan['schema']): Output {
  const one = /^(left|right)(semi|anti)$/.exec(joinKind)?.[1];
  const sides = [
    ...(one === 'right' ? [] : left.schema.map(({ name }) => ({ side: 'left' as const, column: name }))),
    ...(one === 'left' ? [] : right.schema.map(({ name }) => ({ side: 'right' as const, column: name }))),
  ];
  return sides.map((side, i) => ({ ...side, name: schema[i]!.name }));
}

function lowerKeys(clause: Syntax, left: Plan, right: Plan): Keys {
  if (clause === null || kindOf(clause) !== 'JoinOnClause') return unsupported(clause, 'join … where');
  return listOf(clause.Expressions).flatMap((item) => lowerKey(item, left, right));
}

/** `Column`, or `$left.A == $right.B` either way round, or several of these with `and`. */
function lowerKey(node: Syntax, left: Plan, right: Plan): Keys {
  if (kindOf(node) === 'AndExpression')
    return [...lowerKey(node.Left, left, right), ...lowerKey(node.Right, left, right)];
  if (kindOf(node) === 'ParenthesizedExpression') return lowerKey(node.Expression, left, right);
  if (kindOf(node) === 'NameReference') {
    const name = String(node.SimpleName);
    return [{ left: keyOf(node, name, left), right: keyOf(node, name, right) }];
  }
  if (kindOf(node) !== 'EqualExpression') return unsupported(node, 'a join key that is not an equality of columns');
  const [a, b] = [sideOf(node.Left), sideOf(node.Right)];
  if (a.side === b.side) return invalid(node, 'the join key', 'one side must be $left and the other $right');
  const [l, r] = a.side === '$left' ? [a, b] : [b, a];
  return [{ left: keyOf(node, l.name, left), right: keyOf(node, r.name, right) }];
}

function sideOf(node: Syntax): { side: string; name: string } {
  if (kindOf(node) !== 'PathExpression')
    return unsupported(node, 'a join key that is not $left.column or $right.column');
  return { side: String(node.Expression.SimpleName), name: String(node.Selector.SimpleName) };
}

function keyOf(node: Syntax, name: string, side: Plan): Scalar {
  const found = side.schema.find((candidate) => candidate.name === name);
  if (found === undefined) return unsupported(node, `the join key ${name}`);
  if (found.type === 'dynamic') return unsupported(node, `the dynamic join key ${name}`);
  return column(name, found.type);
}
