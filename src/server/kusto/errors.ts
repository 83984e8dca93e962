import { type ErrorCode, type MailhuntError, placeOf } from '../../errors/index.ts';
import type { Exchange } from './exchange.ts';

/** How Kusto says an error: the status, its own code and the name of its exception. */
interface KustoKind {
  readonly status: number;
  readonly code: string;
  readonly type: string;
  /** False where trying again may help. */
  readonly permanent: boolean;
}

const kind = (status: number, code: string, type: string, permanent = true): KustoKind => ({
  status,
  code,
  type: type.includes('.') ? type : `Kusto.Data.Exceptions.${type}`,
  permanent,
});

const internal = kind(520, 'General_InternalServerError', 'KustoServiceException', false);
const badRequest = kind(400, 'General_BadRequest', 'KustoBadRequestException');
const notFound = kind(400, 'BadRequest_EntityNotFound', 'EntityNotFoundException');
const semantic = kind(400, 'General_BadRequest', 'SemanticException');
const syntax = kind(400, 'General_BadRequest', 'SyntaxException');
const timeout = kind(504, 'Timeout', 'KustoServiceTimeoutException', false);

/** The errors that are not simply a bad request or, for the store, an internal one. */
const kinds: Partial<Record<ErrorCode, KustoKind>> = {
  KQL0001: semantic,
  KQL0002: semantic,
  KQL0003: syntax,
  KQL0004: syntax,
  KQL0005: semantic,
  KQL0007: kind(400, 'General_BadRequest', 'KustoServicePartialQueryFailureException'),
  KQL0008: timeout,
  STORE0006: notFound,
  STORE0007: notFound,
  STORE0011: badRequest,
  STORE0015: badRequest,
  HTTP0003: kind(404, 'NotFound', 'KustoBadRequestException'),
  HTTP0005: notFound,
  EVID0001: kind(404, 'NotFound', 'KustoBadRequestException'),
  MSG0002: kind(404, 'NotFound', 'KustoBadRequestException'),
  MSG0003: kind(404, 'NotFound', 'KustoBadRequestException'),
  MSG0005: kind(404, 'NotFound', 'KustoBadRequestException'),
  MSG0006: timeout,
  HTTP0006: kind(429, 'Too many requests', 'Kusto.DataNode.Exceptions.QueryThrottledException', false),
  HTTP0007: kind(403, 'Forbidden', 'KustoRequestDeniedException'),
  HTTP0008: kind(413, 'PayloadTooLarge', 'KustoBadRequestException'),
  HTTP0009: timeout,
  HTTP0010: kind(400, 'LimitsExceeded', 'KustoServicePartialQueryFailureLimitsExceededException'),
  HTTP0011: internal,
  HTTP0015: kind(400, 'BadRequest_EntityAlreadyExists', 'EntityAlreadyExistsException'),
  HTTP0016: notFound,
  HTTP0070: kind(404, 'NotFound', 'KustoBadRequestException'),
  HTTP0017: kind(400, 'BadRequest_EntityAlreadyExists', 'EntityAlreadyExistsException'),
  HTTP0012: kind(401, 'Unauthorized', 'KustoRequestDeniedException'),
  HTTP0013: kind(415, 'General_BadRequest', 'KustoBadRequestException'),
  ACCESS0003: kind(401, 'Unauthorized', 'KustoRequestDeniedException'),
  ACCESS0004: kind(403, 'Forbidden', 'KustoRequestDeniedException'),
  ACCESS0005: kind(401, 'Unauthorized', 'KustoRequestDeniedException'),
  ACCESS0006: kind(429, 'Too many requests', 'Kusto.DataNode.Exceptions.QueryThrottledException', false),
  ACCESS0007: kind(429, 'Too many requests', 'Kusto.DataNode.Exceptions.QueryThrottledException', false),
  ACCESS0008: kind(403, 'Forbidden', 'KustoRequestDeniedException'),
  GATE0011: kind(404, 'NotFound', 'KustoBadRequestException'),
  GATE0012: kind(502, 'BadGateway', 'KustoServiceException', false),
  GATE0013: kind(409, 'Conflict', 'KustoServiceException'),
  GATE0014: kind(502, 'BadGateway', 'KustoServiceException', false),
  GATE0016: kind(503, 'ServiceUnavailable', 'KustoServiceException', false),
  GATE0017: kind(503, 'ServiceUnavailable', 'KustoServiceException', false),
  ACCESS0009: kind(503, 'ServiceUnavailable', 'KustoServiceException', false),
};

