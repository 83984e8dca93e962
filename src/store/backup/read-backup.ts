import { createReadStream } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import type { Header } from 'tar-stream';
import { MailhuntError } from '../../errors/index.ts';
import { ABOUT, type Entry, MANIFEST } from './backup-format.ts';
import { isSafePath, manifestOf } from './manifest-of.ts';

/** The entries of a backup, a tar or a folder, in order: `backup.json` first, `manifest.json` last. */
export async function* backupEntries(path: string): AsyncGenerator<Entry> {
  const about = await lstat(path).catch((cause: Error) => {
    throw new MailhuntError('STORE0012', { path, text: cause.message }, { cause });
  });
  if (about.isDirectory()) yield* folderEntries(path);
  else yield* tarEntries(createReadStream(path, { highWaterMark: 256 * 1024 }), path);
}

/** An entry as tar-stream gives it; its types speak of another kind of stream. */
interface TarEntry extends AsyncIterable<Buffer> {
  readonly header: Header;
  resume(): void;
}

/** The entries of a tar; `path` names it in errors. */
export async function* tarEntries(bytes: AsyncIterable<Buffer>, path: string): AsyncGenerator<Entry> {
  // Loaded when it is needed: a start has to be quick.
  const { extract } = await import('tar-stream');
  const tar = extract();
  const source = Readable.from(bytes);
  let failed: unknown;
  pipeline(source, tar as unknown as NodeJS.WritableStream, (error) => {
    failed ??= error ?? undefined;
  });
  try {
    for await (const entry of tar as unknown as AsyncIterable<TarEntry>) {
      const { name, type } = entry.header;
      if (type !== 'file') throw refused(path, `${JSON.stringify(name)} is no plain file`);
      yield { path: name, bytes: whole(entry, path) };
      entry.resume();
    }
  } catch (cause) {
    throw notWhole(failed ?? cause, path);
  } finally {
    source.destroy();
  }
}

/** The bytes of an entry; a tar may end within them. */
async function* whole(entry: TarEntry, path: string): AsyncGenerator<Buffer> {
  try {
    yield* entry;
  } catch (cause) {
    throw notWhole(cause, path);
  }
}

const notWhole = (cause: unknown, path: string): MailhuntError =>
  cause instanceof MailhuntError
    ? cause
    : refused(path, `it is not a whole tar: ${cause instanceof Error ? cause.message : String(cause)}`, cause);

/** A folder's files are those that its manifest names; others are not looked at. */
async function* folderEntries(folder: string): AsyncGenerator<Entry> {
  const manifest = manifestOf(await readFile(join(folder, MANIFEST)).catch(() => missing(folder)), folder);
  for (const path of [ABOUT, ...manifest.files.map((file) => file.path), MANIFEST]) {
    if (!isSafePath(path)) throw refused(folder, `it names ${JSON.stringify(path)}`);
    const stat = await lstat(join(folder, path)).catch(() => undefined);
    if (!stat?.isFile()) throw refused(folder, `${path} is missing or no plain file`);
    yield { path, bytes: createReadStream(join(folder, path), { highWaterMark: 256 * 1024 }) };
  }
}

const missing = (folder: string): never => {
  throw refused(folder, `it has no ${MANIFEST}: this is no backup, or it was cut off`);
};

const refused = (path: string, text: string, cause?: unknown): MailhuntError =>
  new MailhuntError('STORE0012', { path, text }, { cause });
