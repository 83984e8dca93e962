import { readFile } from 'node:fs/promises';
import { MailhuntError } from '../errors/index.ts';
import type { Call } from './command.ts';
import type { Source } from './error-text.ts';

/** The query that a call names: `-e KQL`, a file, or `-` for standard input. */
export async function queryText({ values, positionals, stdin }: Call, command: string): Promise<Source> {
  const [file] = positionals;
  if (typeof values.e === 'string') {
    if (file !== undefined) throw new MailhuntError('CLI0001', { text: 'give a file or -e, not both', command });
    return { name: '-e', text: values.e };
  }
  if (file === undefined) throw new MailhuntError('CLI0001', { text: 'give a query: a file, - or -e KQL', command });
  return { name: file, text: withoutMark(file === '-' ? await readAll(stdin) : await readNamed(file, command)) };
}

const withoutMark = (text: string): string => text.replace(/^\ufeff/, '');

async function readNamed(file: string, command: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new MailhuntError('CLI0001', { text: `cannot read ${file}: ${(error as Error).message}`, command });
  }
}

async function readAll(stream: AsyncIterable<Buffer | string>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}
