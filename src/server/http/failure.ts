import { MailhuntError } from '../../errors/index.ts';
import type { Visit } from './route.ts';

/**
 * The error that a caller is told: the reason of an abort where there was one, else what was thrown. Anything that is no
 * error of the catalogue is a defect: the log gets it whole, the caller an id to find it by (HTTP0011).
 */
export function failureOf(
  thrown: unknown,
  { site, activityId }: Pick<Visit, 'site' | 'activityId'>,
  signal?: AbortSignal,
): MailhuntError {
  const error: unknown = signal?.aborted ? signal.reason : thrown;
  if (error instanceof MailhuntError) return error;
  site.log(`${activityId} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return new MailhuntError('HTTP0011', { id: activityId }, { cause: error });
}
