import type { CheckAnswer } from '../../../src/server/workbench/queries/check.ts';
import { type Failure, postJson, ServerError } from '../api/call.ts';
import { type Piece, type QueryRequest, streamQuery, type Warning } from '../api/stream-query.ts';
import type { Statement } from '../editor/statements.ts';
import { LiveResult } from './live-result.ts';
import { furtherErrors } from './problems.ts';

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

/** Where the pieces of an answer come from. */
export type Stream = (request: QueryRequest, signal: AbortSignal) => AsyncIterable<Piece>;

/** All that is wrong with a text. */
export type Check = (text: string, parameters: QueryRequest['parameters'], signal: AbortSignal) => Promise<CheckAnswer>;

/** Who answers: the server, another one in tests. */
export interface Answers {
  readonly stream: Stream;
  readonly check: Check;
}

/**
 * Runs queries one after the other and fills one result with what comes: its tables are those of the first, then those of
 * the next. Places in warnings and in the failure are those of the whole text. The first that fails ends it.
 */
export function startRun(
  statements: readonly Statement[],
  optionsFor: (statement: Statement) => RunOptions = () => ({}),
  { stream = streamQuery, check = checkText }: Partial<Answers> = {},
): Run {
  const aborter = new AbortController();
  const result = new LiveResult(statements.map(({ text }) => text).join('\n\n'), MOST_ROWS);
  const ended = fill(result, statements, optionsFor, { stream, check, signal: aborter.signal });
  return { result, statements, cancel: () => aborter.abort(), ended };
}

async function fill(
  result: LiveResult,
  statements: readonly Statement[],
  optionsFor: (statement: Statement) => RunOptions,
  { stream, check, signal }: Answers & { readonly signal: AbortSignal },
): Promise<void> {
  let room = MOST_ROWS;
  for (const statement of statements) {
    const { start } = statement;
    const options = optionsFor(statement);
    try {
      for await (const piece of stream({ ...options, text: statement.text, rows: Math.max(1, room) }, signal)) {
        if (piece.kind === 'end') room -= piece.rows;
        result.take(moved(piece, start));
        if (result.isFull) return result.end('done');
      }
    } catch (error) {
      if (signal.aborted) return result.end('cancelled');
      if (!(error instanceof ServerError)) return result.end('failed', lost);
      const { failure } = error;
      const further = failure.span ? await furtherOf(check(statement.text, options.parameters, signal), failure) : [];
      return result.end(
        'failed',
        movedPlace(failure, start),
        further.map((one) => movedPlace(one, start)),
      );
    }
  }
  result.end('done');
}

/** The other errors of a text that failed at one place; none where they cannot be had. */
const furtherOf = (checked: Promise<CheckAnswer>, failure: Failure): Promise<readonly Failure[]> =>
  checked.then(
    (answer) => furtherErrors(answer, failure),
    // The failure itself is told; what else is wrong the editor underlines.
    () => [],
  );

const checkText: Check = (text, parameters, signal) =>
  postJson<CheckAnswer>('/api/v1/check', { text, ...(parameters && { parameters }) }, signal);

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
