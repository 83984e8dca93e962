import type { Problem } from './problem.ts';
import { parseRecord, type SpfRecord } from './record.ts';

/** Records that are remembered, and the length in characters above which one is not: together 8 MB at the most. */
const CAPACITY = 2_000;
const LENGTH_MAX = 2_000;

const remembered = new Map<string, SpfRecord | Problem>();

/** {@link parseRecord}, remembered by text: most mail comes from few senders. What was not used longest goes first. */
export function readRecord(text: string): SpfRecord | Problem {
  const known = remembered.get(text);
  if (known !== undefined) remembered.delete(text);
  const record = known ?? parseRecord(text);
  if (text.length > LENGTH_MAX) return record;
  remembered.set(text, record);
  if (remembered.size > CAPACITY) remembered.delete(remembered.keys().next().value!);
  return record;
}
