import { call, type Failure, ServerError } from './call.ts';

/** A column of a result, with its KQL type. */
export interface Column {
  readonly name: string;
  readonly type: 'bool' | 'int' | 'long' | 'real' | 'decimal' | 'string' | 'datetime' | 'timespan' | 'guid' | 'dynamic';
}

export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly advice?: string;
  readonly span?: { readonly start: number; readonly length: number };
}

/** `render` of a table, with Kusto's names of its properties. */
export type Visualization = Readonly<Record<string, unknown>>;

export interface TableHead {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly visualization: Visualization | undefined;
  readonly sql: string;
}

export interface QueryRequest {
  readonly text: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** ISO 8601: rows of tables with a `Timestamp` outside are not seen. */
  readonly from?: string;
  readonly to?: string;
  /** Most rows that are sent; the end of a table says `more` where some were left out. */
  readonly rows?: number;
}

/** One piece of an answer, in the order of its arrival. */
export type Piece =
  | { readonly kind: 'head'; readonly tables: readonly TableHead[]; readonly warnings: readonly Warning[] }
  | { readonly kind: 'rows'; readonly rows: readonly unknown[][] }
  | { readonly kind: 'end'; readonly rows: number; readonly more: boolean }
  | { readonly kind: 'tail'; readonly warnings: readonly Warning[]; readonly milliseconds: number | undefined };

/**
 * The answer to a query, piece by piece as lines of JSON arrive: the head, for each table its rows and an end, a tail.
 * Cells are JSON values as in Kusto's second protocol; 64-bit numbers beyond 2^53 come as text. Aborting the signal
 * drops the connection, which ends the query on the server.
 *
 * @throws ServerError also for an error in the middle
 */
export async function* streamQuery(request: QueryRequest, signal: AbortSignal): AsyncGenerator<Piece> {
  const response = await call('POST', '/api/v1/query', { body: request, signal });
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const lines = (rest + value).split('\n');
      rest = lines.pop() ?? '';
      yield* pieces(lines);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function* pieces(lines: readonly string[]): Generator<Piece> {
  let rows: unknown[][] = [];
  for (const line of lines) {
    if (line.startsWith('[')) {
      rows.push(JSON.parse(line) as unknown[]);
      continue;
    }
    if (rows.length > 0) yield { kind: 'rows', rows };
    rows = [];
    if (line !== '') yield wordOf(JSON.parse(line) as Record<string, unknown>);
  }
  if (rows.length > 0) yield { kind: 'rows', rows };
}

function wordOf(word: Record<string, unknown>): Piece {
  if (word.error) throw new ServerError(200, word.error as Failure);
  if (word.tables) return { kind: 'head', tables: word.tables as TableHead[], warnings: word.warnings as Warning[] };
  if (word.end !== undefined) return { kind: 'end', rows: Number(word.end), more: word.more === true };
  return {
    kind: 'tail',
    warnings: (word.warnings ?? []) as Warning[],
    milliseconds: typeof word.milliseconds === 'number' ? word.milliseconds : undefined,
  };
}
