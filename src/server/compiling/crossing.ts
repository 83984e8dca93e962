import type { MessagePort } from 'node:worker_threads';
import type {
  Catalog,
  CheckedText,
  Compiled,
  ExternalRequest,
  LentTable,
  LoadedRows,
  QueryContext,
  RunnableTable,
  Surroundings,
} from '../../kql/index.ts';
import type { Column, Value } from '../../values/index.ts';
import type { PlainError } from '../threads/index.ts';

/** What stands around a query, as far as it can cross between threads; what is lent is asked for. */
export interface PlainSurroundings extends Omit<Surroundings, 'tables' | 'external'> {
  readonly tables: readonly Pick<LentTable, 'name' | 'parameters'>[];
}

/** What was found in a text that is being written, as plain data. */
export interface PlainChecked extends Omit<CheckedText, 'refusal'> {
  readonly refusal: PlainError | undefined;
}

/** What each purpose of a job ends with. */
export interface Finishing {
  readonly run: Compiled<RunnableTable>;
  /** The text is being written: its mistakes are asked for, and nothing is loaded. */
  readonly check: PlainChecked;
  /** The text laid out. */
  readonly format: string;
}

export type Purpose = keyof Finishing;
export type Finished = Finishing[Purpose];

/** A query text to be compiled. */
export interface Job extends Pick<QueryContext, 'now' | 'parameters' | 'scope'> {
  /** Among the jobs of its thread; the first is 1. */
  readonly place: number;
  readonly text: string;
  readonly purpose: Purpose;
  /** Absent where it is the one of the job before. */
  readonly catalog?: Catalog;
  readonly surroundings?: PlainSurroundings;
}

/** What a compilation asks for on its way: rows that teach it columns, or rows from outside. */
export type Question =
  | { readonly sql: string }
  | { readonly external: ExternalRequest }
  | { readonly lent: string; readonly args: readonly Value[] };
export type Reply = readonly string[] | LoadedRows;

/** To the thread. `id` is the job's, `question` counts within it. */
export type ToThread =
  | { readonly kind: 'job'; readonly id: number; readonly job: Job }
  | { readonly kind: 'reply'; readonly id: number; readonly question: number; readonly reply: Reply }
  | { readonly kind: 'no reply'; readonly id: number; readonly question: number; readonly error: PlainError };

/** From the thread. */
export type FromThread =
  | { readonly kind: 'begun'; readonly id: number }
  | ({ readonly kind: 'columns' } & ColumnsQuestion)
  | { readonly kind: 'question'; readonly id: number; readonly number: number; readonly question: Question }
  | { readonly kind: 'done'; readonly id: number; readonly finished: Finished }
  | { readonly kind: 'failed'; readonly id: number; readonly error: PlainError };

/** The columns of a lent table, for which the binder cannot wait: the thread stands still until it is told them. */
export interface ColumnsQuestion {
  /** Of the surroundings that lend the table. */
  readonly version: string;
  readonly table: string;
  readonly args: readonly (Value | undefined)[];
}

export type ColumnsReply = { readonly columns: readonly Column[] } | { readonly error: PlainError };

/**
 * What a thread is given: where the columns come, the bell that is rung when they have come, and the place up to which
 * another has taken over the jobs that it has not begun.
 */
export interface Line {
  readonly port: MessagePort;
  readonly bell: Int32Array;
  readonly relieved: Int32Array;
}
