const LF = 10;
const CR = 13;
const COLON = 58;
const NAME = /^[!-9;-~]+$/;

/** A header field, or a line that is none, as it lies in the bytes of a message. */
export interface FieldSpan {
  /** Lower case; undefined for a line that is no field. */
  readonly name: string | undefined;
  readonly start: number;
  /** Behind its line end and its folds. */
  readonly end: number;
}

/** Where the header of a message lies. */
export interface HeaderSpan {
  readonly fields: readonly FieldSpan[];
  /** The first byte of the header: behind an envelope line of mbox, which no MTA should have sent. */
  readonly start: number;
  /** Where the empty line begins, or the end of a message that has none. */
  readonly end: number;
  /** Where the body begins. */
  readonly body: number;
}

/**
 * Finds the fields of a message where `readMessage` finds them (CRLF, bare LF, or both end lines), with their places.
 *
 * @example headerSpan(Buffer.from('Subject: hi\r\n\r\nbody')).fields // [{ name: 'subject', start: 0, end: 13 }]
 */
export function headerSpan(bytes: Buffer): HeaderSpan {
  const start = envelopeLineEnd(bytes);
  const fields: FieldSpan[] = [];
  for (let at = start; at < bytes.length; ) {
    if (bytes[at] === LF) return { fields, start, end: at, body: at + 1 };
    if (bytes[at] === CR && bytes[at + 1] === LF) return { fields, start, end: at, body: at + 2 };
    const end = endOfField(bytes, at);
    fields.push({ name: nameAt(bytes, at, end), start: at, end });
    at = end;
  }
  return { fields, start, end: bytes.length, body: bytes.length };
}

function endOfField(bytes: Buffer, start: number): number {
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf(LF, at);
    if (lineEnd < 0) return bytes.length;
    at = lineEnd + 1;
    if (bytes[at] !== 32 && bytes[at] !== 9) return at;
  }
}

function nameAt(bytes: Buffer, start: number, end: number): string | undefined {
  // Within the line alone: a search for the next colon of the message would go through all of it for each line without one.
  const colon = bytes.subarray(start, end).indexOf(COLON);
  if (colon <= 0) return undefined;
  const name = bytes.toString('latin1', start, start + colon).replace(/(?<![\t-\r ])[\t-\r ]+$/, '');
  return NAME.test(name) ? name.toLowerCase() : undefined;
}

/** `From jane@example.com Sat …`; a From field with blanks before its colon is none. */
function envelopeLineEnd(bytes: Buffer): number {
  if (bytes.toString('latin1', 0, 5) !== 'From ') return 0;
  const lineEnd = bytes.indexOf(LF);
  const end = lineEnd < 0 ? bytes.length : lineEnd + 1;
  let at = 4;
  while (at < end && isBlank(bytes[at]!)) at++;
  return at < end && bytes[at] === COLON ? 0 : end;
}

const isBlank = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13);
