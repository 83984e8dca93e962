import { BlockText, wholeLines } from './block-text.ts';
import type { BlockParser, Feed } from './feed.ts';
import { parseJson } from './json-text.ts';
import { type FoundRow, rowsOf } from './records.ts';

/** JSON lines: one value a line, LF or CRLF, blank lines skipped. */
export class JsonLines implements BlockParser {
  readonly tooLong = 'a line longer than the limit';
  readonly #feed: Feed;
  readonly #text: BlockText;

  constructor(feed: Feed) {
    this.#feed = feed;
    this.#text = new BlockText(feed);
  }

  take(block: Buffer, last: boolean): number {
    const whole = wholeLines(block, last);
    const text = this.#text.of(whole);
    let line = this.#feed.line;
    for (let from = 0; from < text.length; line++) {
      const end = text.indexOf('\n', from);
      const content = text.slice(from, end < 0 ? text.length : end);
      if (end < 0 && !isJson(content)) {
        // Somebody may be writing it just now: it is read again when there is more.
        this.#feed.reject(line, 'the last line breaks off', content);
        return whole.length - Buffer.byteLength(content);
      }
      this.#line(content, line);
      from += content.length + 1;
    }
    return whole.length;
  }

  lineSkipped(): void {}

  #line(content: string, line: number): void {
    if (content.trim() === '') return;
    this.#feed.tally.place.line = line;
    let value: unknown;
    try {
      value = parseJson(content);
    } catch (error) {
      this.#feed.reject(line, notJson(error), content);
      return;
    }
    takeRows(this.#feed, value, line, content);
  }
}

/** Sends the rows of a value on their way; where one cannot go, the value is set aside. */
export function takeRows(feed: Feed, value: unknown, line: number, text: string, columns?: readonly string[]): void {
  for (const row of rowsOf(value, columns)) {
    const problem = 'problem' in row ? row.problem : sent(feed, row);
    if (problem !== undefined) feed.reject(line, problem, rowText(value, row, text));
  }
}

/** Sends a row to its table; a value nested so deeply that printing it overflows the stack is a problem of the row. */
function sent(feed: Feed, row: FoundRow): string | undefined {
  try {
    return feed.object(row);
  } catch (error) {
    if (error instanceof RangeError) return 'nested too deeply';
    throw error;
  }
}

/** Of a value that holds several rows, the one that has a problem; else the text as it stood. */
const rowText = (value: unknown, row: object, text: string): string =>
  'fields' in row && row.fields !== value && text.length > 1 << 16 ? JSON.stringify(row.fields) : text;

/** Why a text is not JSON. */
export const notJson = (error: unknown): string =>
  `not JSON: ${error instanceof Error ? error.message : String(error)}`;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return text.trim() === '';
  }
}
