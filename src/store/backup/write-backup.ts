import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MailhuntError } from '../../errors/index.ts';
import { ABOUT, type About, type BackedUpFile, MANIFEST, type Manifest } from './backup-format.ts';
import type { FrozenPart } from './frozen-store.ts';

/** What a backup says about itself. */
export interface BackupWords {
  readonly about: About;
  readonly counts: Omit<Manifest, 'files'>;
}

/**
 * A frozen store as a tar: `backup.json`, its files, and last `manifest.json` with the SHA-256 of each, so that what was cut
 * off is known. The stream is read once, at its reader's pace.
 */
export async function* backupTar(parts: readonly FrozenPart[], { about, counts }: BackupWords): AsyncGenerator<Buffer> {
  // Loaded when it is needed: a start has to be quick.
  const { pack } = await import('tar-stream');
  const tar = pack();
  const mtime = new Date(about.made);
  const put = async (name: string, size: number, bytes: AsyncIterable<Buffer>): Promise<void> => {
    const entry = tar.entry({ name, size, mode: 0o600, mtime }) as unknown as NodeJS.WritableStream;
    await pipeline(Readable.from(bytes), entry);
  };
  const putJson = async (name: string, value: object): Promise<void> => {
    const bytes = Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
    await put(name, bytes.length, oneBuffer(bytes));
  };
  const writing = (async () => {
    await putJson(ABOUT, about);
    const files: BackedUpFile[] = [];
    for (const { path, from, size } of parts) {
      const hash = createHash('sha256');
      await put(path, size, hashed(from, size, hash));
      files.push({ path, bytes: size, sha256: hash.digest('hex') });
    }
    await putJson(MANIFEST, { files, ...counts } satisfies Manifest);
    tar.finalize();
  })();
  writing.catch((error: Error) => tar.destroy(error));
  try {
    yield* tar as unknown as AsyncIterable<Buffer>;
    await writing;
  } finally {
    tar.destroy();
  }
}

async function* oneBuffer(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function* hashed(path: string, size: number, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  let read = 0;
  if (size > 0) {
    for await (const chunk of createReadStream(path, { end: size - 1, highWaterMark: 256 * 1024 })) {
      read += chunk.length;
      hash.update(chunk);
      yield chunk;
    }
  }
  if (read < size) throw new MailhuntError('STORE0012', { path, text: 'the file became shorter while it was read' });
}
