import { catalogue, type ErrorCode, MailhuntError } from '../../errors/index.ts';
import type { Visualization, Warning } from '../../kql/index.ts';
import type { Column } from '../../values/index.ts';

/**
 * How an answer travels between mailhunt's own commands, a line of JSON each: the head, then for each table its rows as
 * arrays and the line `{"end":…}`, then the tail. An error line may take the place of anything after the head.
 */
export interface Head {
  readonly tables: readonly {
    readonly name: string;
    readonly columns: readonly Column[];
    readonly visualization?: Visualization;
    readonly sql: string;
  }[];
  readonly warnings: readonly Warning[];
}

/** After the rows of a table: how many there were. */
export interface TableEnd {
  readonly end: number;
}

/** The last line of a good answer: the warnings that were met after the head. */
export interface Tail {
  readonly warnings: readonly Warning[];
}

/** An error of the catalogue as it travels, whole: it is built again at the other end. */
export interface WireError {
  readonly error: {
    readonly code: ErrorCode;
    readonly facts: Readonly<Record<string, string | number>>;
    readonly span?: { readonly start: number; readonly length: number };
    readonly foreignCode?: string;
  };
}

/** A row on one line: a line break in JSON text can only stand between its tokens. */
export const oneLine = (row: string): string => (row.includes('\n') ? row.replaceAll('\n', ' ') : row);

/** An error in its form for travelling. */
export const toWire = ({ code, facts, span, foreignCode }: MailhuntError): WireError => ({
  error: { code, facts, ...(span && { span }), ...(foreignCode !== undefined && { foreignCode }) },
});

/** The error that travelled. Undefined where the value is none, or of a code that this program does not know. */
export function fromWire(value: unknown): MailhuntError | undefined {
  const error = (value as Partial<WireError> | null)?.error;
  if (!error || !Object.hasOwn(catalogue, error.code ?? '')) return undefined;
  return new MailhuntError(error.code, error.facts as never, {
    ...(error.span && { span: error.span }),
    ...(error.foreignCode !== undefined && { foreignCode: error.foreignCode }),
  });
}
