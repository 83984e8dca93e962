/** A line that begins with a dot. */
const DOT_LINE = Buffer.from('\r\n.');
const DOT = 0x2e;

/** Where the lines that begin with a dot have it. */
function* dotsOf(bytes: Buffer): Generator<number> {
  if (bytes[0] === DOT) yield 0;
  for (let at = bytes.indexOf(DOT_LINE); at >= 0; at = bytes.indexOf(DOT_LINE, at + 2)) yield at + 2;
}

/** A message as its author wrote it: lines that begin with a dot have one less (RFC 5321 section 4.5.2). */
export function unstuffed(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  for (const dot of dotsOf(bytes)) {
    pieces.push(bytes.subarray(from, dot));
    from = dot + 1;
  }
  return from === 0 ? bytes : Buffer.concat([...pieces, bytes.subarray(from)]);
}

/**
 * A message as DATA sends it, its end included, in pieces: lines that begin with a dot have one more, the last line is ended.
 *
 * @example Buffer.concat(stuffed(Buffer.from('.a'))).toString() // '..a\r\n.\r\n'
 */
export function stuffed(bytes: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  let from = 0;
  for (const dot of dotsOf(bytes)) {
    // Up to the dot and with it: the next piece begins with the same dot once more.
    pieces.push(bytes.subarray(from, dot + 1));
    from = dot;
  }
  const isEnded = bytes.length === 0 || bytes.subarray(-2).equals(DOT_LINE.subarray(0, 2));
  return [...pieces, bytes.subarray(from), Buffer.from(isEnded ? '.\r\n' : '\r\n.\r\n')];
}
