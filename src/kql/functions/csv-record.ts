import type { ScalarFunction } from './row.ts';
import { textFunction } from './text-function.ts';

/** A value at the start of what is left: in quotes, with what follows them up to the comma, or plain. */
const VALUE = /(?:"((?:[^"]|"")*)(?:"|$))?([^,\r\n]*)/y;

/**
 * The values of the first record of a CSV text. Inside quotes commas and line ends are plain signs and two quotes are one.
 *
 * @example firstRecord('a,"b,""c"""\nd') // ['a', 'b,"c"']
 */
export function firstRecord(text: string): string[] {
  const values: string[] = [];
  for (let at = 0; ; at += 1) {
    VALUE.lastIndex = at;
    const [all, quoted = '', plain = ''] = VALUE.exec(text)!;
    values.push(quoted.replaceAll('""', '"') + plain);
    at += all.length;
    if (text[at] !== ',') return values;
  }
}

/** `parse_csv`. */
export const csvFunctions: readonly ScalarFunction[] = [textFunction('parse_csv', (text = '') => firstRecord(text))];
