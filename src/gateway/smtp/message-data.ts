/** What ends a message (RFC 5321 section 4.1.1.4), and nothing else does. */
const END = Buffer.from('\r\n.\r\n');
/** Of the end: the dot and its CRLF are no part of the message. */
const DOT_LINE = 3;

/**
 * Takes in what follows DATA, in pieces of any size, to the line that is one dot. The same whatever the pieces.
 *
 * @example const data = new MessageData(); data.feed(Buffer.from('a\r\n.\r\nQUIT\r\n')) // 'QUIT\r\n'; data.bytes(): 'a\r\n'
 */
export class MessageData {
  #chunks: Buffer[] = [];
  #kept = 0;
  #isKept = true;
  /** The last bytes that came. The line before the first one ended, too: that of the command. */
  #tail: Buffer = Buffer.from('\r\n');
  /** Octets that have come, those of the end included. */
  size = 0;
  #hasEnded = false;

  /** @returns the bytes behind the end; undefined while it has not come */
  feed(chunk: Buffer): Buffer | undefined {
    const end = this.#endIn(chunk);
    const part = end === undefined ? chunk : chunk.subarray(0, end);
    this.size += part.length;
    this.#hasEnded = end !== undefined;
    if (this.#isKept) this.#chunks.push(part);
    this.#kept += this.#isKept ? part.length : 0;
    const last = END.length - 1;
    this.#tail = part.length >= last ? part.subarray(-last) : Buffer.concat([this.#tail, part]).subarray(-last);
    return end === undefined ? undefined : chunk.subarray(end);
  }

  /** Octets of the message, as far as it has come (RFC 1870 section 3). */
  get length(): number {
    return this.#hasEnded ? this.size - DOT_LINE : this.size;
  }

  /** Keeps nothing of what came and will come: it is too much. The end is still found. */
  discard(): void {
    this.#chunks = [];
    this.#kept = 0;
    this.#isKept = false;
  }

  /** All that came, while the end has not come: to see what is wrong with it. */
  partial(): Buffer {
    return Buffer.concat(this.#chunks, this.#kept);
  }

  /** The message once its end has come, its dots still stuffed. */
  bytes(): Buffer {
    return this.partial().subarray(0, Math.max(0, this.#kept - DOT_LINE));
  }

  /** Where in a chunk the bytes behind the end begin. */
  #endIn(chunk: Buffer): number | undefined {
    const seam = Buffer.concat([this.#tail, chunk.subarray(0, END.length - 1)]);
    const over = seam.indexOf(END);
    if (over >= 0) return over + END.length - this.#tail.length;
    const inside = chunk.indexOf(END);
    return inside >= 0 ? inside + END.length : undefined;
  }
}
