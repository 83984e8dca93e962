import { formatDatetime, formatTimespan, type KqlType } from '../../../values/index.ts';
import type { Cell } from './command.ts';

/** A cell as it stands in a row's JSON text. */
export function jsonCell(cell: Cell, type: KqlType): string {
  if (cell === null) return type === 'string' ? '""' : 'null';
  if (type === 'dynamic') return String(cell);
  if (typeof cell === 'bigint' && type === 'datetime') return `"${formatDatetime(cell)}"`;
  if (typeof cell === 'bigint' && type === 'timespan') return `"${formatTimespan(cell)}"`;
  return typeof cell === 'bigint' ? String(cell) : JSON.stringify(cell);
}

/** A cell as a KQL literal. JSON's escapes of a string are KQL's too. */
export function literal(cell: Cell, type: KqlType): string {
  if (type === 'string') return JSON.stringify(cell ?? '');
  const text =
    cell === null ? 'null' : typeof cell === 'bigint' ? jsonCell(cell, type).replace(/"/g, '') : String(cell);
  return `${type}(${text})`;
}
