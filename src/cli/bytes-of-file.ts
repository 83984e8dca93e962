import { createReadStream } from 'node:fs';
import { MailhuntError } from '../errors/index.ts';

/** More than any file has that a command reads whole; what its reader takes is less, and its reader says so. */
const MOST = 64 * 1024 * 1024;

/**
 * The bytes of a file, or of a pipe, that is read whole.
 *
 * @param command the name that errors show
 * @throws MailhuntError CLI0001 where it cannot be read, or has more than 64 MB
 * @example (await bytesOfFile('rules.json', 'policy import')).toString('utf8')
 */
export async function bytesOfFile(path: string, command: string): Promise<Buffer> {
  const wrong = (text: string, cause?: unknown) => new MailhuntError('CLI0001', { text, command }, { cause });
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MOST) throw wrong(`${path} is larger than ${MOST >> 20} MB`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof MailhuntError) throw error;
    throw wrong(`${path} cannot be read: ${(error as Error).message}`, error);
  }
  return Buffer.concat(chunks);
}
