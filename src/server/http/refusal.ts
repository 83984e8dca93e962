import type { ServerResponse } from 'node:http';
import type { MailhuntError } from '../../errors/index.ts';
import { failureOf } from './failure.ts';
import { sendJson, type Visit } from './route.ts';

/** An error as a protocol words it. */
export interface Refusal {
  readonly status: number;
  readonly body: object;
}

/**
 * Answers a visit that went wrong, in the words of its protocol. Throws the error on where a part of an answer has left:
 * there is no status any more that could say it.
 *
 * @example await run(visit).catch((thrown) => refuse(visit, thrown, (error) => graphError(error, about)))
 */
export function refuse(visit: Visit, thrown: unknown, words: (error: MailhuntError) => Refusal): void {
  const error = failureOf(thrown, visit);
  if (visit.response.headersSent) throw error;
  sendRefusal(visit.response, error, words(error));
}

/** Sends an error; who came too often is told when to come again. */
export function sendRefusal(response: ServerResponse, error: MailhuntError, { status, body }: Refusal): void {
  const { seconds = 1 } = error.facts as { readonly seconds?: number };
  if (status === 429) response.setHeader('Retry-After', String(seconds));
  sendJson(response, status, body);
}
