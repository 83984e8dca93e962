import { type MailhuntError, placeOf } from '../../errors/index.ts';
import type { Refusal } from '../http/refusal.ts';
import { messageOf, statusOf } from '../kusto/errors.ts';

/** What Log Analytics calls the errors of a status. */
const codes: Readonly<Record<number, string>> = {
  400: 'BadArgumentError',
  401: 'AuthenticationFailed',
  403: 'InsufficientAccessError',
  404: 'PathNotFoundError',
  413: 'BadArgumentError',
  415: 'BadArgumentError',
  429: 'ThrottledError',
  504: 'GatewayTimeout',
};

/** An error in the form of Log Analytics, and its status. `text` is the query's. */
export function logAnalyticsError(error: MailhuntError, text: string, correlationId: string): Refusal {
  const status = statusOf(error) === 520 ? 500 : statusOf(error);
  const code = codes[status] ?? 'InternalServerError';
  const innererror = error.code.startsWith('KQL')
    ? inner(error, text)
    : { code: error.code, message: messageOf(error, text) };
  const message = code === 'BadArgumentError' ? 'The request had some invalid properties' : messageOf(error, text);
  return { status, body: { error: { message, code, correlationId, innererror } } };
}

/** The query's own mistake: what kind it is, then where. */
function inner(error: MailhuntError, text: string): object {
  const place = error.span && placeOf(text, error.span.start);
  const isSyntax = error.code === 'KQL0003' || error.code === 'KQL0004' || /^KS(0|176)/.test(error.foreignCode ?? '');
  const token = error.span ? text.slice(error.span.start, error.span.start + Math.min(error.span.length, 80)) : '';
  return {
    code: isSyntax ? 'SyntaxError' : 'SemanticError',
    message: isSyntax ? 'A recognition error occurred in the query.' : 'A semantic error occurred.',
    innererror: {
      code: isSyntax ? 'SYN0002' : 'SEM0100',
      message: messageOf(error, text),
      ...(place && { line: place.line, pos: place.column, token }),
    },
  };
}

/** An answer that is not whole, as its member `error` says it. */
export const partialError = (error: MailhuntError, text: string): object => ({
  code: 'PartialError',
  message: 'There were some errors when processing your query.',
  details: [{ code: error.code, message: messageOf(error, text) }],
});
