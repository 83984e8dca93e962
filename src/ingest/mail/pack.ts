import { createHash, hash as hashOf } from 'node:crypto';
import { untilError } from '../identity.ts';
import type { FoundMessage } from './found-message.ts';

/** Messages of a pack at most, and bytes. */
const MESSAGES = 1024;
const BYTES = 32 << 20;

/** Messages that come in together. */
export interface Pack {
  /** Names its content: the same files in another folder are the same pack. */
  readonly id: string;
  readonly messages: readonly FoundMessage[];
  readonly bytes: number;
}

/**
 * Groups messages in an order that stays: those of an mbox, or the files of a folder by name. Where a pack ends follows
 * from the messages in it, so that a message more or less among many changes one pack and leaves the others known,
 * whatever they are read from. Positions count the messages of a pack. A source that fails ends with a pack, too.
 */
export async function* packsOf(messages: AsyncIterable<FoundMessage>): AsyncGenerator<Pack> {
  let hash = createHash('sha256');
  let pack: FoundMessage[] = [];
  let bytes = 0;
  let failed: { readonly cause: unknown } | undefined;
  const read = untilError(messages, (cause) => {
    failed = { cause };
  });
  for await (const message of read) {
    const own = hashOf('sha256', message.bytes, 'buffer');
    hash.update(own);
    pack.push({ ...message, position: pack.length + 1 });
    bytes += message.bytes.length;
    if ((own.readUInt16LE() & 511) !== 0 && pack.length < MESSAGES && bytes < BYTES) continue;
    yield { id: hash.digest('base64url'), messages: pack, bytes };
    hash = createHash('sha256');
    pack = [];
    bytes = 0;
  }
  if (pack.length > 0) yield { id: hash.digest('base64url'), messages: pack, bytes };
  if (failed !== undefined) throw failed.cause;
}
