import { disguisedFromIn } from './disguised-from.ts';

/** One header field as it stands in the message. Text is latin1: one character a byte. */
export interface HeaderField {
  /** Lower case. */
  readonly name: string;
  /** All of it: name, colon, folds and their line ends as they are, without the last line end. */
  readonly raw: string;
  /** What follows the colon, as it is. */
  readonly value: string;
}

/** Something about a message's form that its reader should know; never a reason to stop. */
export type Defect =
  | 'no header'
  | 'header too large'
  | 'too many header fields'
  | 'line without a colon in the header'
  | 'NUL byte in the header'
  | 'bare line feeds'
  | 'bare carriage returns'
  | 'no end of the header';

/** A message taken apart at its first empty line. The body is looked at by those who need it. */
export interface RawMessage {
  readonly bytes: Buffer;
  /** From the top. */
  readonly fields: readonly HeaderField[];
  /** Values of what is no From field by the grammar, and is shown as one by some mail programs; see {@link disguisedFromIn}. */
  readonly disguisedFrom: readonly string[];
  /** Where the body begins; the length where there is none. */
  readonly bodyStart: number;
  readonly defects: readonly Defect[];
}

/** Whether more header came than is read: what lies behind the cut, nobody here has seen. */
export const isCutOff = ({ defects }: Pick<RawMessage, 'defects'>): boolean =>
  defects.includes('header too large') || defects.includes('too many header fields');

export interface MessageLimits {
  /** Bytes of the header that are read; what is beyond is not part of any verdict. */
  readonly headerBytes: number;
  readonly fields: number;
}

export const messageLimits: MessageLimits = { headerBytes: 1 << 20, fields: 2000 };

const LF = 10;
const CR = 13;
const COLON = 58;
const NAME = /^[!-9;-~]+$/;

/**
 * Takes raw mail apart into header fields and body (RFC 5322 section 2.1). CRLF, bare LF and a mixture end lines. An
 * envelope line of mbox (`From …`) before the header is passed over. Never throws: what is odd becomes a defect.
 *
 * @example readMessage(Buffer.from('Subject: hi\r\n\r\nbody')).fields[0].value // ' hi'
 */
export function readMessage(bytes: Buffer, limits: MessageLimits = messageLimits): RawMessage {
  const start = envelopeLineEnd(bytes);
  const { headerEnd, bodyStart } = endOfHeader(bytes, start);
  const defects = new Set<Defect>();
  if (bodyStart > bytes.length) defects.add('no end of the header');
  if (headerEnd - start > limits.headerBytes) defects.add('header too large');
  const header = bytes.toString('latin1', start, Math.min(headerEnd, start + limits.headerBytes));
  if (header.includes('\0')) defects.add('NUL byte in the header');
  if (/(?:^|[^\r])\n/.test(header)) defects.add('bare line feeds');
  // Some clients end a line there, and show a field that others do not see.
  if (/\r(?!\n)/.test(header.replace(/\r$/, ''))) defects.add('bare carriage returns');
  const { fields, others } = fieldsOf(header, limits.fields, defects);
  if (fields.length === 0) defects.add('no header');
  const isOdd = others.length > 0 || defects.has('NUL byte in the header') || defects.has('bare carriage returns');
  const disguisedFrom = isOdd ? disguisedFromIn(fields, others) : [];
  return { bytes, fields, disguisedFrom, bodyStart: Math.min(bodyStart, bytes.length), defects: [...defects] };
}

function envelopeLineEnd(bytes: Buffer): number {
  if (bytes.toString('latin1', 0, 5) !== 'From ') return 0;
  const end = bytes.indexOf(LF);
  const line = bytes.subarray(0, end < 0 ? bytes.length : end + 1);
  return isFromField(line) ? 0 : line.length;
}

/** `From :`, a field with blanks before its colon (RFC 5322 section 4.5.1), looks like an envelope line and is none. */
function isFromField(line: Buffer): boolean {
  let at = 4;
  while (isBlank(line[at] ?? 0)) at++;
  return line[at] === COLON;
}

/** The end of the last header line and the start of the body; the body begins past the end where no empty line comes. */
function endOfHeader(bytes: Buffer, start: number): { headerEnd: number; bodyStart: number } {
  for (let line = start; line < bytes.length; ) {
    if (bytes[line] === LF) return { headerEnd: line, bodyStart: line + 1 };
    if (bytes[line] === CR && bytes[line + 1] === LF) return { headerEnd: line, bodyStart: line + 2 };
    const end = bytes.indexOf(LF, line);
    if (end < 0) break;
    line = end + 1;
  }
  return { headerEnd: bytes.length, bodyStart: bytes.length + 1 };
}

/** The fields of a header, and the lines that are none. */
interface Lines {
  readonly fields: readonly HeaderField[];
  readonly others: readonly string[];
}

function fieldsOf(header: string, limit: number, defects: Set<Defect>): Lines {
  const fields: HeaderField[] = [];
  const others: string[] = [];
  for (let at = 0; at < header.length; ) {
    const next = endOfField(header, at);
    const line = header.slice(at, withoutLineEnd(header, at, next));
    const field = fieldOf(line);
    at = next;
    if (field === undefined) {
      defects.add('line without a colon in the header');
      others.push(line);
    } else if (fields.length === limit) {
      defects.add('too many header fields');
      break;
    } else fields.push(field);
  }
  return { fields, others };
}

/** Where the next field begins: the first line from here on that is no fold. */
function endOfField(header: string, at: number): number {
  for (let end = header.indexOf('\n', at); end >= 0; end = header.indexOf('\n', end + 1)) {
    const next = header.charCodeAt(end + 1);
    if (next !== 32 && next !== 9) return end + 1;
  }
  return header.length;
}

function withoutLineEnd(header: string, at: number, next: number): number {
  let end = next;
  if (end > at && header.charCodeAt(end - 1) === LF) end--;
  if (end > at && header.charCodeAt(end - 1) === CR) end--;
  return end;
}

function fieldOf(raw: string): HeaderField | undefined {
  const colon = raw.indexOf(':');
  if (colon <= 0) return undefined;
  // Blanks before the colon are obsolete syntax (RFC 5322 section 4.5.1) that must be understood.
  const name = withoutBlanksBehind(raw.slice(0, colon));
  return NAME.test(name) ? { name: name.toLowerCase(), raw, value: raw.slice(colon + 1) } : undefined;
}

/** The fields of a name, from the top. @param name lower case */
export const fieldsNamed = (message: RawMessage, name: string): readonly HeaderField[] =>
  message.fields.filter((field) => field.name === name);

/** The topmost field of a name. @param name lower case */
export const fieldNamed = (message: RawMessage, name: string): HeaderField | undefined =>
  message.fields.find((field) => field.name === name);

/** A value with its folds undone (RFC 5322 section 2.2.3) and no blanks at its ends. Still latin1. */
export const unfolded = (value: string): string => trimmed(value.replace(/\r?\n(?=[ \t])/g, ''));

/** Without ASCII blanks at the ends; `trim()` would take the byte A0 too, which ends an `à` in UTF-8. */
function trimmed(text: string): string {
  let start = 0;
  while (start < text.length && isBlank(text.charCodeAt(start))) start++;
  return withoutBlanksBehind(text.slice(start));
}

function withoutBlanksBehind(text: string): string {
  let end = text.length;
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(0, end);
}

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
