import { catalogue, type ErrorCode } from './catalogue.ts';
import { MailhuntError } from './mailhunt-error.ts';

/** An error of the catalogue as it travels between processes, whole: it is built again at the other end. */
export interface WireError {
  readonly error: {
    readonly code: ErrorCode;
    readonly facts: Readonly<Record<string, string | number>>;
    readonly span?: { readonly start: number; readonly length: number };
    readonly foreignCode?: string;
  };
}

/** An error in its form for travelling. */
export const toWire = ({ code, facts, span, foreignCode }: MailhuntError): WireError => ({
  error: { code, facts, ...(span && { span }), ...(foreignCode !== undefined && { foreignCode }) },
});

/** The error that travelled. Undefined where the value is none, or of a code that this program does not know. */
export function fromWire(value: unknown): MailhuntError | undefined {
  const error = (value as Partial<WireError> | null)?.error;
  if (!error || !Object.hasOwn(catalogue, error.code ?? '')) return undefined;
  return new MailhuntError(error.code, error.facts as never, {
    ...(error.span && { span: error.span }),
    ...(error.foreignCode !== undefined && { foreignCode: error.foreignCode }),
  });
}
