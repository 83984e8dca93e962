import { MailhuntError } from '../errors/index.ts';
import type { Call } from './command.ts';

/**
 * The one message of a file, or of standard input (`-`), as bytes. What is in it never throws; a file that is no message, or
 * several, is refused by name.
 *
 * @throws MailhuntError CLI0001
 * @example await messageBytes(call, 'suspicious.eml', 'auth')
 */
export async function messageBytes({ stdin }: Call, file: string, command: string): Promise<Buffer> {
  const { fileChunks, soleMessage, streamChunks } = await import('../ingest/index.ts');
  const name = file === '-' ? 'standard input' : file;
  const wrong = (text: string, cause?: unknown) => new MailhuntError('CLI0001', { text, command }, { cause });
  const chunks = file === '-' ? streamChunks(stdin as AsyncIterable<Buffer>) : fileChunks(file);
  const sole = await soleMessage(file, chunks).catch((cause: Error) => {
    throw wrong(`${name} cannot be read: ${cause.message}`, cause);
  });
  if ('reason' in sole) throw wrong(`${name} is not one message: ${sole.reason}`);
  return sole.bytes;
}
