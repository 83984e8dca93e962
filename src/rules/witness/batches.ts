import { tableNamed } from '../../schema/index.ts';
import type { Batch } from '../../store/index.ts';
import { dynamicToJson, type KqlType, type Value } from '../../values/index.ts';
import type { WitnessRow } from './witness.ts';

/** Rows as a store takes them, a batch for each table. */
export function batchesOf(rows: readonly WitnessRow[]): Batch[] {
  return [...new Set(rows.map(({ table }) => table))].map((table) => {
    const { columns } = tableNamed(table)!;
    const texts = rows
      .filter((row) => row.table === table)
      .map(({ cells }) => `[${columns.map(({ name, type }) => cellText(cells.get(name) ?? null, type)).join(',')}]`);
    return { table, columns: columns.map(({ name }) => name), rows: texts };
  });
}

function cellText(value: Value, type: KqlType): string {
  if (type === 'string') return JSON.stringify(value ?? '');
  if (value === null) return 'null';
  if (type === 'dynamic') return JSON.stringify(dynamicToJson(value));
  return typeof value === 'bigint' || typeof value === 'boolean' || Number.isFinite(value)
    ? String(value)
    : JSON.stringify(String(value));
}
