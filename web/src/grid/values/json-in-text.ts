import type { Cell } from '../contract.ts';
import type { KqlType } from './cell-text.ts';

/** Longer texts are not looked into. */
const LONGEST = 2_000_000;

/** JSON that a cell holds: a dynamic's own, or what stands in a text; `inText` says which. */
export interface HeldJson {
  readonly value: object;
  readonly inText: boolean;
}

/**
 * The array or object that a cell holds. Defender keeps JSON in texts too (`AuthenticationDetails`). Undefined where
 * there is none.
 *
 * @example jsonOf('{"DMARC":"fail"}', 'string') // { value: { DMARC: 'fail' }, inText: true }
 */
export function jsonOf(cell: Cell, type: KqlType): HeldJson | undefined {
  if (typeof cell === 'object' && cell !== null) return { value: cell, inText: false };
  if (typeof cell !== 'string' || (type !== 'string' && type !== 'dynamic')) return undefined;
  if (cell.length > LONGEST || !/^\s{0,20}[[{]/.test(cell)) return undefined;
  try {
    const value: unknown = JSON.parse(cell);
    return typeof value === 'object' && value !== null ? { value, inText: true } : undefined;
  } catch {
    return undefined;
  }
}
