import type { MailhuntError } from '../../errors/index.ts';
import type { Refusal } from '../http/refusal.ts';
import { messageOf, statusOf } from '../kusto/errors.ts';

/** What Graph calls the errors of a status. */
const codes: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Forbidden',
  404: 'NotFound',
  413: 'BadRequest',
  415: 'BadRequest',
  429: 'TooManyRequests',
  504: 'UnknownError',
};

/** Who asked, for the error's answer. */
export interface ErrorAbout {
  readonly text: string;
  readonly activityId: string;
  readonly clientRequestId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An error in Graph's form, `{"error":{"code","message","innerError"}}`, and its status. */
export function graphError(error: MailhuntError, about: ErrorAbout): Refusal {
  const status = statusOf(error) === 520 ? 500 : statusOf(error);
  return {
    status,
    body: {
      error: {
        code: codes[status] ?? 'UnknownError',
        message: messageOf(error, about.text),
        innerError: {
          date: new Date(about.now).toISOString().slice(0, 19),
          'request-id': about.activityId,
          'client-request-id': about.clientRequestId || about.activityId,
        },
      },
    },
  };
}

/** The same as the older Defender API says it, `{"error":{"code","message","target"}}`. */
export function olderError(error: MailhuntError, about: ErrorAbout): Refusal {
  const { status } = graphError(error, about);
  const code = { 401: 'Unauthorized', 500: 'InternalServerError' }[status] ?? codes[status] ?? 'InternalServerError';
  return { status, body: { error: { code, message: messageOf(error, about.text), target: `|${about.activityId}` } } };
}
