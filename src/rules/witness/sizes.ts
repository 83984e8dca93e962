import type { PlanOf, Scalar } from '../../kql/index.ts';
import type { Random } from '../../lab/index.ts';
import type { Value } from '../../values/index.ts';
import { reads, valueIn } from './symbols.ts';

/** Aggregates that count. */
export const COUNTS = /^(count|countif|dcount|dcountif|count_distinct|count_distinctif)$/;

/** How many rows a group is to have, and what its counting columns are to come to, by name. */
export interface Sizes {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, number>;
}

/** More rows than these are not made for one group. */
const MOST = 1_500;

/** Sizes of a group for which the predicates above it that read nothing but its counts are true. */
export function sizesFor(
  plan: PlanOf<'aggregate'>,
  above: readonly Scalar[],
  { plain, random }: { readonly plain: boolean; readonly random: Random },
): Sizes {
  const counting = plan.aggregates.filter(({ value }) => COUNTS.test(value.name));
  const names = new Set(counting.map(({ name }) => name));
  const deciding = above.filter(
    (part) => reads(part, (name) => names.has(name)) && !reads(part, (name) => !names.has(name)),
  );
  const read = counting.filter(({ name }) => above.some((part) => reads(part, (other) => other === name)));
  const fitting: Sizes[] = [];
  for (const rows of candidates(above.filter((part) => reads(part, (name) => names.has(name)))))
    for (const columns of combinations(
      read.map(({ name, value }) => [name, value.name]),
      rows,
    )) {
      const cells = new Map<string, Value>([...columns].map(([name, size]) => [name, BigInt(size)]));
      if (!deciding.every((part) => valueIn(part, cells) === true)) continue;
      if (plain) return { rows, columns };
      fitting.push({ rows, columns });
    }
  return fitting.length === 0 ? { rows: 1, columns: new Map() } : random.pick(fitting.slice(0, 12));
}

/** Numbers of rows to try, few first: one, two, and those around the numbers that the predicates compare with. */
function candidates(above: readonly Scalar[]): number[] {
  const numbers = above
    .flatMap(numbersIn)
    .flatMap((n) => [Math.floor(n) - 1, Math.floor(n), Math.floor(n) + 1, Math.floor(n) * 2]);
  return [...new Set([1, 2, 3, 10, ...numbers])].filter((n) => n >= 1 && n <= MOST).sort((a, b) => a - b);
}

function numbersIn(scalar: Scalar): number[] {
  if (scalar.kind === 'call') return scalar.args.flatMap(numbersIn);
  const isNumber = scalar.kind === 'literal' && (typeof scalar.value === 'bigint' || typeof scalar.value === 'number');
  return isNumber ? [Number(scalar.value)] : [];
}

/** What counts can come to in a group of so many rows: all of them, one, none where a condition may fail. */
function combinations(
  columns: readonly (readonly [name: string, aggregate: string])[],
  rows: number,
): ReadonlyMap<string, number>[] {
  const choices = (aggregate: string): number[] => {
    if (aggregate === 'count') return [rows];
    const some = rows > 2 ? [Math.floor(rows / 2)] : [];
    return [...new Set(aggregate.endsWith('if') ? [rows, 1, ...some, 0] : [rows, 1, ...some])].filter((n) => n <= rows);
  };
  return columns
    .slice(0, 4)
    .reduce<ReadonlyMap<string, number>[]>(
      (all, [name, aggregate]) =>
        all.flatMap((one) => choices(aggregate).map((size) => new Map([...one, [name, size]]))),
      [new Map()],
    );
}
