import { type Failure, ServerError } from '../api/call.ts';
import { type Piece, type QueryRequest, streamQuery, type Warning } from '../api/stream-query.ts';
import { LiveResult } from './live-result.ts';
import type { Statement } from './statements.ts';

/** The most rows of a result that the page takes: what is more is said, and better summarised. */
export const MOST_ROWS = 200_000;

/** How queries are asked for, beside their texts. */
export type RunOptions = Omit<QueryRequest, 'text' | 'rows'>;

/** Queries on their way. */
export interface Run {
  readonly result: LiveResult;
  /** What runs, as it stood in the editor. */
  readonly statements: readonly Statement[];
  /** Drops the connection, which ends the query on the server. */
  readonly cancel: () => void;
  /** Resolves, and never rejects, when nothing more will come. */
  readonly ended: Promise<void>;
}

/** Where the pieces of an answer come from; another one in tests. */
export type Stream = (request: QueryRequest, signal: AbortSignal) => AsyncIterable<Piece>;

/**
 * Runs queries one after the other and fills one result with what comes: its tables are those of the first, then those of
 * the next. Places in warnings and in the failure are those of the whole text. The first that fails ends it.
 */
export function startRun(
  statements: readonly Statement[],
  optionsFor: (statement: Statement) => RunOptions = () => ({}),
  stream: Stream = streamQuery,
): Run {
  const aborter = new AbortController();
  const result = new LiveResult(statements.map(({ text }) => text).join('\n\n'), MOST_ROWS);
  const ended = fill(result, statements, optionsFor, { stream, signal: aborter.signal });
  return { result, statements, cancel: () => aborter.abort(), ended };
}

async function fill(
  result: LiveResult,
  statements: readonly Statement[],
  optionsFor: (statement: Statement) => RunOptions,
  { stream, signal }: { readonly stream: Stream; readonly signal: AbortSignal },
): Promise<void> {
  let start = 0;
  let room = MOST_ROWS;
  try {
    for (const statement of statements) {
      start = statement.start;
      const options = optionsFor(statement);
      for await (const piece of stream({ ...options, text: statement.text, rows: Math.max(1, room) }, signal)) {
        if (piece.kind === 'end') room -= piece.rows;
        result.take(moved(piece, start));
        if (result.isFull) return result.end('done');
      }
    }
    result.end('done');
  } catch (error) {
    if (signal.aborted) result.end('cancelled');
    else if (error instanceof ServerError) result.end('failed', movedPlace(error.failure, start));
    else result.end('failed', lost);
  }
}

const lost: Failure = {
  code: 'GONE',
  message: 'The connection to the server was lost',
  advice: 'See whether mailhunt still runs, and run the query again.',
};

const moved = (piece: Piece, start: number): Piece =>
  'warnings' in piece
    ? { ...piece, warnings: piece.warnings.map((warning: Warning) => movedPlace(warning, start)) }
    : piece;

const movedPlace = <T extends Pick<Warning, never> & { readonly span?: Failure['span'] }>(said: T, start: number): T =>
  said.span ? { ...said, span: { ...said.span, start: said.span.start + start } } : said;
