import type { Value } from '../../values/index.ts';
import type { PlanData } from '../plan/index.ts';
import type { Operation, Rows } from './operation.ts';
import {
  type Appearance,
  bySteps,
  checkSize,
  inTime,
  lastStep,
  type Slice,
  slicesOf,
  stepOf,
  type Timeline,
  timeOf,
} from './timeline.ts';

/** A timeline whose steps look back: over a span (`lookback`), to count periods (`period`, `count`). */
interface Options extends Timeline {
  readonly lookback: bigint;
  readonly period: bigint;
  readonly count: bigint;
}

type Rates = (slice: Slice, options: Options) => Value[][];

/** An operation that makes rows of each slice: the time of a step, the dimensions, the numbers. */
const perSlice = (name: string, lookback: (options: Options) => bigint, rates: Rates): Operation => ({
  name,
  page: `${name.replaceAll('_', '-')}-plugin`,
  run: ([input]: readonly Rows[], data: PlanData) => {
    const options = data as unknown as Options;
    const slices = slicesOf(input!, options.start - lookback(options), options.end);
    const rows = slices.flatMap((slice) =>
      rates(slice, options).map(([at, ...numbers]) => [at!, ...slice.dimensions, ...numbers]),
    );
    return inTime(rows);
  },
});

const steps = (slice: Slice, options: Timeline): [number, string[]][] =>
  bySteps(slice.appearances.map(({ id, at }) => [stepOf(options, at), id] as const));

const long = (count: number): bigint => BigInt(count);

/** Appearances, ids, ids that are new, and all ids so far. */
const counts: Rates = (slice, options) => {
  const known = new Set<string>();
  return steps(slice, options).map(([step, ids]) => {
    const before = known.size;
    for (const id of ids) known.add(id);
    const numbers = [ids.length, new Set(ids).size, known.size - before, known.size].map(long);
    return [timeOf(options, step), ...numbers];
  });
};

/** Ids, ids that the step before had not, and the shares of that step's ids that came back and that did not. */
const retention: Rates = (slice, options) => {
  const sets = new Map(steps(slice, options).map(([step, ids]) => [step, new Set(ids)]));
  return [...sets].map(([step, ids]) => {
    const before = sets.get(step - 1) ?? new Set<string>();
    const returned = [...ids].filter((id) => before.has(id)).length;
    const rates = [returned / before.size, (before.size - returned) / before.size];
    return [timeOf(options, step), long(ids.size), long(ids.size - returned), ...rates];
  });
};

/** What every step of a window sees: appearances of the steps up to `width - 1` before it. */
function sliding(name: string, slice: Slice, options: Timeline, width: number): [number, string[]][] {
  const last = lastStep(options);
  const spread: [number, string][] = [];
  checkSize(name, slice.appearances.length * Math.min(width, last + 1));
  for (const { id, at } of slice.appearances) {
    const step = stepOf(options, at);
    for (let seen = Math.max(0, step); seen <= Math.min(last, step + width - 1); seen++) spread.push([seen, id]);
  }
  return bySteps(spread);
}

/** Ids of a step and of the window that ends with it. */
const engagement: Rates = (slice, options) => {
  const inner = new Map(steps(slice, options).map(([step, ids]) => [step, new Set(ids).size]));
  const width = Math.max(1, Number(options.lookback / options.step));
  return sliding('activity_engagement', slice, options, width).flatMap(([step, ids]) => {
    const [few, many] = [inner.get(step) ?? 0, new Set(ids).size];
    return few === 0 ? [] : [[timeOf(options, step), long(few), long(many), few / many]];
  });
};

/** Appearances and ids of the window that ends with a step. */
const windowCounts: Rates = (slice, options) => {
  const width = Math.max(1, Number(options.lookback / options.step));
  return sliding('sliding_window_counts', slice, options, width).map(([step, ids]) => [
    timeOf(options, step),
    long(ids.length),
    long(new Set(ids).size),
  ]);
};

/** Ids that have an appearance in the step up to which they were seen in enough periods. */
const activeUsers: Rates = (slice, options) => {
  const active: [number, string][] = [];
  for (const appearances of byId(slice).values()) {
    const periods = new Map<number, number>();
    const periodOf = ({ at }: Appearance): number => stepOf({ ...options, step: options.period }, at);
    let first = 0;
    for (const appearance of appearances) {
      const { id, at } = appearance;
      count(periods, periodOf(appearance), 1);
      for (; appearances[first]!.at <= at - options.lookback; first++)
        count(periods, periodOf(appearances[first]!), -1);
      if (at >= options.start && periods.size >= options.count) active.push([stepOf(options, at), id]);
    }
  }
  return bySteps(active).map(([step, ids]) => [timeOf(options, step), long(new Set(ids).size)]);
};

function count(counts: Map<number, number>, key: number, by: 1 | -1): void {
  const total = (counts.get(key) ?? 0) + by;
  if (total === 0) counts.delete(key);
  else counts.set(key, total);
}

/** Sessions that a step sees: an id's session goes on while it is not away for longer than the look-back window. */
const sessions: Rates = (slice, options) => {
  const seen: [number, string][] = [];
  for (const appearances of byId(slice).values()) {
    let session = 0;
    for (const [i, { id, at }] of appearances.entries()) {
      if (i > 0 && at - appearances[i - 1]!.at > options.lookback) session++;
      if (at >= options.start) seen.push([stepOf(options, at), `${session} ${id}`]);
    }
  }
  return bySteps(seen).map(([step, names]) => [timeOf(options, step), long(new Set(names).size)]);
};

function byId({ appearances }: Slice): Map<string, Appearance[]> {
  const ids = new Map<string, Appearance[]>();
  for (const appearance of appearances) {
    const found = ids.get(appearance.id);
    if (found === undefined) ids.set(appearance.id, [appearance]);
    else found.push(appearance);
  }
  return ids;
}

const nothing = (): bigint => 0n;
const window = ({ lookback, step }: Options): bigint => (lookback > step ? (lookback / step) * step - step : 0n);
const lookback = (options: Options): bigint => options.lookback;

/** Plugins that count who is active, step by step. */
export const activityOperations: readonly Operation[] = [
  perSlice('activity_counts_metrics', nothing, counts),
  perSlice('activity_metrics', nothing, retention),
  perSlice('activity_engagement', window, engagement),
  perSlice('sliding_window_counts', window, windowCounts),
  perSlice('active_users_count', lookback, activeUsers),
  perSlice('session_count', lookback, sessions),
];
