import type { Value } from '../../values/index.ts';
import type { Scalar } from './scalar.ts';

/** Plain data that a node carries for TypeScript: values, scalars of the plan, and lists and records of them. */
export type PlanData = undefined | Value | Scalar | readonly PlanData[] | { readonly [name: string]: PlanData };

/** Plan data as text, for the engine to hand back. The twin of {@link readPlanData}. */
export const writePlanData = (data: PlanData): string => JSON.stringify(data, tagged);

/** The data that a text of {@link writePlanData} says. */
export const readPlanData = (text: string): PlanData => JSON.parse(text, untagged);

/** What JSON cannot say goes under a key of its own; a record with that key does not exist in a plan. */
const TAG = '$mailhunt';

function tagged(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { [TAG]: ['bigint', String(value)] };
  if (value instanceof Map) return { [TAG]: ['map', [...value]] };
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    return { [TAG]: ['number', Object.is(value, -0) ? '-0' : String(value)] };
  return value;
}

const untaggers: Readonly<Record<string, (inner: never) => unknown>> = {
  bigint: (inner: string) => BigInt(inner),
  map: (inner: [string, unknown][]) => new Map(inner),
  number: (inner: string) => Number(inner),
};

function untagged(_: string, value: unknown): unknown {
  const inner = (value as Record<string, [string, never]> | null)?.[TAG];
  return inner === undefined ? value : untaggers[inner[0]]!(inner[1]);
}
