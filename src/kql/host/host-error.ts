import { catalogue, type ErrorCode, MailhuntError } from '../../errors/index.ts';

/** Begins the text that carries an error of the catalogue through the engine. */
const MARK = 'mailhunt-error ';

/** An error as the engine may carry it: it keeps the message only. */
export function carried(error: unknown): Error {
  if (!(error instanceof MailhuntError)) return error as Error;
  return new Error(`${MARK}${JSON.stringify({ code: error.code, facts: error.facts })}`, { cause: error });
}

/** The error of the catalogue that came through the engine in its message; undefined where the error is the engine's own. */
export function hostError(message: string): MailhuntError | undefined {
  const [, text] = /mailhunt-error (\{.*\})/s.exec(message) ?? [];
  if (text === undefined) return undefined;
  try {
    const { code, facts } = JSON.parse(text) as { code: ErrorCode; facts: never };
    return Object.hasOwn(catalogue, code) ? new MailhuntError(code, facts) : undefined;
  } catch {
    return undefined;
  }
}
