import type { XScale } from '../chart-data.ts';

/** Braces would be read as styles in ECharts' rich text. */
export const plainWords = (text: string): string => text.replaceAll('{', '(').replaceAll('}', ')');

export const numberWords = (value: number | null): string =>
  value === null ? '–' : Number(value.toPrecision(12)).toLocaleString('en', { maximumFractionDigits: 6 });

/** @example timeWords(0) // '1970-01-01 00:00' */
export function timeWords(ms: number): string {
  const text = new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
  if (text.endsWith('00:00:00.000')) return text.slice(0, 10);
  return text.endsWith(':00.000') ? text.slice(0, -7) : text.replace(/\.000$/, '');
}

/** A place on the x axis, in words. */
export function placeWords(value: number, scale: XScale, categories: readonly string[]): string {
  if (scale === 'time') return timeWords(value);
  return scale === 'category' ? (categories[value] ?? '') : numberWords(value);
}

/** A text that fits an axis. */
export const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;
