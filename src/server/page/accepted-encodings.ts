import type { Encoding } from './built-files.ts';

const known: readonly Encoding[] = ['br', 'gzip'];

/**
 * The packings that a browser takes, the best first.
 *
 * @example acceptedEncodings('gzip, deflate, br') // ['br', 'gzip']
 */
export function acceptedEncodings(header: string): Encoding[] {
  const taken = header.split(',', 20).flatMap((part) => {
    const [name = '', weight = ''] = part.split(';', 2).map((text) => text.trim().toLowerCase());
    return /^q=0(\.0*)?$/.test(weight) ? [] : [name];
  });
  return known.filter((encoding) => taken.includes(encoding));
}
