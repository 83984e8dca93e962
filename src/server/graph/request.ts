import { MailhuntError } from '../../errors/index.ts';
import { objectOf } from '../http/body.ts';

/** A hunt as Graph's clients send it. */
export interface HuntingRequest {
  readonly query: string;
  /** ISO 8601; undefined where none was given. */
  readonly timespan: string | undefined;
}

/**
 * Reads `{"Query": …, "Timespan": …}`, its names in any case. Throws HTTP0002.
 *
 * @see https://learn.microsoft.com/graph/api/security-security-runhuntingquery
 */
export function readHuntingRequest(text: string, path: string): HuntingRequest {
  const members = new Map(Object.entries(objectOf(text, path)).map(([name, value]) => [name.toLowerCase(), value]));
  const refuse = (words: string): never => {
    throw new MailhuntError('HTTP0002', { path, text: words });
  };
  const query = members.get('query');
  const timespan = members.get('timespan') ?? undefined;
  if (typeof query !== 'string' || query.trim() === '') return refuse('Query must be the text of a query');
  if (timespan !== undefined && typeof timespan !== 'string') return refuse('Timespan must be a text');
  return { query, timespan: timespan?.trim() === '' ? undefined : timespan };
}
