import type { TableSchema } from '../schema/index.ts';
import { BlockText, wholeLines } from './block-text.ts';
import { PlainRecords } from './csv-plain.ts';
import { BROKEN, CsvTokenizer, delimiterOf, INCOMPLETE } from './csv-tokenizer.ts';
import { type BlockParser, type Feed, UnknownTable } from './feed.ts';
import { cellCount } from './records.ts';
import { CsvRows } from './rows.ts';

/** The first record of a CSV file: what its columns are called. */
export interface CsvHeader {
  readonly delimiter: string;
  readonly fields: readonly string[];
  /** The table that the first row names in a column `Type` or `$table`. */
  readonly category: string | undefined;
  readonly bytes: number;
  readonly lines: number;
}

/** Excel's first line that says which delimiter follows. */
const SEPARATOR_LINE = /^"?sep=(.)"?\r?\n/i;

/** Reads the header from the first bytes of a file; undefined where they hold none. */
export function csvHeader(head: Buffer): CsvHeader | undefined {
  const text = head.toString();
  const told = SEPARATOR_LINE.exec(text);
  const before = told?.[0] ?? '';
  const rest = text.slice(before.length);
  const csv = new CsvTokenizer(told?.[1] ?? delimiterOf(rest.slice(0, rest.search(/\r?\n|$/))));
  csv.feed(rest);
  const cells: string[] = [];
  const count = csv.next(cells);
  if (count <= 0) return undefined;
  const fields = cells.slice(0, count).map((field) => field.trim());
  const bytes = Buffer.byteLength(before) + Buffer.byteLength(rest.slice(0, csv.position));
  const lines = csv.lines + (before === '' ? 0 : 1);
  const type = fields.findIndex((field) => field === 'Type' || field === '$table');
  const category = type >= 0 && csv.next(cells) === fields.length ? cells[type] : undefined;
  return { delimiter: told?.[1] ?? delimiterOf(rest.slice(0, rest.search(/\r?\n|$/))), fields, category, bytes, lines };
}

/** CSV records under a header. A broken record costs its first line: reading goes on at the next one. */
export class CsvRecords implements BlockParser {
  readonly tooLong = 'a record longer than the limit: its quote is not closed, or the line is too long';
  readonly #feed: Feed;
  readonly #text: BlockText;
  readonly #table: TableSchema;
  readonly #csv: CsvTokenizer;
  readonly #rows: CsvRows;
  readonly #plain: PlainRecords | undefined;
  readonly #cells: string[] = [];

  constructor(feed: Feed, header: CsvHeader) {
    this.#feed = feed;
    this.#text = new BlockText(feed);
    this.#csv = new CsvTokenizer(header.delimiter);
    const table = feed.tableOf(header.fields, header.category);
    if (table === undefined) throw new UnknownTable();
    this.#table = table;
    this.#rows = new CsvRows(table, header.fields, feed.tally);
    if (this.#rows.columns.length === 0) throw new UnknownTable();
    const { plain } = this.#rows;
    this.#plain = plain === undefined ? undefined : new PlainRecords(header.delimiter, plain);
  }

  take(block: Buffer, last: boolean): number {
    const whole = wholeLines(block, last);
    const bytes = this.#text.cleaned(whole);
    const table = this.#table.name;
    const { columns } = this.#rows;
    const { batches, tally } = this.#feed;
    let line = this.#feed.line;
    for (let at = 0; at < bytes.length; ) {
      const end = this.#plain?.print(bytes, at) ?? 0;
      if (end > 0) {
        batches.add(table, columns, this.#plain!.row);
        line++;
        at = end;
        continue;
      }
      tally.place.line = line;
      const taken = this.#record(bytes, at, last);
      if (taken.end < 0) return at;
      line += taken.lines;
      at = taken.end;
    }
    return whole.length;
  }

  /** Takes a record that is not ordinary, or sets its first line aside. A negative end: it goes on behind these bytes. */
  #record(bytes: Buffer, at: number, last: boolean): { readonly end: number; readonly lines: number } {
    const cells = this.#cells;
    const { width } = this.#rows;
    const firstEnd = lineEndFrom(bytes, at);
    const { text, count } = this.#read(bytes, at, firstEnd);
    const blank = count === 1 && cells[0]!.trim() === '';
    if (blank || count === width) {
      const end = at + Buffer.byteLength(text.slice(0, this.#csv.position));
      const lost = blank ? undefined : this.#feed.row(this.#table, this.#rows.columns, this.#rows.print(cells));
      if (lost !== undefined) this.#feed.reject(this.#feed.tally.place.line, lost, bytes.subarray(at, end));
      return { end, lines: this.#csv.lines };
    }
    if (count === INCOMPLETE && !last) return { end: -1, lines: 0 };
    const line = bytes.subarray(at, firstEnd);
    if (last && line.at(-1) !== 10) {
      // Somebody may be writing it just now: it is read again when there is more.
      this.#feed.reject(this.#feed.tally.place.line, 'the last line breaks off', line);
      return { end: -1, lines: 0 };
    }
    this.#feed.reject(this.#feed.tally.place.line, problem(count, width), line);
    return { end: firstEnd, lines: 1 };
  }

  /** Reads the record at `at` into the cells, from as few lines as it takes. */
  #read(bytes: Buffer, at: number, firstEnd: number): { readonly text: string; readonly count: number } {
    for (let end = firstEnd; ; end = lineEndFrom(bytes, Math.min(at + 2 * (end - at), bytes.length))) {
      const text = bytes.toString('utf8', at, end);
      this.#csv.feed(text);
      const count = this.#csv.next(this.#cells);
      if (count !== INCOMPLETE || end === bytes.length) return { text, count };
    }
  }

  lineSkipped(): void {}
}

const problem = (count: number, width: number): string =>
  count === INCOMPLETE
    ? 'a quote that is not closed'
    : count === BROKEN
      ? 'text after a closing quote'
      : cellCount(count, width);

/** Where the line of a byte ends, its line feed included. */
const lineEndFrom = (bytes: Buffer, at: number): number => bytes.indexOf(10, at) + 1 || bytes.length;
