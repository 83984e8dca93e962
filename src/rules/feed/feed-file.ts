import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MailhuntError } from '../../errors/index.ts';
import type { Feed } from './feed.ts';

/**
 * The feed in a file; undefined where there is none yet.
 *
 * @throws MailhuntError RULE0010 where there is something else
 */
export async function readFeed(file: string): Promise<Feed | undefined> {
  const fail = (text: string, cause?: unknown) =>
    new MailhuntError('RULE0010', { file, done: 'read', text }, { cause });
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fail((error as Error).message, error);
  }
  let feed: unknown;
  try {
    feed = JSON.parse(text);
  } catch (error) {
    throw fail('it is not whole', error);
  }
  if (!isFeed(feed)) throw fail('it is not what an import of this mailhunt wrote');
  return feed;
}

function isFeed(value: unknown): value is Feed {
  if (typeof value !== 'object' || value === null) return false;
  const { version, rules, history } = value as Partial<Record<keyof Feed, unknown>>;
  return version === 1 && Array.isArray(rules) && rules.every(isRule) && Array.isArray(history);
}

const isRule = (rule: unknown): boolean =>
  typeof rule === 'object' &&
  rule !== null &&
  ['path', 'name', 'query', 'hash'].every((field) => typeof (rule as Record<string, unknown>)[field] === 'string');

/**
 * Writes a text to a file, whole or not at all: beside it first, on disk, then in its place.
 *
 * @throws MailhuntError RULE0010; what was there before is then still there
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await using handle = await open(beside, 'w');
    await handle.writeFile(text);
    await handle.sync();
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    const facts = { file, done: 'written', text: (error as Error).message };
    throw new MailhuntError('RULE0010', facts, { cause: error });
  }
}
