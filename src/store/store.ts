import type { Catalog, Engine, LookUpPlace } from '../kql/index.ts';
import type { MessageBox } from './messages/message-box.ts';
import type { TextsOf } from './purge/purge.ts';
import type { PurgeReport, PurgeRequest } from './purge/purge-report.ts';

/** Rows of one table, on their way into the store. */
export interface Batch {
  readonly table: string;
  /** The columns that the cells stand for, in the order of the cells. Others of the table are null (strings: empty). */
  readonly columns: readonly string[];
  /**
   * A row: the text of a JSON array with one cell a column, already of its KQL type: bool true/false, int, long, real and
   * ticks (datetime, timespan) as numbers, strings and guids as strings, dynamic as a string that holds JSON text, null.
   * One cell more than `columns`, when present, is a string holding a JSON object: fields that the table has no column for.
   */
  readonly rows: readonly string[];
  /**
   * Where the rows came from, and how far that source has been read once they are in: the way to go on after a stop.
   * Positions of one source and table rise from batch to batch; one that does not means that the source is read anew.
   * A batch without rows, and without columns, only notes the position.
   */
  readonly source?: { readonly id: string; readonly position: number };
}

/** What became of a batch. */
export interface Appended {
  /** The journal sequence of the batch: once returned, the batch survives a kill. */
  readonly sequence: number;
}

/** A table as `mailhunt tables` shows it. */
export interface TableSummary {
  readonly name: string;
  /** Rows that queries see. */
  readonly rows: number;
  /** Datetime ticks of the oldest and newest `Timestamp`, null where the table is empty or has no such column. */
  readonly from: bigint | null;
  readonly to: bigint | null;
}

/** What happened to the rows that reached the tables since the store was opened. */
export interface Counts {
  /** Rows stored. */
  readonly stored: number;
  /** Rows that were there already, word for word. */
  readonly duplicates: number;
  /** Rows that queries no longer see because a newer report of the same thing came in. */
  readonly superseded: number;
  /** Rows that were no JSON array or had a cell not of its column's type (a defect of the caller); they are kept in the table `_mailhunt_rejected`. */
  readonly rejected: number;
}

/** The embedded database of one folder. One process holds it at a time. */
export interface Store extends AsyncDisposable {
  readonly path: string;
  /** Answers queries; has no access to files or network. */
  readonly engine: Engine;
  /** What a person should know about this store: a damaged journal (STORE0002), rows that could not be read. */
  readonly notices: readonly Error[];
  readonly counts: Counts;
  /** The raw messages. */
  readonly messages: MessageBox;
  /** The tables as queries see them now. */
  catalog(): Catalog;
  /** Makes a batch durable (journal, synced) and returns; it reaches the tables soon after. Applies back-pressure. */
  append(batch: Batch): Promise<Appended>;
  /** Resolves when everything appended so far is visible to queries. */
  flush(): Promise<void>;
  /** How far a source has been read, 0 where it is new. */
  position(source: string): Promise<number>;
  summary(): Promise<readonly TableSummary[]>;
  /** Removes rows whose `Timestamp` is older than the given datetime ticks, and messages whose rows are gone; returns how many rows. */
  retain(olderThan: bigint): Promise<number>;
  /**
   * Rewrites the tables whose rows came in out of the order of their days, so that a query over few days reads few
   * blocks; returns their names. Also runs by itself when nothing has come in for a while (`StoreOptions.idle`).
   */
  compact(): Promise<readonly string[]>;
  /**
   * The store at this moment, as the bytes of a tar; it goes on meanwhile, and everything appended before is in.
   *
   * @param mailhunt the version of this program
   */
  backup(mailhunt: string): AsyncIterable<Buffer>;
  /**
   * Removes a person's data from rows, messages and files; see docs/keeping-mail.md. Queries wait for a moment. `textsOf`
   * decodes a message, so that names in encoded parts are found too. Throws STORE0015 for what is no person.
   */
  purge(request: PurgeRequest, textsOf?: TextsOf): Promise<PurgeReport>;
  /** Tells other processes where this one answers (`http://127.0.0.1:8719`); see `readOwner`. */
  publish(address: string): Promise<void>;
  close(): Promise<void>;
}

/** How a store is opened. */
export interface StoreOptions {
  /** The clock, milliseconds since 1970. */
  readonly now?: () => number;
  /** DuckDB's memory limit, for example '4GB'. */
  readonly memory?: string;
  /** How much of what does not fit into memory may stand on disk, for example '20GB'. */
  readonly spill?: string;
  /**
   * True where this process fills the store and has work of its own for the processors: the engine takes half of them.
   * With more, its threads look for work while one of them does it, and take the time from whoever reads and judges.
   */
  readonly filling?: boolean;
  /** Milliseconds without an append after which the store compacts by itself; 0 for never. A minute by default. */
  readonly idle?: number;
  /** Where addresses are, for `geo_info_from_ip_address()`; unknown by default. */
  readonly placeOf?: LookUpPlace;
  /** What a client of this process has to show; random by default. */
  readonly token?: string;
  /** Milliseconds to wait for a store that a command holds, or a gate: neither holds it long. 0 by default. */
  readonly patience?: number;
}
