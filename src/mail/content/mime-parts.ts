import { type HeaderField, type RawMessage, readMessage, unfolded } from '../message/raw-message.ts';
import { type ParameterField, parameterTexts, readParameters } from './field-parameters.ts';
import type { ContentLimits, Defects } from './limits.ts';

/** One part of a message (RFC 2045 section 2.4): what its header says, and where its bytes are. */
export interface MimePart {
  /** Lower case: `text/html`. What the header does not say or says unreadably is `text/plain` (RFC 2045 section 5.2). */
  readonly type: string;
  /** As written; empty where there is none. */
  readonly charset: string;
  /** Lower case: `attachment`, `inline`, …; empty where there is none. */
  readonly disposition: string;
  /** All distinct names it goes by, decoded, the one that counts first. Hostile text. */
  readonly fileNames: readonly string[];
  /** Content-Transfer-Encoding, lower case; empty where there is none. */
  readonly encoding: string;
  /** Without angle brackets; empty where there is none. */
  readonly contentId: string;
  /** The body's bytes in the message, still encoded; the line end before a boundary is the boundary's. */
  readonly start: number;
  readonly end: number;
  /** Types of the multiparts around it, from the outside. */
  readonly within: readonly string[];
}

/** A multipart whose end has not come. */
interface Open {
  /** The boundary's bytes, without the two dashes. */
  readonly boundary: Buffer;
  readonly within: readonly string[];
  /** True until its first boundary line: what comes so far is preamble. */
  preamble: boolean;
  readonly header: PartHeader;
  readonly start: number;
}

interface PartHeader extends Omit<MimePart, 'start' | 'end' | 'within'> {
  readonly boundary: string;
}

const LF = 10;
const CR = 13;
const DASH = 45;
const SPACE = 32;
const TAB = 9;

/**
 * The leaves of a message's tree of parts, in order, without copying bytes (RFC 2046 section 5.1). A message/rfc822 is
 * a leaf: what is in it is another message. Never throws.
 *
 * Readers differ where senders are wrong; here nothing is lost: a multipart that has no boundary, or whose boundary
 * never comes, is read as text; one that does not end, ends where the one around it does; where two levels have the same
 * boundary, it is the inner one's until that is closed. One pass over the bytes, whatever the depth.
 *
 * @example partsOf(readMessage(bytes), contentLimits, new Set()).map(({ type }) => type) // ['text/plain', 'image/png']
 */
export function partsOf(message: RawMessage, limits: ContentLimits, defects: Defects): MimePart[] {
  return new Walk(message.bytes, limits, defects).parts(message);
}

class Walk {
  readonly #bytes: Buffer;
  readonly #limits: ContentLimits;
  readonly #defects: Defects;
  readonly #parts: MimePart[] = [];
  readonly #open: Open[] = [];
  #headers = 0;

  constructor(bytes: Buffer, limits: ContentLimits, defects: Defects) {
    this.#bytes = bytes;
    this.#limits = limits;
    this.#defects = defects;
  }

