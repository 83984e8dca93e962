import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoOptions, demoBatches } from '../../src/lab/index.ts';
import type { Batch } from '../../src/store/index.ts';
import { ticksFromUnixMs } from '../../src/values/index.ts';

export type Row = Readonly<Record<string, string | number | bigint | boolean | null>>;
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** A Wednesday at 14:37 UTC. */
export const WEDNESDAY = ticksFromUnixMs(Date.parse('2026-09-16T14:37:21.500Z'));
/** A Sunday shortly after midnight. */
export const SUNDAY = ticksFromUnixMs(Date.parse('2026-11-01T00:04:00Z'));

/** Datetime ticks have more digits than a number keeps: that of Timestamp, with which every row begins, is a bigint. */
export function cellsOf(row: string): unknown[] {
  const end = row.indexOf(',');
  return [BigInt(row.slice(1, end)), ...(JSON.parse(`[${row.slice(end + 1)}`) as unknown[])];
}

/** Demos of this code that were made before, by any test: signing and checking 10,000 messages takes ten seconds. */
export const cacheFolder = join(tmpdir(), 'mailhunt-test-demos');

/** A demo made here and now. */
export async function freshBatches(options: DemoOptions): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of demoBatches(options)) batches.push(batch);
  return batches;
}

/** A demo as the cache has it, or made. */
export const batchesOf = (options: DemoOptions): Promise<Batch[]> => freshBatches({ ...options, cache: cacheFolder });

/** Batches as tables of named cells; each is read when it is asked for. */
export function tablesOf(batches: readonly Batch[]): Tables {
  const tables = {};
  for (const name of new Set(batches.map(({ table }) => table))) {
    const rows = once(() => batches.filter(({ table }) => table === name).flatMap(rowsOf));
    Object.defineProperty(tables, name, { get: rows, enumerable: true });
  }
  return tables;
}

const rowsOf = ({ columns, rows }: Batch): Row[] =>
  rows.map((row) => Object.fromEntries(cellsOf(row).map((cell, i) => [columns[i]!, cell])) as Row);

function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}
