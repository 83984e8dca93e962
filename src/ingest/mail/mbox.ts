import { type Found, MESSAGE_LIMIT, tooLarge } from './found-message.ts';

/** How much of a message that is too large is kept for a look. */
const KEPT = 1 << 16;
const SEPARATOR = Buffer.from('\nFrom ');
const LF = 10;
const CR = 13;
/**
 * What a separator line looks like: a time of day somewhere, or nothing behind the word (RFC 4155 and what is about). `From :`
 * is a field with a blank before its colon (RFC 5322 section 4.5.1).
 */
const ENVELOPE_LINE = /^From (?![ \t]*:)(?:$|.*\d\d:\d\d)/;
const FIELD_LINE = /^(?:[!-9;-~]+[ \t]*:|>?From )/;
/** The longest pair of lines that is looked at to tell a separator from text. */
const TWO_LINES = 4096;

export interface MboxOptions {
  /** The name that places begin with. */
  readonly file: string;
  /** The byte that reading begins at: the position of a message read earlier. */
  readonly start?: number;
  readonly limit?: number;
}

/**
 * The messages of an mbox (RFC 4155; the quoting of mboxrd undone), one at a time, however long the file is. A line that
 * begins with `From ` ends a message only after an empty line, with a time in it, and before a header: text that merely
 * begins so does not. A message's position is the byte behind it.
 *
 * @param chunks the file from its first byte on
 * @example for await (const found of mboxMessages(fileChunks('inbox.mbox'), { file: 'inbox.mbox' })) …
 */
export async function* mboxMessages(chunks: AsyncIterable<Buffer>, options: MboxOptions): AsyncGenerator<Found> {
  const { file, start = 0, limit = MESSAGE_LIMIT } = options;
  const held = new Held(limit);
  let number = 0;
  let offset = 0;
  const found = (bytes: Buffer, cut: boolean): Found | undefined => {
    const position = offset;
    if (isBlank(bytes)) return undefined;
    number++;
    if (position <= start) return undefined;
    const place = `${file}#${number}`;
    if (cut) return { place, position, reason: tooLarge(limit), bytes: bytes.subarray(0, KEPT) };
    return { place, position, bytes: unquoted(withoutSeparatorLine(bytes)) };
  };
  for await (const chunk of chunks) {
    held.add(chunk);
    for (let end = held.nextEnd(false); end !== undefined; end = held.nextEnd(false)) {
      const { bytes, cut, length } = held.take(end);
      offset += length;
      const message = found(bytes, cut);
      if (message !== undefined) yield message;
    }
  }
  for (let end = held.nextEnd(true); end !== undefined; end = held.nextEnd(true)) {
    const { bytes, cut, length } = held.take(end);
    offset += length;
    const message = found(bytes, cut);
    if (message !== undefined) yield message;
  }
}

function isBlank(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte !== LF && byte !== CR && byte !== 32) return false;
  return true;
}

/** A message of more bytes takes the memory that it was gathered in along with it. */
const LARGE = 1 << 20;

/**
 * The bytes of the message at hand, in one piece that grows by doubling; of a message that is too large only the beginning
 * and what the search still needs.
 */
class Held {
  readonly #limit: number;
  #buffer = Buffer.alloc(0);
  #from = 0;
  #to = 0;
  /** Bytes of the message at hand that were let go. */
  #dropped = 0;
  #kept: Buffer | undefined;
  /** No separator begins before this byte, counted from the first that is held. */
  #searched = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: Buffer): void {
    if (this.#to + chunk.length > this.#buffer.length) this.#makeRoom(this.#to - this.#from + chunk.length);
    this.#to += chunk.copy(this.#buffer, this.#to);
  }

