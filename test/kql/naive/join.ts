import type { PlanOf, Scalar } from '../../../src/kql/plan/index.ts';
import { identities } from './identity.ts';
import type { Row, Rows } from './rows.ts';
import { rowOf } from './rows.ts';
import type { Scalars } from './scalars.ts';

type Join = PlanOf<'join'>;
type Pair = readonly [left: Row | undefined, right: Row | undefined];

/** Every left row against every right row; a null key is equal to another. */
export function joinRows(plan: Join, left: Rows, right: Rows, scalars: Scalars): Row[] {
  const leftKeys = left.rows.map((row) =>
    keyOf(
      plan.on.map((key) => key.left),
      row,
      scalars,
    ),
  );
  const rightKeys = right.rows.map((row) =>
    keyOf(
      plan.on.map((key) => key.right),
      row,
      scalars,
    ),
  );
  const pairs: Pair[] = [];
  const matchedLeft = new Set<number>();
  const matchedRight = new Set<number>();
  left.rows.forEach((leftRow, i) => {
    right.rows.forEach((rightRow, j) => {
      if (leftKeys[i] !== rightKeys[j]) return;
      if (plan.joinKind === 'innerunique' && leftKeys.indexOf(leftKeys[i]!) < i) return;
      matchedLeft.add(i);
      matchedRight.add(j);
      pairs.push([leftRow, rightRow]);
    });
  });
  const those = (rows: readonly Row[], matched: ReadonlySet<number>, wanted: boolean): Row[] =>
    rows.filter((_, i) => matched.has(i) === wanted);
  const lonelyLeft = those(left.rows, matchedLeft, false).map((row): Pair => [row, undefined]);
  const lonelyRight = those(right.rows, matchedRight, false).map((row): Pair => [undefined, row]);
  const kinds: Readonly<Record<Join['joinKind'], readonly Pair[]>> = {
    inner: pairs,
    innerunique: pairs,
    leftouter: [...pairs, ...lonelyLeft],
    rightouter: [...pairs, ...lonelyRight],
    fullouter: [...pairs, ...lonelyLeft, ...lonelyRight],
    leftsemi: those(left.rows, matchedLeft, true).map((row) => [row, undefined]),
    rightsemi: those(right.rows, matchedRight, true).map((row) => [undefined, row]),
    leftanti: lonelyLeft,
    rightanti: lonelyRight,
  };
  return kinds[plan.joinKind].map((pair) => output(plan, pair));
}

const keyOf = (parts: readonly Scalar[], row: Row, { value }: Scalars): string =>
  identities(
    parts.map((part) => value(part, row)),
    parts.map(({ type }) => type),
  );

const output = (plan: Join, [left, right]: Pair): Row => {
  const values = new Map(
    plan.output.map(({ side, column, name }) => [name, (side === 'left' ? left : right)?.get(column) ?? null]),
  );
  return rowOf(
    plan.schema,
    plan.schema.map(({ name }) => values.get(name) ?? null),
  );
};
