import type { Value } from '../../values/index.ts';
import type { PlanData } from '../plan/index.ts';
import type { Operation, Rows } from './operation.ts';
import { bySteps, checkSize, inKeyOrder, keyOf, stepOf, timeOf } from './timeline.ts';

interface Rolling {
  readonly percentile: number;
  readonly size: bigint;
  readonly bins: bigint;
}

/** `rolling_percentile` over rows of a value, an index and dimensions. */
function percentiles([input]: readonly Rows[], data: PlanData): Value[][] {
  const { percentile, size, bins } = data as unknown as Rolling;
  const timeline = { start: 0n, end: 0n, step: size };
  const slices = new Map<string, { dimensions: readonly Value[]; values: (readonly [number, Value])[] }>();
  for (const [value, at, ...dimensions] of input!.rows) {
    if (typeof at !== 'bigint') continue;
    const slice = slices.get(keyOf(dimensions)) ?? { dimensions, values: [] };
    slices.set(keyOf(dimensions), slice);
    slice.values.push([stepOf(timeline, at), value!]);
  }
  return inKeyOrder(slices).flatMap(({ dimensions, values }) => {
    const steps = bySteps(values);
    checkSize('rolling_percentile', values.length * Math.min(Number(bins), steps.length));
    return steps.map(([step], i) => {
      const inside: Value[] = [];
      for (let j = i; j >= 0 && steps[j]![0] > step - Number(bins); j--)
        for (const value of steps[j]![1]) inside.push(value);
      return [timeOf(timeline, step), ...dimensions, rank(inside, percentile)];
    });
  });
}

/** The smallest value that at least the given percent of the values do not exceed; nulls are left out. */
function rank(values: readonly Value[], percentile: number): Value {
  const known = values.filter((value) => value !== null).sort((a, b) => (a! < b! ? -1 : a! > b! ? 1 : 0));
  const place = Math.max(1, Math.ceil((percentile / 100) * known.length));
  return known[place - 1] ?? null;
}

interface Near {
  readonly before: bigint;
  readonly after: bigint;
}

/** `rows_near` over rows whose last column tells whether they are looked for. */
function near([input]: readonly Rows[], data: PlanData): Value[][] {
  const { before, after } = data as unknown as Near;
  const { rows } = input!;
  const shown: boolean[] = rows.map(() => false);
  let until = -1;
  for (const [i, row] of rows.entries()) {
    if (row.at(-1) === true) {
      for (let j = i; j >= Math.max(0, i - Number(before)) && !shown[j]; j--) shown[j] = true;
      until = i + Number(after);
    }
    if (i <= until) shown[i] = true;
  }
  return rows.filter((_, i) => shown[i]).map((row) => row.slice(0, -1));
}

/** Plugins that look at the rows around a row. */
export const rollingOperations: readonly Operation[] = [
  { name: 'rolling_percentile', page: 'rolling-percentile-plugin', run: percentiles },
  { name: 'rows_near', page: 'rows-near-plugin', run: near },
];