  /** Moves what is held to the front, of new memory where the old one would soon be full again. */
  #makeRoom(length: number): void {
    const room = length * 2 <= this.#buffer.length ? this.#buffer : Buffer.allocUnsafeSlow(length * 2);
    this.#to = this.#buffer.copy(room, 0, this.#from, this.#to);
    this.#from = 0;
    this.#buffer = room;
  }

  /** Where the message at hand ends: behind the empty line before a separator, or at the end of everything. */
  nextEnd(last: boolean): number | undefined {
    const bytes = this.#buffer.subarray(this.#from, this.#to);
    for (let at = bytes.indexOf(SEPARATOR, this.#searched); at >= 0; at = bytes.indexOf(SEPARATOR, at + 1)) {
      if (!last && bytes.length - at < TWO_LINES) {
        this.#searched = at;
        return undefined;
      }
      if (isSeparator(bytes, at)) return at + 1;
    }
    if (last) return bytes.length > 0 ? bytes.length : undefined;
    this.#searched = Math.max(0, bytes.length - SEPARATOR.length);
    this.#letGo(bytes);
    return undefined;
  }

  take(end: number): { bytes: Buffer; cut: boolean; length: number } {
    const length = this.#dropped + end;
    const bytes = this.#kept ?? this.#taken(end);
    this.#from += end;
    if (end > LARGE) this.#makeRoomElsewhere();
    this.#dropped = 0;
    this.#kept = undefined;
    this.#searched = 0;
    return { bytes, cut: length > this.#limit, length };
  }

  #taken(end: number): Buffer {
    const bytes = this.#buffer.subarray(this.#from, this.#from + end);
    return end > LARGE ? bytes : Buffer.from(bytes);
  }

  #makeRoomElsewhere(): void {
    this.#buffer = Buffer.from(this.#buffer.subarray(this.#from, this.#to));
    this.#from = 0;
    this.#to = this.#buffer.length;
  }

  #letGo(bytes: Buffer): void {
    if (this.#dropped + bytes.length <= this.#limit) return;
    this.#kept ??= Buffer.from(bytes.subarray(0, KEPT));
    // The empty line before a separator may be the last that is here.
    const from = Math.max(0, this.#searched - 4);
    this.#dropped += from;
    this.#from += from;
    this.#searched -= from;
  }
}

/** Whether the line behind this line end is the envelope line of a new message. */
function isSeparator(bytes: Buffer, at: number): boolean {
  const before = at > 0 && bytes[at - 1] === CR ? at - 1 : at;
  if (before > 0 && bytes[before - 1] !== LF) return false;
  const until = Math.min(bytes.length, at + 1 + TWO_LINES);
  const envelope = lineAt(bytes, at + 1, until);
  // The next line is looked at only behind an envelope: text may be nothing but lines that begin with the word.
  if (!ENVELOPE_LINE.test(envelope.text)) return false;
  return envelope.end >= until || FIELD_LINE.test(lineAt(bytes, envelope.end + 1, until).text);
}

/** A line without its end, and the byte of its line feed: where there is none before that byte, the line ends there. */
function lineAt(bytes: Buffer, from: number, until: number): { text: string; end: number } {
  const lineFeed = bytes.indexOf(LF, from);
  const end = lineFeed < 0 || lineFeed > until ? until : lineFeed;
  const isEnded = end < until && bytes[end - 1] === CR;
  return { text: bytes.toString('latin1', from, isEnded ? end - 1 : end), end };
}

function withoutSeparatorLine(bytes: Buffer): Buffer {
  const from = /^From (?![ \t]*:)/.test(bytes.toString('latin1', 0, 100)) ? bytes.indexOf(LF) + 1 : 0;
  // The empty line before the next separator belongs to the mbox, not to the message.
  let to = bytes.length;
  if (bytes[to - 1] === LF && bytes[to - 2] === LF) to -= 1;
  else if (bytes[to - 1] === LF && bytes[to - 2] === CR && bytes[to - 3] === LF) to -= 2;
  return bytes.subarray(from, Math.max(from, to));
}

const QUOTED = Buffer.from('>From ');

/** Takes one `>` from each line that is some `>` and `From `. */
function unquoted(bytes: Buffer): Buffer {
  let plain: Buffer | undefined;
  let length = 0;
  let from = 0;
  for (let at = bytes.indexOf(QUOTED); at >= 0; at = bytes.indexOf(QUOTED, at + 1)) {
    let line = at;
    while (line > from && bytes[line - 1] === 62) line--;
    if (line > 0 && bytes[line - 1] !== LF) continue;
    plain ??= Buffer.allocUnsafeSlow(bytes.length);
    length += bytes.copy(plain, length, from, line);
    from = line + 1;
  }
  return plain === undefined ? bytes : plain.subarray(0, length + bytes.copy(plain, length, from));
}
