import type { TableSchema } from '../schema/index.ts';
import { BlockText, wholeLines } from './block-text.ts';
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
  }

  take(block: Buffer, last: boolean): number {
    const whole = wholeLines(block, last);
    const text = this.#text.of(whole);
    const csv = this.#csv;
    const cells = this.#cells;
    const { width } = this.#rows;
    const { place } = this.#feed.tally;
    let line = this.#feed.line;
    csv.feed(text);
    for (;;) {
      const start = csv.position;
      const count = csv.next(cells);
      if (count === width && !(count === 1 && cells[0]!.trim() === '')) {
        place.line = line;
        this.#feed.batches.add(this.#table.name, this.#rows.columns, this.#rows.print(cells));
      } else if (count === 0) return whole.length;
      else if (count === INCOMPLETE && !last) return whole.length - Buffer.byteLength(text.slice(start));
      else if (count !== 1 || cells[0]!.trim() !== '') {
        if (last && text.indexOf('\n', start) < 0) {
          // Somebody may be writing it just now: it is read again when there is more.
          this.#feed.reject(line, 'the last line breaks off', text.slice(start));
          return whole.length - Buffer.byteLength(text.slice(start));
        }
        csv.position = start;
        this.#feed.reject(line, problem(count, width), csv.skipLine());
      }
      line += csv.lines;
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