  parts(message: RawMessage): MimePart[] {
    this.#headers = 1;
    let leaf = this.#begin(headerOf(message.fields, 'text/plain', this.#defects), message.bodyStart, []);
    // The line end before a boundary line may be the one that ends the header.
    let from = Math.max(message.bodyStart - 1, 0);
    while (this.#open.length > 0) {
      const line = this.#nextBoundary(from);
      if (line === undefined) break;
      leaf?.(line.start);
      leaf = undefined;
      this.#closeDownTo(line.level, line.start);
      from = line.from;
      if (line.closes) this.#close(line.start);
      else if (this.#headers < this.#limits.parts) ({ leaf, from } = this.#partAt(line.end));
      else {
        this.#defects.add('too many parts');
        return this.#parts;
      }
    }
    leaf?.(this.#bytes.length);
    this.#closeDownTo(-1, this.#bytes.length);
    return this.#parts;
  }

  /** Opens a multipart, or gives back what ends the leaf that begins here. */
  #begin(header: PartHeader, start: number, within: readonly string[]): ((end: number) => void) | undefined {
    if (header.type.startsWith('multipart/')) {
      if (header.boundary === '') this.#defects.add('multipart without a boundary');
      else if (this.#open.length === this.#limits.depth) this.#defects.add('parts nested too deep');
      else {
        const boundary = Buffer.from(header.boundary, 'latin1');
        if (this.#open.some((open) => open.boundary.equals(boundary))) this.#defects.add('same boundary at two levels');
        this.#open.push({ boundary, within: [...within, header.type], preamble: true, header, start });
        return undefined;
      }
    }
    return (end) => this.#add(header, start, end, within);
  }

  #add({ boundary: _, ...header }: PartHeader, start: number, end: number, within: readonly string[]): void {
    const type = header.type.startsWith('multipart/') ? 'text/plain' : header.type;
    this.#parts.push({ ...header, type, start, end: Math.max(start, end), within });
  }

  #partAt(start: number): { leaf: ((end: number) => void) | undefined; from: number } {
    this.#headers++;
    this.#open.at(-1)!.preamble = false;
    const { within } = this.#open.at(-1)!;
    const bodyStart = this.#endOfHeader(start);
    const limits = { headerBytes: this.#limits.partHeaderBytes, fields: 200 };
    const { fields, defects } = readMessage(this.#bytes.subarray(start, bodyStart), limits);
    if (defects.includes('header too large') || defects.includes('too many header fields')) {
      this.#defects.add('part header too large');
    }
    const usual = within.at(-1) === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    const leaf = this.#begin(headerOf(fields, usual, this.#defects), bodyStart, within);
    return { leaf, from: Math.max(bodyStart - 1, start - 1) };
  }

  /** Behind the empty line; before a boundary line, where that comes first. */
  #endOfHeader(start: number): number {
    const bytes = this.#bytes;
    for (let line = start; line < bytes.length; ) {
      if (bytes[line] === LF) return line + 1;
      if (bytes[line] === CR && bytes[line + 1] === LF) return line + 2;
      if (bytes[line] === DASH && bytes[line + 1] === DASH && this.#boundaryAt(line) !== undefined) return line;
      const end = bytes.indexOf(LF, line);
      if (end < 0) break;
      line = end + 1;
    }
    return bytes.length;
  }

  #nextBoundary(from: number): BoundaryLine | undefined {
    const first = from === 0 && this.#bytes[0] === DASH && this.#bytes[1] === DASH ? this.#boundaryAt(0) : undefined;
    if (first !== undefined) return first;
    for (let at = this.#bytes.indexOf('\n--', from); at >= 0; at = this.#bytes.indexOf('\n--', at + 1)) {
      const line = this.#boundaryAt(at + 1);
      if (line !== undefined) return line;
    }
    return undefined;
  }

  /** The boundary line that begins here with two dashes, if it is one of an open multipart: of the innermost first. */
  #boundaryAt(at: number): BoundaryLine | undefined {
    const bytes = this.#bytes;
    for (let level = this.#open.length - 1; level >= 0; level--) {
      const { boundary } = this.#open[level]!;
      if (!hasBytesAt(bytes, at + 2, boundary)) continue;
      const behind = at + 2 + boundary.length;
      const open = endOfBlankLine(bytes, behind);
      const end =
        open >= 0 || bytes[behind] !== DASH || bytes[behind + 1] !== DASH ? open : endOfBlankLine(bytes, behind + 2);
      if (end < 0) continue;
      const start = bytes[at - 2] === CR ? at - 2 : at - 1;
      return { start: Math.max(start, 0), end: Math.min(end + 1, bytes.length), from: end, level, closes: open < 0 };
    }
    return undefined;
  }

  /** Multiparts inside the one whose boundary has come end with it. */
  #closeDownTo(level: number, end: number): void {
    if (this.#open.length - 1 > level) this.#defects.add('no end boundary');
    while (this.#open.length - 1 > level) this.#close(end);
  }

  #close(end: number): void {
    const { preamble, header, start, within } = this.#open.pop()!;
    if (!preamble) return;
    this.#defects.add('boundary never seen');
    this.#add(header, start, end, within.slice(0, -1));
  }
}

interface BoundaryLine {
  /** Where the line end before it begins: the part before ends there. */
  readonly start: number;
  readonly end: number;
  /** Its own line end, from which the next boundary is looked for. */
  readonly from: number;
  readonly level: number;
  readonly closes: boolean;
}

function hasBytesAt(bytes: Buffer, at: number, wanted: Buffer): boolean {
  for (let index = 0; index < wanted.length; index++) if (bytes[at + index] !== wanted[index]) return false;
  return true;
}

/** The line feed, or the end of all, when nothing but padding comes before it; -1 when something does. */
function endOfBlankLine(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === SPACE || bytes[at] === TAB || bytes[at] === CR) at++;
  return at >= bytes.length || bytes[at] === LF ? Math.min(at, bytes.length) : -1;
}

/** 70 by RFC 2046 section 5.1.1; senders exceed that. */
const LONGEST_BOUNDARY = 1000;

const HEADER_FIELDS = new Set(['content-type', 'content-disposition', 'content-transfer-encoding', 'content-id']);

function headerOf(fields: readonly HeaderField[], usual: string, defects: Defects): PartHeader {
  const values = new Map<string, string>();
  for (const { name, value } of fields) {
    if (!HEADER_FIELDS.has(name)) continue;
    if (!values.has(name)) values.set(name, unfolded(value));
    else if (name === 'content-type') defects.add('several Content-Type fields');
  }
  const type = readParameters(values.get('content-type') ?? '');
  const disposition = readParameters(values.get('content-disposition') ?? '');
  const plainType = values.has('content-type') ? 'text/plain' : usual;
  return {
    type: /^[^/\s]+\/[^/\s]+$/.test(type.value) ? type.value : plainType,
    charset: type.parameters.get('charset') ?? '',
    disposition: disposition.value,
    fileNames: fileNamesOf(type, disposition, defects),
    encoding: (values.get('content-transfer-encoding') ?? '').replace(/[\s;(].*$/s, '').toLowerCase(),
    contentId: (values.get('content-id') ?? '').replace(/^<|>$/g, ''),
    boundary: (type.parameters.get('boundary') ?? '').trimEnd().slice(0, LONGEST_BOUNDARY - 4),
  };
}

function fileNamesOf(type: ParameterField, disposition: ParameterField, defects: Defects): readonly string[] {
  const names = [...parameterTexts(disposition, 'filename', defects), ...parameterTexts(type, 'name', defects)];
  if (names.length < 2) return names;
  const distinct = [...new Set(names)];
  if (distinct.length > 1) defects.add('several file names for one part');
  return distinct;
}
