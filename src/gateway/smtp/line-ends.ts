/** What no message may hold that SMTP carries (RFC 5321 sections 2.3.8 and 4.5.2, RFC 6152 section 3). */
export type Impurity = 'bare LF' | 'bare CR' | 'NUL' | 'long line';

/** Octets that are looked through at once; a message may be longer than a string. */
const SLICE = 1024 * 1024;
const LF = 0x0a;

/**
 * The first thing in a message by which two programs could come to read it differently. One pass of a regular expression
 * that never goes back: for 20 KB half the time of a loop over lines.
 *
 * @param textLine octets that a line may have, its CRLF included; Infinity where any may
 */
export function impurityOf(bytes: Buffer, textLine = Number.POSITIVE_INFINITY): Impurity | undefined {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(LF, from + SLICE) + 1 || bytes.length;
    const found = /(?<!\r)\n|\r(?!\n)|\0/.exec(bytes.toString('latin1', from, end));
    if (found !== null) return names[found[0]];
    from = end;
  }
  return longest(bytes, textLine) > textLine ? 'long line' : undefined;
}

const names: Readonly<Record<string, Impurity>> = { '\n': 'bare LF', '\r': 'bare CR', '\0': 'NUL' };

function longest(bytes: Buffer, enough: number): number {
  if (enough >= bytes.length) return 0;
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(LF, from) + 1 || bytes.length;
    if (end - from > enough) return end - from;
    from = end;
  }
  return 0;
}

/** The same text with CRLF wherever a line ends in any way. */
export const normalised = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('latin1').replace(/\r\n|\r|\n/g, '\r\n'), 'latin1');
