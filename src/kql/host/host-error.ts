import { catalogue, type ErrorCode, MailhuntError } from '../../errors/index.ts';
import { ERROR_MARK } from '../functions/index.ts';

const CARRIED = new RegExp(`${ERROR_MARK}(\\{.*\\})`, 's');

/** The error of the catalogue that came through the engine in its message; undefined where the error is the engine's own. */
export function hostError(message: string): MailhuntError | undefined {
  const [, text] = CARRIED.exec(message) ?? [];
  if (text === undefined) return undefined;
  try {
    const { code, facts } = JSON.parse(text) as { code: ErrorCode; facts: never };
    return Object.hasOwn(catalogue, code) ? new MailhuntError(code, facts) : undefined;
  } catch {
    return undefined;
  }
}