/** Diagnostics of Microsoft's parser below KS100 come from its grammar, and KS176, an operator that is none. */
const isSyntax = (error: MailhuntError): boolean => /^KS(0|176)/.test(error.foreignCode ?? '');

function kindOf(error: MailhuntError): KustoKind {
  if (error.code === 'KQL0001' && isSyntax(error)) return syntax;
  return kinds[error.code] ?? (error.code.startsWith('STORE') ? internal : badRequest);
}

/** The HTTP status of an error that is told before any rows. */
export const statusOf = (error: MailhuntError): number => kindOf(error).status;

/** The exception's own code: Microsoft's where there is one of the kind, else ours. */
function innerCode(error: MailhuntError): string {
  const { type } = kindOf(error);
  if (error.code === 'HTTP0010') return 'E_QUERY_RESULT_SET_TOO_LARGE';
  if (error.code !== 'KQL0001') return error.code;
  return type.endsWith('SyntaxException') ? 'SYN0002' : 'SEM0100';
}

/**
 * What a client shows of an error, in one text: the words, then the place, our code and what to do, because most clients
 * show nothing else.
 */
export function messageOf(error: MailhuntError, text: string): string {
  const place = error.span && placeOf(text, error.span.start);
  const where = place ? ` [line:position=${place.line}:${place.column}]` : '';
  return `${words(error, text)}${where} (${error.code}) ${error.advice}`;
}

function words(error: MailhuntError, text: string): string {
  const code = innerCode(error);
  const place = error.span && placeOf(text, error.span.start);
  if (kindOf(error) === syntax && error.span && place) {
    const token = text.slice(error.span.start, error.span.start + Math.min(error.span.length, 80));
    const at = `Query could not be parsed at '${token}' on line [${place.line},${place.column}]`;
    return `Syntax error: ${code}: ${at}: ${error.message}`;
  }
  if (kindOf(error) === semantic) return `Semantic error: ${code}: ${error.message}`;
  if (error.code === 'HTTP0010')
    return `Query execution has exceeded the allowed limits (80DA0003): ${error.message} (${code}, 0x80DA0003)`;
  return entityWords(error) ?? error.message;
}

/** How Kusto says that a name means nothing. */
function entityWords(error: MailhuntError): string | undefined {
  const facts = error.facts as Readonly<Record<string, string | number>>;
  if (error.code === 'HTTP0005') return `Entity ID '${facts.database}' of kind 'Database' was not found.`;
  if (error.code === 'STORE0006') return `Entity ID '${facts.table}' of kind 'Table' was not found.`;
  if (error.code === 'HTTP0016') return `Entity ID '${facts.name}' of kind 'Function' was not found.`;
  return undefined;
}

/** An error in Kusto's form, `{"error": {…}}`, with the member `@mailhunt` for programs that know us. */
export function kustoError(error: MailhuntError, exchange: Exchange): { readonly error: object } {
  const { code, type, permanent } = kindOf(error);
  const message = permanent ? 'Request is invalid and cannot be executed.' : 'Request failed; it may be tried again.';
  const said = messageOf(error, exchange.text);
  const place = error.span && placeOf(exchange.text, error.span.start);
  const context = contextOf(exchange);
  return {
    error: {
      code,
      message,
      '@type': type,
      '@message': said,
      '@context': context,
      '@permanent': permanent,
      '@text': exchange.text,
      '@database': exchange.database,
      '@mailhunt': {
        code: error.code,
        message: error.message,
        advice: error.advice,
        ...(error.foreignCode !== undefined && { foreignCode: error.foreignCode }),
        ...(error.span && { span: error.span, ...place }),
      },
      innererror: {
        code: innerCode(error),
        message: error.message,
        '@type': type,
        '@message': said,
        '@context': context,
        '@permanent': permanent,
        '@errorCode': innerCode(error),
        '@errorMessage': error.message,
      },
    },
  };
}

/** Kusto's context of an error. Nothing of the machine or the process is told. */
const contextOf = (exchange: Exchange): object => ({
  timestamp: new Date(exchange.now()).toISOString(),
  serviceAlias: 'MAILHUNT',
  machineName: 'mailhunt',
  processName: 'mailhunt',
  processId: 0,
  threadId: 0,
  clientRequestId: exchange.clientRequestId,
  activityId: exchange.activityId,
  subActivityId: exchange.activityId,
  activityType: 'GW.Http.CallContext',
  parentActivityId: exchange.activityId,
  activityStack: `(Activity stack: CRID=${exchange.clientRequestId} ARID=${exchange.activityId})`,
});
