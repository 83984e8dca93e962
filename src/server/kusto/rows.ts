import type { MailhuntError } from '../../errors/index.ts';
import type { ResultTable } from '../../kql/index.ts';
import { abortableBlocks } from '../http/abortable.ts';
import type { TextResponse } from '../http/text-response.ts';
import type { Limits } from './limits.ts';

/** What a writer of rows needs beside the rows. */
export interface RowsOptions {
  readonly out: Pick<TextResponse, 'write'>;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** What a person is told of something thrown. */
  readonly failureOf: (thrown: unknown) => MailhuntError;
  /** Another form of a row's text. */
  readonly form?: (row: string) => string;
  /** What stands around a piece of rows, where the rows of a table are sent in pieces. */
  readonly around?: { readonly before: string; readonly after: string };
}

/** How the rows of a table ended. */
export interface RowsEnd {
  readonly rows: number;
  /** Why there are no more rows; undefined where there simply are none. */
  readonly error: MailhuntError | undefined;
}

/**
 * Writes the rows of a table, comma between them, as they come from the engine. An error does not throw: it is part of
 * the answer once rows have left.
 */
export async function writeRows(table: ResultTable, options: RowsOptions): Promise<RowsEnd> {
  const { out, limits, signal, failureOf, form, around } = options;
  const before = limits.rows;
  let separator = '';
  const end = (error?: MailhuntError): RowsEnd => ({ rows: limits.rows - before, error });
  try {
    for await (const block of abortableBlocks(table.blocks, signal)) {
      const { rows, full, error } = limits.admit(block);
      if (rows.length > 0) {
        const text = (form ? rows.map(form) : rows).join(',');
        await out.write(around ? around.before + text + around.after : separator + text);
        separator = ',';
      }
      if (full) return end(error);
    }
  } catch (error) {
    return end(failureOf(error));
  }
  return end();
}
