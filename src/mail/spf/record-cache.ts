import { LruCache } from '../lru-cache.ts';
import type { Problem } from './problem.ts';
import { parseRecord, type SpfRecord } from './record.ts';

/** Records that are remembered, and the length in characters above which one is not: together 8 MB at the most. */
const CAPACITY = 2_000;
const LENGTH_MAX = 2_000;

const remembered = new LruCache<SpfRecord | Problem>(CAPACITY);

/** {@link parseRecord}, remembered by text: most mail comes from few senders. */
export function readRecord(text: string): SpfRecord | Problem {
  if (text.length > LENGTH_MAX) return parseRecord(text);
  return remembered.get(text) ?? remembered.set(text, parseRecord(text));
}
