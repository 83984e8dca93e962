import { mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MailhuntError } from '../../errors/index.ts';
import { readPlainFile } from '../read/plain-file.ts';
import { changeKinds, type Feed } from './feed.ts';

/** Bytes of a feed: some hundred thousand rules. */
const MOST_BYTES = 512 * 1024 * 1024;

/**
 * The feed in a file; undefined where there is none yet.
 *
 * @throws MailhuntError RULE0010 where there is something else
 */
export async function readFeed(file: string): Promise<Feed | undefined> {
  const fail = (text: string, cause?: unknown) =>
    new MailhuntError('RULE0010', { file, done: 'read', text }, { cause });
  let bytes: Buffer | undefined;
  try {
    bytes = (await readPlainFile(file, MOST_BYTES)).bytes;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fail((error as Error).message, error);
  }
  if (bytes === undefined) throw fail(`it is larger than ${MOST_BYTES} bytes`);
  let feed: unknown;
  try {
    feed = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw fail('it is not whole', error);
  }
  if (!isFeed(feed)) throw fail('it is not what an import of this mailhunt wrote');
  return feed;
}

function isFeed(value: unknown): value is Feed {
  if (!hasTexts(value, ['name', 'importedAt'])) return false;
  const { version, rules, history } = value as Partial<Record<keyof Feed, unknown>>;
  return (
    version === 1 &&
    Array.isArray(rules) &&
    rules.every((rule) => hasTexts(rule, ['path', 'name', 'query', 'hash', 'firstSeen', 'lastChanged'])) &&
    Array.isArray(history) &&
    history.every(isPastChange)
  );
}

const isPastChange = (change: unknown): boolean =>
  hasTexts(change, ['kind', 'path', 'name', 'at', 'guid'], ['before', 'diff', 'commit']) &&
  changeKinds.includes((change as { kind: (typeof changeKinds)[number] }).kind);

/** Whether a value is an object with these members, all of them texts. */
function hasTexts(value: unknown, needed: readonly string[], possible: readonly string[] = []): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const members = value as Readonly<Record<string, unknown>>;
  const isText = (name: string): boolean => typeof members[name] === 'string';
  return needed.every(isText) && possible.every((name) => members[name] === undefined || isText(name));
}

/**
 * Writes a text to a file, whole or not at all: beside it first, on disk, then in its place. A link stays and what it
 * points to is written; a device or a pipe takes the text as it comes.
 *
 * @throws MailhuntError RULE0010; what was there before is then still there
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const beside = `${target}.${process.pid}.new`;
  try {
    const known = await stat(target).catch(() => undefined);
    if (known !== undefined && !known.isFile() && !known.isDirectory()) return await writeFile(target, text);
    await mkdir(dirname(target), { recursive: true });
    await using handle = await open(beside, 'w');
    await handle.writeFile(text);
    await handle.sync();
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    const facts = { file, done: 'written', text: (error as Error).message };
    throw new MailhuntError('RULE0010', facts, { cause: error });
  }
}
