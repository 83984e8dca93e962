import { type ErrorCode, MailhuntError, type Span } from '../../errors/index.ts';

/** An error as plain data. */
export interface PlainError {
  readonly code?: ErrorCode;
  readonly facts?: Readonly<Record<string, string | number>>;
  readonly span?: Span | undefined;
  readonly foreignCode?: string | undefined;
  readonly text: string;
}

/** An error on its way between threads. */
export function toPlain(error: unknown): PlainError {
  if (!(error instanceof MailhuntError)) return { text: String((error as Error)?.stack ?? error) };
  const { code, facts, span, foreignCode, message } = error;
  return { code, facts, span, foreignCode, text: message };
}

/** The error that came. What is none of the catalogue is a defect, and stays one. */
export function fromPlain({ code, facts, span, foreignCode, text }: PlainError): Error {
  if (code === undefined) return new Error(text);
  return new MailhuntError(code, facts as never, { ...(span && { span }), ...(foreignCode && { foreignCode }) });
}
