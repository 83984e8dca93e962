import type { Cell } from '../contract.ts';
import { cellText, type KqlType } from './cell-text.ts';

/**
 * What a cell is ordered by. Keys of one column compare with `<`: numbers and bigints exactly with one another, texts by
 * their code units as KQL does. `undefined` is "not a number", `null` is null: both come last, in this order.
 */
export type OrderKey = number | bigint | string | null | undefined;

const READERS: Partial<Record<KqlType, (cell: Cell) => OrderKey>> = {
  bool: Number,
  int: wholeKey,
  long: wholeKey,
  real: realKey,
  decimal: (cell) => scaledDecimal(String(cell)),
  datetime: (cell) => String(cell).replace('Z', ''),
  timespan: (cell) => timespanTicks(String(cell)),
};

/** The function that gives the key of a column's cells. */
export function orderKeyOf(type: KqlType): (cell: Cell) => OrderKey {
  const read = READERS[type] ?? ((cell: Cell) => cellText(cell, type));
  return (cell) => (cell === null || cell === undefined ? null : read(cell));
}

/** -1, 0 or 1; null and "not a number" come last in either direction. */
export function compareKeys(a: OrderKey, b: OrderKey, descending: boolean): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  const less = a < b;
  if (!less && !(a > b)) return 0;
  return less === descending ? 1 : -1;
}

function wholeKey(cell: Cell): OrderKey {
  if (typeof cell === 'number') return cell;
  const text = String(cell);
  return /^-?\d{1,30}$/.test(text) ? BigInt(text) : undefined;
}

function realKey(cell: Cell): OrderKey {
  const value = Number(cell);
  return Number.isNaN(value) ? undefined : value;
}

/** Decimal places that {@link scaledDecimal} keeps: more than any decimal of KQL has. */
export const DECIMAL_SCALE = 38;

/** A decimal as a whole number of 10^-38. Undefined for a text that is none. */
export function scaledDecimal(text: string): bigint | undefined {
  const parts = /^(-?)(\d{0,60})(?:\.(\d{0,60}))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (!parts || `${parts[2]}${parts[3] ?? ''}` === '') return undefined;
  const fraction = parts[3] ?? '';
  const places = DECIMAL_SCALE - fraction.length + Number(parts[4] ?? 0);
  const digits = BigInt(`${parts[2]}${fraction}`);
  const size = places >= 0 ? digits * 10n ** BigInt(places) : digits / 10n ** BigInt(-places);
  return parts[1] === '-' ? -size : size;
}

/** The text of what {@link scaledDecimal} gives. */
export function textOfScaled(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(DECIMAL_SCALE + 1, '0');
  const fraction = digits.slice(-DECIMAL_SCALE).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -DECIMAL_SCALE)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Ticks of 100 ns of `[-][d.]hh:mm:ss[.fffffff]`. Undefined for another text. */
export function timespanTicks(text: string): bigint | undefined {
  const parts = /^(-?)(?:(\d{1,9})\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?$/.exec(text);
  if (!parts) return undefined;
  const seconds =
    ((BigInt(parts[2] ?? 0) * 24n + BigInt(parts[3]!)) * 60n + BigInt(parts[4]!)) * 60n + BigInt(parts[5]!);
  const ticks = seconds * 10_000_000n + BigInt((parts[6] ?? '').padEnd(7, '0') || 0);
  return parts[1] === '-' ? -ticks : ticks;
}
