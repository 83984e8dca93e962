import { isAscii, isUtf8 } from 'node:buffer';
import type { Feed } from './feed.ts';

/** Decodes the blocks of one source, each of whole lines. */
export class BlockText {
  readonly #feed: Feed;
  /** A block may be looked at again; what stood before this byte has been reported. */
  #reported = 0;

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  /**
   * A block as text. Lines that are not valid UTF-8, or hold NUL, are set aside and blanks stand in their place, so that
   * lines and bytes can still be counted.
   */
  of(block: Buffer): string {
    const clean = this.cleaned(block);
    return clean.toString(isAscii(clean) ? 'latin1' : 'utf8');
  }

  /** The same as bytes. */
  cleaned(block: Buffer): Buffer {
    if (isUtf8(block) && !block.includes(0)) return block;
    const clean = Buffer.from(block);
    let line = this.#feed.line;
    for (let from = 0; from < clean.length; line++) {
      const end = clean.indexOf(10, from);
      const until = end < 0 ? clean.length : end;
      const bytes = clean.subarray(from, until);
      const reason = bytes.includes(0) ? 'a NUL byte' : isUtf8(bytes) ? undefined : 'not valid UTF-8';
      if (reason !== undefined) {
        const place = this.#feed.offset + until;
        if (place > this.#reported) this.#feed.reject(line, reason, block.subarray(from, until + 1));
        this.#reported = Math.max(this.#reported, place);
        bytes.fill(32);
      }
      from = until + 1;
    }
    return clean;
  }
}

/** The whole lines of a block, all of it where nothing follows. */
export const wholeLines = (block: Buffer, last: boolean): Buffer =>
  last ? block : block.subarray(0, block.lastIndexOf(10) + 1);
