import { createHash } from 'node:crypto';
import { MailhuntError } from '../../errors/index.ts';
import {
  ABOUT,
  type About,
  type BackedUpFile,
  type BackupReport,
  type Entry,
  MANIFEST,
  type Manifest,
} from './backup-format.ts';
import { aboutOf, isSafePath, manifestOf, WORDS_LIMIT } from './manifest-of.ts';

/** What takes the entries of a backup. */
export interface Sink {
  /** `backup.json` or `manifest.json`. */
  words(path: string, bytes: Buffer): Promise<void>;
  /** A file; its path stays within the folder that it is put into. */
  file(path: string, bytes: AsyncIterable<Buffer>): Promise<void>;
}

const nowhere: Sink = {
  words: async () => {},
  file: async (_, bytes) => {
    for await (const _part of bytes);
  },
};

/** Reads a backup to its end and looks whether it is whole. Throws STORE0012, STORE0013. */
export const checkBackup = (entries: AsyncIterable<Entry>, source: string): Promise<BackupReport> =>
  receiveBackup(entries, source, nowhere);

/**
 * Hands the entries of a backup on and resolves once each file has been there with the checksum that the manifest says, and
 * nothing else. What the sink got before an error is worth nothing.
 *
 * @param source the name of the backup in errors
 */
export async function receiveBackup(entries: AsyncIterable<Entry>, source: string, sink: Sink): Promise<BackupReport> {
  const refuse = (text: string): never => {
    throw new MailhuntError('STORE0012', { path: source, text });
  };
  let about: About | undefined;
  let manifest: Manifest | undefined;
  const files = new Map<string, BackedUpFile>();
  for await (const { path, bytes } of entries) {
    if (!isSafePath(path) || files.has(path)) refuse(`it holds ${JSON.stringify(path.slice(0, 200))}`);
    if (about === undefined && path !== ABOUT) refuse(`it does not begin with ${ABOUT}: this is no backup`);
    if (manifest !== undefined) refuse(`it goes on behind its ${MANIFEST}`);
    if (path === ABOUT || path === MANIFEST) {
      const words = await wordsOf(bytes, () => refuse(`its ${path} is too large`));
      if (path === ABOUT) about = aboutOf(words, source);
      else manifest = manifestOf(words, source);
      await sink.words(path, words);
    } else files.set(path, await taken(path, bytes, sink));
  }
  if (about === undefined) return refuse('it is empty');
  if (manifest === undefined) return refuse(`it ends before its ${MANIFEST}: it was cut off`);
  const difference = differenceFrom(manifest, files);
  if (difference !== undefined) refuse(difference);
  return { about, ...manifest };
}

/** In what the files differ from what the manifest says. */
function differenceFrom(manifest: Manifest, files: ReadonlyMap<string, BackedUpFile>): string | undefined {
  const left = new Map(files);
  for (const { path, bytes, sha256 } of manifest.files) {
    const found = left.get(path);
    if (found === undefined) return `${path} is missing`;
    if (found.bytes !== bytes || found.sha256 !== sha256) return `${path} does not have its checksum`;
    left.delete(path);
  }
  const [more] = left.keys();
  return more === undefined ? undefined : `it holds ${JSON.stringify(more)}, which its ${MANIFEST} does not name`;
}

async function wordsOf(bytes: AsyncIterable<Buffer>, tooLarge: () => never): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of bytes) {
    size += part.length;
    if (size > WORDS_LIMIT) tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function taken(path: string, bytes: AsyncIterable<Buffer>, sink: Sink): Promise<BackedUpFile> {
  const hash = createHash('sha256');
  let size = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of bytes) {
      size += chunk.length;
      hash.update(chunk);
      yield chunk;
    }
  };
  await sink.file(path, counted());
  return { path, bytes: size, sha256: hash.digest('hex') };
}
