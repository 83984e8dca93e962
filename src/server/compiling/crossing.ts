import type { MessagePort } from 'node:worker_threads';
import { type ErrorCode, MailhuntError, type Span } from '../../errors/index.ts';
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

/** What stands around a query, as far as it can cross between threads; what is lent is asked for. */
export interface PlainSurroundings extends Omit<Surroundings, 'tables' | 'external'> {
  readonly tables: readonly Pick<LentTable, 'name' | 'parameters'>[];
}

/** What was found in a text that is being written, as plain data. */
export interface PlainChecked extends Omit<CheckedText, 'refusal'> {
  readonly refusal: PlainError | undefined;
}

/** What a job ends with: a text compiled to be run, or only checked. */
export type Finished = Compiled<RunnableTable> | PlainChecked;

/** A query text to be compiled. */
export interface Job extends Pick<QueryContext, 'now' | 'parameters' | 'scope'> {
  readonly text: string;
  /** True where the text is being written: its mistakes are asked for, and nothing is loaded. */
  readonly checkOnly?: boolean;
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

/** What a thread is given: where the columns come, and the bell that is rung when they have come. */
export interface Line {
  readonly port: MessagePort;
  readonly bell: Int32Array;
}

/** An error as plain data. */
export interface PlainError {
  readonly code?: ErrorCode;
  readonly facts?: Readonly<Record<string, string | number>>;
  readonly span?: Span | undefined;
  readonly foreignCode?: string | undefined;
  readonly text: string;
}

/** An error on its way between threads. */
export function toPlain(error: unknown): PlainError {
  if (!(error instanceof MailhuntError)) return { text: String((error as Error)?.stack ?? error) };
  const { code, facts, span, foreignCode, message } = error;
  return { code, facts, span, foreignCode, text: message };
}

/** The error that came. What is none of the catalogue is a defect, and stays one. */
export function fromPlain({ code, facts, span, foreignCode, text }: PlainError): Error {
  if (code === undefined) return new Error(text);
  return new MailhuntError(code, facts as never, { ...(span && { span }), ...(foreignCode && { foreignCode }) });
}
