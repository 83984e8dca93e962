import type { Value } from '../../values/index.ts';
import type { PlanData } from '../plan/index.ts';
import type { Operation, Rows } from './operation.ts';
import { bySteps, checkSize, lastStep, type Slice, slicesOf, stepOf, type Timeline, timeOf } from './timeline.ts';

interface Options extends Timeline {
  /** The one cohort that is asked for: a time in its step. */
  readonly cohort: bigint | undefined;
}

/** `new_activity_metrics`: what became of the ids first seen in a step. A second input names ids that are not new. */
function run([input, known]: readonly Rows[], data: PlanData): Value[][] {
  const options = data as unknown as Options;
  const old = new Set(known?.rows.map(([id]) => String(id)));
  return slicesOf(input!, options.start, options.end).flatMap((slice) => cohorts(slice, old, options));
}

function cohorts(slice: Slice, old: ReadonlySet<string>, options: Options): Value[][] {
  const seen = slice.appearances.filter(({ id }) => !old.has(id));
  const steps = new Map(
    bySteps(seen.map(({ id, at }) => [stepOf(options, at), id] as const)).map(([step, ids]) => [step, new Set(ids)]),
  );
  const firstSeen = new Map<string, number>();
  for (const [step, ids] of steps) for (const id of ids) if (!firstSeen.has(id)) firstSeen.set(id, step);
  const wanted = options.cohort === undefined ? undefined : stepOf(options, options.cohort);
  const found = bySteps([...firstSeen].map(([id, step]) => [step, id] as const));
  const shown = found.filter(([from]) => wanted === undefined || from === wanted);
  const last = lastStep(options);
  checkSize('new_activity_metrics', shown.length * (last + 1));
  return shown.flatMap(([from, cohort]) =>
    Array.from({ length: last - from + 1 }, (_, i) => {
      const ids = steps.get(from + i) ?? new Set<string>();
      const retained = cohort.filter((id) => ids.has(id)).length;
      const fresh = i === 0 ? cohort.length : [...ids].filter((id) => firstSeen.get(id)! > from).length;
      const lost = cohort.length - retained;
      return [
        timeOf(options, from),
        timeOf(options, from + i),
        ...slice.dimensions,
        ...[fresh, retained, lost].map(BigInt),
        retained / cohort.length,
        lost / cohort.length,
      ];
    }),
  );
}

/** Plugins that follow ids from their first appearance. */
export const cohortOperations: readonly Operation[] = [
  { name: 'new_activity_metrics', page: 'new-activity-metrics-plugin', run },
];
