import { MailhuntError } from '../../errors/index.ts';
import { PackBox } from '../../store/index.ts';
import type { Kept } from './held-entry.ts';
import { type Particulars, particularsBytes, readParticulars } from './particulars.ts';

/** A message that leaves costs its file's rewriting. */
const PACK = 16 << 20;

/** What can be read of a message, which may be damaged in part. */
export interface Readable {
  readonly bytes?: Buffer;
  readonly particulars?: Particulars;
  /** Why not all of it can be. */
  readonly failure?: Error;
}

/** What a quarantine keeps of its messages: their bytes, and what is known of them beside. */
export class HeldContents {
  readonly #box: PackBox;

  /** @param now milliseconds since 1970 */
  constructor(folder: string, now: () => number) {
    this.#box = new PackBox(folder, { now, packBytes: PACK });
  }

  /** Keeps a message, durably; returns the bytes that it takes before they are compressed. */
  async keep({ id, told, kept: { bytes }, ...entry }: Kept): Promise<number> {
    const beside = particularsBytes(told, entry);
    await this.#box.keep([
      { id, bytes },
      { id: particularsId(id), bytes: beside },
    ]);
    return bytes.length + beside.length;
  }

  /**
   * A message as it came.
   *
   * @throws MailhuntError GATE0040 where it is not whole, or not there
   */
  bytes(id: string): Promise<Buffer> {
    return this.#read(id, id);
  }

  /**
   * What is known of it.
   *
   * @throws MailhuntError GATE0040 where that is not whole, or not there
   */
  async particulars(id: string): Promise<Particulars> {
    const bytes = await this.#read(id, particularsId(id));
    try {
      return readParticulars(bytes);
    } catch (error) {
      throw damaged(id, error);
    }
  }

  /** As much of a message as can be read. Does not throw. */
  async readable(id: string): Promise<Readable> {
    const [bytes, particulars] = await Promise.allSettled([this.bytes(id), this.particulars(id)]);
    const failed = [bytes, particulars].find((part) => part.status === 'rejected');
    return {
      ...(bytes.status === 'fulfilled' && { bytes: bytes.value }),
      ...(particulars.status === 'fulfilled' && { particulars: particulars.value }),
      ...(failed && { failure: failed.reason as Error }),
    };
  }

  /** Removes all of some messages for good. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.#box.remove(ids.flatMap((id) => [id, particularsId(id)]));
  }

  /** Waits for what is under way. */
  close(): Promise<void> {
    return this.#box.close();
  }

  async #read(id: string, name: string): Promise<Buffer> {
    const bytes = await this.#box.read(name).catch((error: unknown) => {
      throw error instanceof MailhuntError && error.code === 'STORE0010' ? damaged(id, error) : error;
    });
    if (bytes === undefined) throw damaged(id, new Error('it is not on the disk any more'));
    return bytes;
  }
}

/** Where what is known of a message stands in the box of messages. */
const particularsId = (id: string): string => `${id}.json`;

/** What cannot be read now cannot be read later either. */
export const damaged = (id: string, cause: unknown): MailhuntError<'GATE0040'> =>
  new MailhuntError('GATE0040', { id, text: (cause as Error).message }, { cause });
