import { type MailhuntError, placeOf } from '../../../errors/index.ts';

/** What the page is told of an error; `web/src/api/call.ts` reads it. */
export interface FailureJson {
  readonly code: string;
  /** Microsoft's own code, where the words are theirs. */
  readonly foreignCode?: string;
  readonly message: string;
  readonly advice: string;
  readonly span?: { readonly start: number; readonly length: number };
  readonly line?: number;
  readonly column?: number;
}

/** An error about a query text, with its place in it. */
export function failureJson(error: MailhuntError, text: string): FailureJson {
  const { code, foreignCode, message, advice, span } = error;
  return {
    code,
    ...(foreignCode !== undefined && { foreignCode }),
    message,
    advice,
    ...(span && { span, ...placeOf(text, span.start) }),
  };
}
