import { demoBatches } from '../../src/lab/index.ts';
import type { Batch } from '../../src/store/index.ts';
import { ticksFromUnixMs } from '../../src/values/index.ts';

export type Row = Readonly<Record<string, string | number | bigint | boolean | null>>;
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** A Wednesday at 14:37 UTC. */
export const WEDNESDAY = ticksFromUnixMs(Date.parse('2026-09-16T14:37:21.500Z'));
/** A Sunday shortly after midnight. */
export const SUNDAY = ticksFromUnixMs(Date.parse('2026-11-01T00:04:00Z'));

type Reviver = (key: string, value: unknown, context: { readonly source: string }) => unknown;

/** Datetime ticks have more digits than a number keeps: they come back as bigints. */
const exact: Reviver = (_, value, { source }) =>
  typeof value === 'number' && !Number.isSafeInteger(value) ? BigInt(source) : value;

export const cellsOf = (row: string): unknown[] => JSON.parse(row, exact as (key: string, value: unknown) => unknown);

export async function batchesOf(options: Parameters<typeof demoBatches>[0]): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of demoBatches(options)) batches.push(batch);
  return batches;
}

/** Batches as tables of named cells. */
export function tablesOf(batches: readonly Batch[]): Tables {
  const tables: Record<string, Row[]> = {};
  for (const { table, columns, rows } of batches) {
    const named = rows.map((row) => Object.fromEntries(cellsOf(row).map((cell, i) => [columns[i]!, cell])) as Row);
    tables[table] = [...(tables[table] ?? []), ...named];
  }
  return tables;
}
