import { MailhuntError } from '../../errors/index.ts';
import type { Value } from '../../values/index.ts';
import type { PlanData } from '../plan/index.ts';
import type { Rows } from './operation.ts';

/** The part of time that a plugin analyses, in steps from its start; its end is included. */
export interface Timeline {
  readonly [name: string]: PlanData;
  readonly start: bigint;
  readonly end: bigint;
  readonly step: bigint;
}

/** Somebody at a time: the key of an id, for comparing. */
export interface Appearance {
  readonly id: string;
  readonly at: bigint;
}

/** The appearances that share the values of all dimensions, in time. */
export interface Slice {
  readonly dimensions: readonly Value[];
  readonly appearances: readonly Appearance[];
}

/** More rows than these are no answer for a person: plugins that multiply rows stop there. */
const MAX_ROWS = 1_000_000;

/** Values as a text that is the same where the values, of the same types, are. */
export const keyOf = (values: readonly Value[]): string => JSON.stringify(values.map(String));

/** The slices of rows of id, time and dimensions; rows without id or time, or outside of `from`..`to`, are left out. */
export function slicesOf({ rows }: Rows, from: bigint, to: bigint): Slice[] {
  const slices = new Map<string, { dimensions: readonly Value[]; appearances: Appearance[] }>();
  for (const [id, at, ...dimensions] of rows) {
    if (id === null || typeof at !== 'bigint' || at < from || at > to) continue;
    const key = keyOf(dimensions);
    const slice = slices.get(key) ?? { dimensions, appearances: [] };
    slices.set(key, slice);
    slice.appearances.push({ id: String(id), at });
  }
  for (const { appearances } of slices.values()) appearances.sort((a, b) => compare(a.at, b.at));
  return inKeyOrder(slices);
}

/** What a map holds, in the order of its keys: slices come in an order that does not hang on that of the rows. */
export const inKeyOrder = <T>(slices: ReadonlyMap<string, T>): T[] =>
  [...slices].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, slice]) => slice);

export const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** The number of the step in which a time lies, from 0; before the start it is negative. */
export const stepOf = ({ start, step }: Timeline, at: bigint): number => {
  const steps = (at - start) / step;
  return Number(steps * step > at - start ? steps - 1n : steps);
};

/** The time at which a step begins. */
export const timeOf = ({ start, step }: Timeline, index: number): bigint => start + BigInt(index) * step;

/** The number of the last step. */
export const lastStep = (timeline: Timeline): number => stepOf(timeline, timeline.end);

/** Values gathered by step, steps in order. */
export function bySteps<T>(items: Iterable<readonly [number, T]>): [number, T[]][] {
  const steps = new Map<number, T[]>();
  for (const [step, item] of items) {
    const found = steps.get(step);
    if (found === undefined) steps.set(step, [item]);
    else found.push(item);
  }
  return [...steps].sort(([a], [b]) => a - b);
}

/** Refuses a plugin that would make too many rows or take too many turns for them. */
export function checkSize(what: string, rows: number): void {
  if (rows > MAX_ROWS) throw new MailhuntError('KQL0010', { what, rows, limit: MAX_ROWS });
}

/** Rows in the order of their first value; rows of the same time keep their order. */
export const inTime = (rows: Value[][]): Value[][] => rows.sort((a, b) => compare(a[0] as bigint, b[0] as bigint));
