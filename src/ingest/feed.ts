import type { TableSchema } from '../schema/index.ts';
import type { Batches } from './batches.ts';
import { tableOfCategory, tableOfFields, tableOfPath } from './column-names.ts';
import type { FoundRow } from './records.ts';
import type { Rejected, RejectSink } from './rejects.ts';
import { ObjectRows } from './rows.ts';
import type { Tally } from './tally.ts';

/** Takes the blocks of a source, one after the other, and hands the rows in them to a {@link Feed}. */
export interface BlockParser {
  /** Takes what is whole of a block and returns how many bytes that was. 0: only a larger block would help. */
  take(block: Buffer, last: boolean): number;
  /** The block could not be made large enough; its first line was set aside, reading goes on behind it. */
  lineSkipped(): void;
  /** Why a line is set aside where no block is large enough. */
  readonly tooLong: string;
}

/** What the whole source belongs to cannot be told. */
export class UnknownTable extends Error {}

/** Where the rows of one source go: each to its table, or aside. */
export class Feed {
  readonly file: string;
  readonly tally: Tally;
  readonly batches: Batches;
  /** Where the current block begins: its line, from 1, and its byte. */
  line = 1;
  offset = 0;
  /** Rows of a JSON document that end before this byte are in the store already. */
  start = 0;
  rejectedCount = 0;
  readonly #fixed: TableSchema | undefined;
  readonly #byPath: TableSchema | undefined;
  readonly #sink: RejectSink;
  readonly #onReject: (rejected: Rejected) => void;
  readonly #objects = new Map<TableSchema, ObjectRows>();
  readonly #byFields = new Map<string, TableSchema | undefined>();
  #routed = 0;
  #settingAside = false;

  constructor(about: {
    readonly file: string;
    readonly table: TableSchema | undefined;
    readonly tally: Tally;
    readonly batches: Batches;
    readonly sink: RejectSink;
    readonly onReject: (rejected: Rejected) => void;
  }) {
    this.file = about.file;
    this.tally = about.tally;
    this.batches = about.batches;
    this.#fixed = about.table;
    this.#byPath = tableOfPath(about.file);
    this.#sink = about.sink;
    this.#onReject = about.onReject;
    this.tally.place.file = about.file;
  }

  /** The table of rows with these fields: what the caller said, what the rows say, the file's name, what fits. */
  tableOf(fields: readonly string[], category?: string): TableSchema | undefined {
    const named = this.#fixed ?? (category === undefined ? undefined : tableOfCategory(category)) ?? this.#byPath;
    if (named !== undefined) return named;
    const key = fields.join();
    if (!this.#byFields.has(key)) this.#byFields.set(key, tableOfFields(fields));
    return this.#byFields.get(key);
  }

  /** Sends an object to its table; returns why not, where it cannot. */
  object(row: FoundRow): string | undefined {
    const { fields, category } = row;
    if (this.#fixed === undefined && row.enveloped === true && category !== undefined && !tableOfCategory(category)) {
      return `there is no table ${category.replace(/^AdvancedHunting-/i, '')}`;
    }
    const table = this.tableOf(Object.keys(fields), category);
    if (table === undefined) {
      if (this.#routed === 0) throw new UnknownTable();
      return 'cannot tell which table it belongs to';
    }
    this.#routed++;
    let rows = this.#objects.get(table);
    if (rows === undefined) {
      rows = new ObjectRows(table, this.tally);
      this.#objects.set(table, rows);
    }
    return this.row(table, rows.columns, rows.print(fields));
  }

  /**
   * Sends a printed row to its table. Where a cell was lost it returns why, and the line is set aside for a look; the row
   * goes in all the same with a null in that place, save where that is its time: no hunt would find it.
   */
  row(table: TableSchema, columns: readonly string[], row: string): string | undefined {
    const lost = this.tally.takeLost();
    if (lost?.column !== 'Timestamp') this.batches.add(table.name, columns, row);
    return lost === undefined ? undefined : `${lost.column}: ${lost.reason}`;
  }

  /** Sets a line aside; in several calls, `more` true on all but the last, where it is long. */
  reject(line: number, reason: string, bytes: Uint8Array | string, more = false): void {
    const rejected = { file: this.file, line, reason };
    if (!this.#settingAside) {
      this.rejectedCount++;
      this.#onReject(rejected);
    }
    this.#settingAside = more;
    this.#sink(rejected, typeof bytes === 'string' ? Buffer.from(bytes) : bytes, more);
  }
}
