import type { Cell, Column } from '../contract.ts';

export type KqlType = Column['type'];

const NUMERIC: ReadonlySet<KqlType> = new Set(['int', 'long', 'real', 'decimal']);

/** Numbers: they stand to the right and can be added up. */
export const isNumeric = (type: KqlType): boolean => NUMERIC.has(type);

/** Null, or the empty text, which is KQL's null of a string. */
export const isEmpty = (cell: Cell): boolean => cell === null || cell === undefined || cell === '';

/**
 * A cell as text, exactly: what is copied, exported, searched and compared. A dynamic is JSON on one line, a text within
 * one stands bare; null is the empty text.
 *
 * @example cellText({ DMARC: 'fail' }, 'dynamic') // '{"DMARC":"fail"}'
 */
export function cellText(cell: Cell, type: KqlType): string {
  if (typeof cell === 'string') return cell;
  if (cell === null || cell === undefined) return '';
  return type === 'dynamic' || typeof cell === 'object' ? jsonText(cell) : String(cell);
}

/** JSON on one line. What is nested so deep that it cannot be written again is named instead. */
function jsonText(cell: Cell): string {
  try {
    return JSON.stringify(cell);
  } catch {
    return TOO_DEEP;
  }
}

/** What stands for JSON that cannot be written. */
export const TOO_DEEP = '(JSON nested too deep to be shown)';

/** A cell as the grid shows it: as {@link cellText}, a datetime with a space and without the zeros of its fraction. */
export function shownText(cell: Cell, type: KqlType): string {
  const text = cellText(cell, type);
  return type === 'datetime' ? shownDatetime(text) : text;
}

/** @example shownDatetime('2026-07-18T14:08:56.1200000Z') // '2026-07-18 14:08:56.12' */
export function shownDatetime(text: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?Z$/.exec(text);
  if (!parts) return text;
  const fraction = (parts[3] ?? '').replace(/0+$/, '');
  return `${parts[1]} ${parts[2]}${fraction === '' ? '' : `.${fraction}`}`;
}
