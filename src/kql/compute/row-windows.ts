import type { Value } from '../../values/index.ts';
import type { PlanData } from '../plan/index.ts';
import type { Operation, Rows } from './operation.ts';

/** A window function seen row after row: what it gives for a row's arguments, given what it remembers. */
type Running = () => (args: readonly Value[]) => Value;

/**
 * An operation that reads a window call's arguments in the last columns of its input (`options.arguments` of them) and
 * puts the call's value in their place.
 */
const running = (name: string, page: string, start: Running): Operation => ({
  name,
  page,
  run: ([input]: readonly Rows[], options: PlanData) => {
    const width = input!.schema.length - (options as { arguments: number }).arguments;
    const next = start();
    return input!.rows.map((row) => [...row.slice(0, width), next(row.slice(width))]);
  },
});

/** The sum of reals so far; a null adds nothing, `restart` begins at zero. */
const cumulativeSum: Running = () => {
  let sum = 0;
  return ([term, restart]) => {
    if (restart === true) sum = 0;
    sum += (term as number | null) ?? 0;
    return sum;
  };
};

/** The start of the session that a row belongs to. A null has none, and behind it begins another. */
const windowSession: Running = () => {
  let start: bigint | null = null;
  let before: bigint | null = null;
  return ([value, fromFirst, between, restart]) => {
    const at = value as bigint | null;
    const isNew =
      at === null ||
      start === null ||
      before === null ||
      restart === true ||
      reaches(at, start, fromFirst as bigint | null) ||
      reaches(at, before, between as bigint | null);
    if (isNew) start = at;
    before = at;
    return start;
  };
};

const reaches = (at: bigint, from: bigint, distance: bigint | null): boolean =>
  distance !== null && at >= from + distance;

/** Window functions whose value in a row hangs on that in the row before. */
export const rowWindowOperations: readonly Operation[] = [
  running('row_cumsum', 'row-cumsum-function', cumulativeSum),
  running('row_window_session', 'row-window-session-function', windowSession),
];
