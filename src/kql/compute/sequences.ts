import type { Value } from '../../values/index.ts';
import type { PlanData } from '../plan/index.ts';
import type { Operation, Rows } from './operation.ts';
import { bySteps, checkSize, compare, inKeyOrder, keyOf, stepOf, type Timeline, timeOf } from './timeline.ts';

interface Detection {
  readonly maxStep: bigint;
  readonly maxSpan: bigint;
  readonly steps: number;
}

/** `sequence_detect` over rows of a time, whether each step holds, and dimensions: each chain of times, once. */
function detect([input]: readonly Rows[], data: PlanData): Value[][] {
  const options = data as unknown as Detection;
  const groups = new Map<string, { dimensions: readonly Value[]; steps: Set<bigint>[] }>();
  for (const [at, ...rest] of input!.rows) {
    const dimensions = rest.slice(options.steps);
    const key = keyOf(dimensions);
    const group = groups.get(key) ?? { dimensions, steps: Array.from({ length: options.steps }, () => new Set()) };
    groups.set(key, group);
    if (typeof at === 'bigint') for (const [i, times] of group.steps.entries()) if (rest[i] === true) times.add(at);
  }
  const found: Value[][] = [];
  for (const { dimensions, steps } of inKeyOrder(groups)) {
    const times = steps.map((set) => [...set].sort(compare));
    for (const chain of chains(times, options, found.length))
      found.push([...dimensions, ...chain, chain.at(-1)! - chain[0]!]);
  }
  return found;
}

/** Chains that take one time of each step, each later than the one before and near enough to it and to the first. */
function chains(steps: readonly bigint[][], { maxStep, maxSpan }: Detection, others: number): bigint[][] {
  let open: bigint[][] = steps[0]!.map((at) => [at]);
  for (const times of steps.slice(1)) {
    const longer: bigint[][] = [];
    for (const chain of open) {
      const [first, last] = [chain[0]!, chain.at(-1)!];
      const isNear = (at: bigint): boolean => at - last <= maxStep && at - first <= maxSpan;
      for (let i = firstAfter(times, last); i < times.length && isNear(times[i]!); i++) {
        longer.push([...chain, times[i]!]);
        checkSize('sequence_detect', others + longer.length);
      }
    }
    open = longer;
  }
  return open;
}

/** The place of the first time that is later than a given one. */
function firstAfter(times: readonly bigint[], at: bigint): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Funnel extends Timeline {
  readonly sequence: readonly string[];
  readonly periods: readonly bigint[];
}

/** `funnel_sequence_completion` over rows of id, time and state: how many ids come to each state, in each period. */
function completion([input]: readonly Rows[], data: PlanData): Value[][] {
  const options = data as unknown as Funnel;
  const events = input!.rows.flatMap(([id, at, state]) =>
    id === null || typeof at !== 'bigint' || at < options.start || at > options.end
      ? []
      : [[stepOf(options, at), { id: String(id), at, state: String(state) }] as const],
  );
  return bySteps(events).flatMap(([step, found]) => {
    const people = new Map<string, Event[]>();
    for (const event of found.sort((a, b) => compare(a.at, b.at))) {
      const own = people.get(event.id) ?? [];
      people.set(event.id, own);
      own.push(event);
    }
    return options.periods.flatMap((period) => {
      const reached = [...people.values()].map((own) => depth(own, options.sequence, period));
      return options.sequence.map((state, i) => {
        const count = BigInt(reached.filter((length) => length > i).length);
        return [timeOf(options, step), state, period, count];
      });
    });
  });
}

interface Event {
  readonly at: bigint;
  readonly state: string;
  readonly id: string;
}

/** How many states of a sequence one goes through, in order, within a period of the first. */
function depth(events: readonly Event[], sequence: readonly string[], period: bigint): number {
  /** For each state, the latest start of a way that has come to it. */
  const starts: (bigint | undefined)[] = sequence.map(() => undefined);
  let deepest = 0;
  for (const { at, state } of events) {
    for (let i = sequence.length - 1; i >= 0; i--) {
      if (sequence[i] !== state) continue;
      const start = i === 0 ? at : starts[i - 1];
      if (start === undefined || at - start > period) continue;
      starts[i] = start;
      deepest = Math.max(deepest, i + 1);
    }
  }
  return deepest;
}

/** Plugins that look for events in a given order. */
export const sequenceOperations: readonly Operation[] = [
  { name: 'sequence_detect', page: 'sequence-detect-plugin', run: detect },
  { name: 'funnel_sequence_completion', page: 'funnel-sequence-completion-plugin', run: completion },
];
