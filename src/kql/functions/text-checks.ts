import type { ScalarFunction } from './row.ts';
import { textFunction } from './text-function.ts';

const ascii = /^[\0-\x7f]*$/;

/** Of which characters a text is made. Texts are always well-formed here: what is no UTF-8 does not come in. */
export const textCheckFunctions: readonly ScalarFunction[] = [
  { ...textFunction('isascii', (text = '') => ascii.test(text), 'isascii'), nullable: false },
  { ...textFunction('isutf8', (text = '') => text.isWellFormed()), nullable: false },
];
