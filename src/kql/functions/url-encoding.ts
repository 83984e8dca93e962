import type { ScalarFunction } from './row.ts';
import { textFunction } from './text-function.ts';

/** What stands for itself in an encoded text; every other byte of its UTF-8 becomes `%` and two small digits. */
const encodedAs = (text: string, space: string): string =>
  text.replace(/[^A-Za-z0-9\-_.!*()]+/g, (signs) =>
    Array.from(Buffer.from(signs), (byte) => (byte === 0x20 ? space : `%${byte.toString(16).padStart(2, '0')}`)).join(
      '',
    ),
  );

/** `+` is a space; a `%` that no two digits follow stands for itself; what is not UTF-8 becomes U+FFFD. */
const decoded = (text: string): string =>
  text
    .replaceAll('+', ' ')
    .replace(/(?:%[0-9A-Fa-f]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());

/** Percent-encoding. */
export const urlEncodingFunctions: readonly ScalarFunction[] = [
  { ...textFunction('url_encode', (text = '') => encodedAs(text, '+')), nullable: false },
  { ...textFunction('url_encode_component', (text = '') => encodedAs(text, '%20')), nullable: false },
  { ...textFunction('url_decode', (text = '') => decoded(text)), nullable: false },
];
