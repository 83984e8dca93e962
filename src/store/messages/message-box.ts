import type { MailhuntError } from '../../errors/index.ts';

/** A raw message under the id that its rows have. */
export interface KeptMessage {
  /** Its NetworkMessageId. Hostile text: it never becomes part of a path. */
  readonly id: string;
  /** As it came in, byte for byte. */
  readonly bytes: Uint8Array;
}

/** What became of messages that were to be kept. */
export interface Keeping {
  /** Messages that were written. */
  readonly kept: number;
  /** Messages that were there already, byte for byte. */
  readonly known: number;
}

/** What a message box holds. */
export interface BoxSize {
  /** Messages, those counted twice that came in twice with other bytes. */
  readonly messages: number;
  /** On disk, compressed. */
  readonly bytes: number;
}

/** A file of the box as a backup takes it: its first `bytes` bytes do not change any more. */
export interface FrozenFile {
  readonly name: string;
  readonly bytes: number;
}

/** The longest message that is kept, in bytes. */
export const KEPT_LIMIT = 96 * 1024 * 1024;

/** The longest id, in bytes of UTF-8. */
export const ID_LIMIT = 1024;

/** The raw messages of a store. One process holds it at a time. */
export interface MessageBox {
  /** Damage that was met so far (STORE0010); everything else can be read. */
  readonly problems: readonly MailhuntError[];
  /**
   * Keeps messages; they survive a kill once this resolves. The same bytes under the same id are stored once; other bytes
   * under an id take the place of those before. Throws STORE0003 where the disk is full, and STORE0011 for an id or a size
   * that is refused; then nothing is said to be kept, and the same call may be made again.
   *
   * @example await box.keep([{ id: networkMessageId, bytes }])
   */
  keep(messages: readonly KeptMessage[]): Promise<Keeping>;
  /** The bytes of a message, undefined where it was not kept. Throws STORE0010 where they are damaged. */
  read(id: string): Promise<Buffer | undefined>;
  /** Those of the ids that a message is kept for. */
  has(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Removes messages for good: their bytes are in no file of the box any more. Returns how many were there. */
  remove(ids: Iterable<string>): Promise<number>;
  /** Every message, in the order in which they came in; damaged ones are left out and told in `problems`. */
  all(): AsyncIterable<KeptMessage>;
  /** Ids of files whose messages were all kept before a time (milliseconds since 1970). */
  keptBefore(time: number): Promise<readonly string[]>;
  size(): Promise<BoxSize>;
  /** Puts the box's files, as they are now, into a folder of the same disk without copying them. */
  freezeInto(folder: string): Promise<readonly FrozenFile[]>;
}
