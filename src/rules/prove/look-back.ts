import type { Batch } from '../../store/index.ts';
import type { Rule } from '../rule.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How far back a custom detection of Defender looks, by how often it runs.
 *
 * @see https://learn.microsoft.com/defender-xdr/custom-detection-rules
 */
const ofDefender: ReadonlyMap<number, number> = new Map([
  [DAY, 30 * DAY],
  [12 * HOUR, 48 * HOUR],
  [3 * HOUR, 12 * HOUR],
  [HOUR, 4 * HOUR],
]);

/** How far back a rule sees when it runs, in milliseconds; undefined for all there is. */
export function lookBackOf({ kind, format, schedule }: Pick<Rule, 'kind' | 'format' | 'schedule'>): number | undefined {
  if (kind !== 'scheduled' || schedule === undefined) return undefined;
  const { period, frequency } = schedule;
  if (period !== undefined || format !== 'defender' || frequency === undefined) return period;
  return ofDefender.get(frequency) ?? (frequency < DAY ? 4 * frequency : 30 * DAY);
}

/** The rows that a rule sees: those not before `from`, in datetime ticks. Rows without a time are seen. */
export function seenSince(batches: readonly Batch[], from: bigint): readonly Batch[] {
  return batches.map((batch) => {
    const at = batch.columns.findIndex((name) => name === 'Timestamp' || name === 'TimeGenerated');
    return at < 0 ? batch : { ...batch, rows: batch.rows.filter((row) => isSeen(row, at, from)) };
  });
}

/** A number of JSON keeps ticks to some microseconds: no look-back is that sharp. */
function isSeen(row: string, at: number, from: bigint): boolean {
  const time = (JSON.parse(row) as readonly unknown[])[at];
  return typeof time !== 'number' || time >= Number(from);
}
