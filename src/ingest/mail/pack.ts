import { createHash } from 'node:crypto';
import type { FoundMessage } from './found-message.ts';

/** Messages of a pack at most, and bytes. */
const MESSAGES = 512;
const BYTES = 64 << 20;

/** Single-message files that come in together. */
export interface Pack {
  /** Names its content: the same files in another folder are the same pack. */
  readonly id: string;
  readonly messages: readonly FoundMessage[];
}

/**
 * Groups messages that are a file each. Where a pack ends follows from the messages in it, so that a message more or less
 * in a folder of many changes one pack and leaves the others known. Positions count the messages of a pack.
 *
 * @param messages in an order that stays, such as that of their names
 */
export async function* packsOf(messages: AsyncIterable<FoundMessage>): AsyncGenerator<Pack> {
  let hash = createHash('sha256');
  let pack: FoundMessage[] = [];
  let bytes = 0;
  for await (const message of messages) {
    const own = createHash('sha256').update(message.bytes).digest();
    hash.update(own);
    pack.push({ ...message, position: pack.length + 1 });
    bytes += message.bytes.length;
    if (own[0] !== 0 && pack.length < MESSAGES && bytes < BYTES) continue;
    yield { id: hash.digest('base64url'), messages: pack };
    hash = createHash('sha256');
    pack = [];
    bytes = 0;
  }
  if (pack.length > 0) yield { id: hash.digest('base64url'), messages: pack };
}
