import type { MailhuntError } from '../errors/index.ts';
import type { Format } from './format.ts';
import type { MailKind } from './mail/kind.ts';
import type { Rejected } from './rejects.ts';
import type { Repair } from './tally.ts';

/** What became of one source. */
export interface FileReport {
  readonly file: string;
  readonly format: Format | MailKind;
  /** Bytes read, compression undone, what was there already included. */
  readonly bytes: number;
  /** Rows that came in now. */
  readonly rows: number;
  /** Bytes that an earlier run had taken in. */
  readonly alreadyThere: number;
  readonly rejected: number;
}

/** What became of the messages of a run. */
export interface MessageCounts {
  /** Those that came in now. */
  readonly taken: number;
  /** Those of them whose verdict was found now, those without one, and those of each receiver that is believed. */
  readonly verified: number;
  readonly without: number;
  readonly received: Readonly<Record<string, number>>;
  /** Those that had come in before. */
  readonly alreadyThere: number;
  readonly rejected: number;
}

/** What became of a run. */
export interface IngestReport {
  readonly files: readonly FileReport[];
  /** Rows that came in. */
  readonly rows: number;
  readonly tables: Readonly<Record<string, number>>;
  readonly messages: MessageCounts;
  /** Cells that did not come in their column's type, what was lost first. */
  readonly repairs: readonly Repair[];
  /** Fields that no column exists for, by `Table.Field`: how many cells of them were kept aside. */
  readonly unknownColumns: Readonly<Record<string, number>>;
  /** Files of folders that are neither mail nor exports: the first of them, and how many there are. */
  readonly passedOver: readonly string[];
  readonly passedOverCount: number;
  /** The first of the lines and messages that were set aside, and how many there are. */
  readonly rejected: readonly Rejected[];
  readonly rejectedCount: number;
  /** Files from which nothing came in before an earlier run had taken all of it. */
  readonly filesAlreadyThere: number;
  /** Rows of a stream that were in the store already. */
  readonly rowsAlreadyThere: number;
  /** Sources that could not be read, or not to their end. */
  readonly failures: readonly { readonly file: string; readonly error: MailhuntError }[];
  /** True where the run was stopped; the same command goes on from there. */
  readonly stopped: boolean;
}

/** How far a run is. */
export interface Progress {
  readonly file: string;
  /** Bytes of this source so far, and of all of it; of a folder of messages, files. Null where that is not known. */
  readonly bytes: number;
  readonly size: number | null;
  /** Rows read so far in the whole run. */
  readonly rows: number;
  readonly rowsPerSecond: number;
  /** Messages so far in the whole run, those that had come in before included; 0 for exports. */
  readonly messages: number;
  readonly messagesPerSecond: number;
}
