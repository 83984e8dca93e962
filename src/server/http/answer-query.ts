import type { MailhuntError } from '../../errors/index.ts';
import type { Answer } from '../../kql/index.ts';
import { abortable } from './abortable.ts';
import { failureOf } from './failure.ts';
import { inTurn } from './in-turn.ts';
import { takesGzip, type Visit } from './route.ts';
import { TextResponse } from './text-response.ts';

/** A query as a protocol asks for it. */
export interface AskedQuery {
  /** Milliseconds, waiting included. */
  readonly timeout: number;
  readonly run: (signal: AbortSignal) => Promise<Answer>;
  /** Media type of the answer; JSON where absent. */
  readonly type?: string;
}

/** What a protocol writes an answer with. */
export interface Writing {
  readonly answer: Answer;
  readonly out: TextResponse;
  readonly signal: AbortSignal;
  /** What a person is told of something thrown. */
  readonly failureOf: (thrown: unknown) => MailhuntError;
}

/**
 * Runs a query in its turn, lets the protocol write the answer, and ends it. A client that goes away ends the query.
 * Throws errors of the catalogue, before the first bytes have left.
 */
export async function answerQuery(
  visit: Visit,
  { timeout, run, type = 'application/json; charset=utf-8' }: AskedQuery,
  write: (writing: Writing) => Promise<void>,
): Promise<void> {
  const { site, request, response } = visit;
  await inTurn(visit, timeout, async (signal) => {
    const answer = await abortable(run(signal), signal);
    const out = new TextResponse(response, { type, gzip: takesGzip(request), signal, stall: site.settings.stall });
    await write({ answer, out, signal, failureOf: (thrown) => failureOf(thrown, visit, signal) });
    out.end();
  });
}
