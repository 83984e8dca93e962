import type { PlanOf } from '../../../src/kql/plan/index.ts';
import { dynamicFrom, type Value } from '../../../src/values/index.ts';
import { gather, identities } from './identity.ts';
import { type Row, type Rows, rowOf } from './rows.ts';
import type { Scalars } from './scalars.ts';

const noRow: Row = new Map();

/** Axis values are bigint or number, all of one kind; a bound that is left out is undefined. */
type Point = number | bigint;

/** `make-series` by its definition: each group, each bin from the first to the last, the rows that fall into it. */
export function seriesRows(plan: PlanOf<'series'>, input: Rows, scalars: Scalars): Row[] {
  const bound = (scalar: typeof plan.from): Point | undefined => scalar && (scalars.value(scalar, noRow) as Point);
  const [from, to, step] = [bound(plan.from), bound(plan.to), bound(plan.step)!];
  const isReal = plan.axis.value.type === 'real';
  const origin = from ?? (isReal ? 0 : 0n);
  const inBins = input.rows.flatMap((row) => {
    const at = scalars.value(plan.axis.value, row) as Point | null;
    const isInside =
      at !== null && !Number.isNaN(at) && !(from !== undefined && at < from) && !(to !== undefined && at >= to);
    return isInside ? [{ row, bin: floorDivide(minus(at, origin), step) }] : [];
  });
  const types = plan.by.map(({ value }) => value.type);
  const keysOf = (row: Row): Value[] => plan.by.map(({ value }) => scalars.value(value, row));
  const groups = gather(inBins, ({ row }) => identities(keysOf(row), types));
  if (groups.length === 0 && plan.nonempty) groups.push([]);
  return groups.map((group) => {
    const bins = group.map(({ bin }) => bin);
    const first = from === undefined ? least(bins) : 0n;
    const end = to === undefined ? greatest(bins) + 1n : ceilDivide(minus(to, origin), step);
    const numbers: bigint[] = [];
    for (let bin = first; bin < end; bin++) numbers.push(bin);
    const arrays = plan.aggregates.map(({ value, fallback }) =>
      numbers.map((bin) => {
        const rows = group.filter((item) => item.bin === bin).map(({ row }) => row);
        const found = rows.length === 0 ? scalars.value(fallback, noRow) : scalars.aggregate(value, rows);
        return dynamicFrom(found, value.type);
      }),
    );
    const axis = numbers.map((bin) => dynamicFrom(plus(origin, times(bin, step)), plan.axis.value.type));
    return rowOf(plan.schema, [...(group[0] === undefined ? [] : keysOf(group[0].row)), ...arrays, axis]);
  });
}

const inOrder = (bins: readonly bigint[]): bigint[] => bins.toSorted((a, b) => Number(a - b));
const least = (bins: readonly bigint[]): bigint => inOrder(bins)[0]!;
const greatest = (bins: readonly bigint[]): bigint => inOrder(bins).at(-1)!;

const minus = (a: Point, b: Point): Point => (typeof a === 'bigint' ? a - (b as bigint) : a - (b as number));
const plus = (a: Point, b: Point): Point => (typeof a === 'bigint' ? a + (b as bigint) : a + (b as number));
const times = (count: bigint, step: Point): Point => (typeof step === 'bigint' ? count * step : Number(count) * step);

function floorDivide(a: Point, b: Point): bigint {
  if (typeof a === 'number') return BigInt(Math.floor(a / (b as number)));
  const quotient = a / (b as bigint);
  return a % (b as bigint) < 0n ? quotient - 1n : quotient;
}

const ceilDivide = (a: Point, b: Point): bigint =>
  typeof a === 'number' ? BigInt(Math.ceil(a / (b as number))) : -floorDivide(-a, b);
