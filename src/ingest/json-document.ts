/**
 * A JSON document of any size: an array, an answer with its rows inside, or values one after the other. Rows are cut out
 * one by one; of the envelope around them only what stands beside the rows is held.
 */
import type { BlockParser, Feed } from './feed.ts';
import { notJson, takeRows } from './json-lines.ts';
import { INCOMPLETE, JsonScanner, MALFORMED } from './json-scanner.ts';
import { parseJson } from './json-text.ts';
import { columnsOfAnswer, isSideTable, ROW_MEMBERS, TABLE_MEMBERS } from './records.ts';

type Json = Readonly<Record<string, unknown>>;

/** An array of rows or an object around one, that the reader is inside of. */
interface Level {
  readonly kind: 'array' | 'object';
  /** The members that stood before the rows. */
  readonly head?: Json;
  /** Elements met so far. */
  count: number;
}

const COMMA = 44;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const QUOTE = 34;

export class JsonDocument implements BlockParser {
  readonly tooLong = 'a value longer than the limit';
  readonly #feed: Feed;
  readonly #levels: Level[] = [];
  /** After a broken line: the blanks before the value that broke; the next value that begins a line like it is good again. */
  #indent: number | undefined;
  #line = 1;
  #counted = 0;

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  take(block: Buffer, last: boolean): number {
    const scan = new JsonScanner(block);
    this.#line = this.#feed.line;
    this.#counted = 0;
    for (let at = 0; ; ) {
      at = this.#indent === undefined ? scan.blanksEnd(at) : this.#resynchronised(block, at);
      if (at >= block.length) return block.length;
      const next = this.#step(scan, block, at);
      if (next > 0) at = next;
      else if (next === INCOMPLETE && !last) return at;
      else at = this.#setAside(block, at, next === INCOMPLETE ? 'the document breaks off' : 'not JSON');
    }
  }

  lineSkipped(): void {
    this.#indent = 0;
  }

  /** One token between rows, or one row. Returns where it ends. */
  #step(scan: JsonScanner, block: Buffer, at: number): number {
    const level = this.#levels.at(-1);
    const byte = block[at];
    if (byte === COMMA && level !== undefined) return at + 1;
    if (level?.kind === 'array' && byte === CLOSE_ARRAY) return this.#leave(at);
    if (level?.kind === 'object') {
      if (byte === CLOSE_OBJECT) return this.#leave(at);
      return byte === QUOTE ? this.#member(scan, block, at) : MALFORMED;
    }
    if (byte === OPEN_ARRAY && (level === undefined || this.#columns() === undefined)) {
      this.#levels.push({ kind: 'array', count: 0 });
      return at + 1;
    }
    if (byte === OPEN_OBJECT) {
      const rows = scan.rowsInObject(at, ROW_MEMBERS, TABLE_MEMBERS);
      if (rows < 0) return rows;
      if (rows > 0) return this.#enter(block, at, rows);
    } else if (level === undefined) return MALFORMED;
    return this.#value(scan, block, at);
  }

  /** A member of an envelope after its rows: more rows, or something to pass over. */
  #member(scan: JsonScanner, block: Buffer, at: number): number {
    const colon = scan.keyEnd(at);
    if (colon < 0) return colon;
    const value = scan.blanksEnd(colon);
    if (value >= block.length) return INCOMPLETE;
    const name = block.toString('utf8', at + 1, block.lastIndexOf(QUOTE, colon - 1));
    if (block[value] === OPEN_ARRAY && (ROW_MEMBERS.has(name) || TABLE_MEMBERS.has(name))) {
      this.#levels.push({ kind: 'array', count: 0 });
      return value + 1;
    }
    return scan.valueEnd(value);
  }

  #enter(block: Buffer, at: number, rows: number): number {
    const parent = this.#levels.at(-1);
    let head: Json;
    try {
      head = parseJson(`${block.toString('utf8', at, rows)}]}`) as Json;
    } catch {
      return MALFORMED;
    }
    const side = isSideTable(head, parent?.count ?? 0);
    if (parent !== undefined) parent.count++;
    this.#levels.push({ kind: 'object', head: side ? { ...head, side } : head, count: 0 }, { kind: 'array', count: 0 });
    return rows;
  }

  #leave(at: number): number {
    this.#levels.pop();
    return at + 1;
  }

  #columns(): readonly string[] | undefined {
    const head = this.#levels.findLast((level) => level.head !== undefined)?.head;
    return head === undefined ? undefined : columnsOfAnswer(head);
  }

  #value(scan: JsonScanner, block: Buffer, at: number): number {
    const end = scan.valueEnd(at);
    if (end < 0) return end;
    const level = this.#levels.at(-1);
    if (level !== undefined) level.count++;
    if (this.#feed.offset + end <= this.#feed.start || this.#levels.some(({ head }) => head?.side === true)) return end;
    const line = this.#lineAt(block, at);
    const text = block.toString('utf8', at, end);
    this.#feed.tally.place.line = line;
    let value: unknown;
    try {
      if (text.includes('\ufffd') && !block.subarray(at, end).equals(Buffer.from(text)))
        throw new Error('not valid UTF-8');
      value = parseJson(text);
    } catch (error) {
      this.#feed.reject(line, notJson(error), block.subarray(at, end));
      return end;
    }
    takeRows(this.#feed, value, line, text, this.#columns());
    return end;
  }

  /** Sets aside the rest of the line and looks for the next value from there. */
  #setAside(block: Buffer, at: number, reason: string): number {
    const lineStart = block.lastIndexOf(10, at) + 1;
    const lineEnd = block.indexOf(10, at);
    const end = lineEnd < 0 ? block.length : lineEnd + 1;
    // On the way back to where an earlier run stopped, what it set aside is passed over.
    if (this.#feed.offset + end > this.#feed.start) {
      this.#feed.reject(this.#lineAt(block, at), reason, block.subarray(at, end));
    }
    this.#indent = at - lineStart;
    return end;
  }

  #resynchronised(block: Buffer, from: number): number {
    for (let at = from; at < block.length; ) {
      const lineEnd = block.indexOf(10, at);
      const end = lineEnd < 0 ? block.length : lineEnd + 1;
      let start = at;
      while (start < end && (block[start] === 32 || block[start] === 9)) start++;
      const byte = block[start];
      if (start - at <= this.#indent! && (byte === OPEN_OBJECT || byte === OPEN_ARRAY || byte === CLOSE_ARRAY)) {
        this.#indent = undefined;
        return start;
      }
      at = end;
    }
    return block.length;
  }

  #lineAt(block: Buffer, at: number): number {
    for (let next = block.indexOf(10, this.#counted); next >= 0 && next < at; next = block.indexOf(10, next + 1)) {
      this.#line++;
      this.#counted = next + 1;
    }
    return this.#line;
  }
}
