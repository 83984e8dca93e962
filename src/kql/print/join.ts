import { physicalNames, sqlName } from '../../duckdb/index.ts';
import type { JoinKind, PlanOf } from '../plan/index.ts';
import type { Printer } from './printer.ts';
import { printScalar } from './scalar.ts';
import { type Select, selectAll } from './select.ts';

const words: Readonly<Record<JoinKind, string>> = {
  innerunique: 'JOIN',
  inner: 'JOIN',
  leftouter: 'LEFT JOIN',
  rightouter: 'RIGHT JOIN',
  fullouter: 'FULL JOIN',
  leftsemi: 'SEMI JOIN',
  leftanti: 'ANTI JOIN',
  rightsemi: 'SEMI JOIN',
  rightanti: 'ANTI JOIN',
};

/** Sides whose columns may be missing in a row of the result: their strings become '' again, for KQL has no null string. */
const missing: Readonly<Partial<Record<JoinKind, readonly ('left' | 'right')[]>>> = {
  leftouter: ['right'],
  rightouter: ['left'],
  fullouter: ['left', 'right'],
};

/** A join as a SELECT. The right kinds of semi and anti are the left ones with the sides exchanged. */
export function joinSelect(plan: PlanOf<'join'>, printer: Printer): Select {
  const [l, r] = [printer.place(plan.left.schema, 'l'), printer.place(plan.right.schema, 'r')];
  const left = `${printer.source(uniqueLeft(plan))} AS l`;
  const right = `${printer.source(plan.right)} AS r`;
  const on = plan.on.map((key) => keySql(key, printScalar(key.left, l), printScalar(key.right, r))).join(' AND ');
  const exchanged = plan.joinKind === 'rightsemi' || plan.joinKind === 'rightanti';
  const [first, second] = exchanged ? [right, left] : [left, right];
  const names = physicalNames(plan.schema);
  const columns = plan.output.map(({ side, column, name }) => {
    const sql = (side === 'left' ? l : r).column(column);
    const type = plan.schema.find((candidate) => candidate.name === name)?.type;
    const lost = type === 'string' && missing[plan.joinKind]?.includes(side);
    return `${lost ? `coalesce(${sql}, '')` : sql} AS ${sqlName(names.get(name)!)}`;
  });
  return { ...selectAll(`${first}\n${words[plan.joinKind]} ${second} ON ${on}`), columns };
}

/** A null finds a null on the other side, unlike with `==`. Strings are never null, so that theirs is the plain sign. */
const keySql = ({ left }: PlanOf<'join'>['on'][number], l: string, r: string): string =>
  left.type === 'string' ? `${l} = ${r}` : `${l} IS NOT DISTINCT FROM ${r}`;

/** `innerunique` keeps one left row a key; which one is open in KQL, here the engine's first. */
function uniqueLeft(plan: PlanOf<'join'>): PlanOf<'join'>['left'] {
  return plan.joinKind === 'innerunique'
    ? { kind: 'unique', input: plan.left, keys: plan.on.map((key) => key.left), schema: plan.left.schema }
    : plan.left;
}
