import { MailhuntError } from '../errors/index.ts';
import type { DatabaseOptions } from './database.ts';

/** The error for a limit of the engine that a statement has met, by the engine's words; undefined for other words. */
export function shortage(
  text: string,
  { memory, spill }: Pick<DatabaseOptions, 'memory' | 'spill'>,
  cause?: unknown,
): MailhuntError | undefined {
  if (text.includes('max_temp_directory_size')) return new MailhuntError('KQL0016', { spill }, { cause });
  if (/^Out of Memory Error/i.test(text)) return new MailhuntError('KQL0015', { memory }, { cause });
  return undefined;
}
