import { damageOf, nextHead, PACK_HEAD, type RecordHead, readHead } from './record.ts';

/** A record of a pack, found by reading the pack from its start. */
export interface Found extends RecordHead {
  readonly offset: number;
}

/** What a pack holds. */
export interface Scan {
  readonly found: readonly Found[];
  /** Where the last record ends; what follows was never acknowledged. */
  readonly end: number;
  readonly damage: readonly { readonly offset: number; readonly text: string }[];
}

/**
 * Reads a whole pack, record by record. Bytes at its end that are no whole record are a torn write: the process was
 * killed before it had told anybody that they are safe. A record with a whole head and other bytes than were written is
 * listed all the same, so that whoever asks for it is told; where a head is damaged the next whole one is looked for.
 */
export function scanPack(pack: Buffer, salt: number): Scan {
  const found: Found[] = [];
  const damage: { offset: number; text: string }[] = [];
  let offset = PACK_HEAD;
  while (offset < pack.length) {
    const head = readHead(pack, offset, salt);
    if (head === undefined) {
      const next = nextHead(pack, offset + 1, salt);
      if (next < 0) break;
      damage.push({ offset, text: 'no message begins here' });
      offset = next;
      continue;
    }
    const text = damageOf(pack, offset, head);
    if (text !== undefined) {
      const next = nextHead(pack, offset + 1, salt);
      if (next < 0) break;
      damage.push({ offset, text });
      found.push({ ...head, offset });
      offset = Math.min(next, offset + head.size);
      continue;
    }
    found.push({ ...head, offset });
    offset += head.size;
  }
  return { found, end: Math.min(offset, pack.length), damage };
}
