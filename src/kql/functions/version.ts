import type { ScalarFunction } from './row.ts';
import { textFunction } from './text-function.ts';

/** One to four numbers of up to eight digits. */
const VERSION = /^\d{1,8}(?:\.\d{1,8}){0,3}$/;
const PARTS = 4;
const DIGITS = 8;

/**
 * A version as a number whose order is that of versions: eight digits for each of four parts. One of more than 20 digits
 * does not fit a column of decimals here and is refused there.
 *
 * @example versionNumber('0.0.3') // '300000000'
 */
export function versionNumber(version: string): string | null {
  if (!VERSION.test(version)) return null;
  const parts = version.split('.').map((part) => part.padStart(DIGITS, '0'));
  return String(BigInt(parts.join('').padEnd(PARTS * DIGITS, '0')));
}

/** `parse_version`. */
export const versionFunctions: readonly ScalarFunction[] = [
  textFunction('parse_version', (version = '') => versionNumber(version)),
];
