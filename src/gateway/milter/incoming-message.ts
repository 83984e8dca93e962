import { MilterFault } from './fault.ts';
import type { MilterLimits } from './limits.ts';
import type { Room } from './room.ts';

/** Why a message is not kept any more, though the MTA still sends it. */
export type Overflow = 'message' | 'fields' | 'room';

const [LF, BLANK, TAB] = [10, 32, 9];
const CRLF = Buffer.from('\r\n');
const COLON = Buffer.from(':');
const BLOCK = 65_536;

/**
 * A message while the MTA tells it: the envelope, then the bytes as the MTA got them. Where it grows over a limit, what
 * was kept is let go and the rest passes by; the answer at its end says so.
 */
export class IncomingMessage {
  readonly mailFrom: string;
  readonly recipients: string[] = [];
  /** Of {@link recipients}, which all have the same. */
  recipientClass: string | undefined;
  overflow: Overflow | undefined;

  readonly #limits: MilterLimits;
  readonly #room: Room;
  #blocks: Buffer[] = [];
  /** Bytes of the last block that are used. */
  #used = BLOCK;
  #size = 0;
  #fields = 0;

  constructor(mailFrom: string, limits: MilterLimits, room: Room) {
    this.mailFrom = mailFrom;
    this.#limits = limits;
    this.#room = room;
  }

  /**
   * Adds a header field: name, colon, and the value with its folds as they are, but each LF as CRLF.
   *
   * @throws MilterFault for a value or name that would be read as something else: no MTA sends that
   */
  addField(name: Buffer, value: Buffer): void {
    if (name.includes(COLON) || name.includes(LF)) throw new MilterFault('a header field whose name is none');
    this.#fields++;
    if (this.#fields > this.#limits.headerFields) this.#overflows('fields');
    this.#add(name);
    this.#add(COLON);
    for (let at = 0; at <= value.length; ) {
      const end = value.indexOf(LF, at);
      this.#add(value.subarray(at, end < 0 ? value.length : end));
      this.#add(CRLF);
      if (end < 0) return;
      const next = value[end + 1];
      if (next !== BLANK && next !== TAB) throw new MilterFault('a header field with a line that is not folded');
      at = end + 1;
    }
  }

  endHeader(): void {
    this.#add(CRLF);
  }

  addBody(bytes: Buffer): void {
    this.#add(bytes);
  }

  /** The message, now that all of it came: nothing can be added any more. */
  bytes(): Buffer {
    const whole = Buffer.concat(this.#blocks, this.#size);
    this.#blocks = [whole];
    return whole;
  }

  /** Gives back the room that the message took; it cannot be read any more. */
  release(): void {
    this.#room.giveBack(this.#size);
    this.#blocks = [];
    this.#size = 0;
    this.#used = BLOCK;
  }

  #add(bytes: Buffer): void {
    if (this.overflow === undefined && this.#size + bytes.length > this.#limits.messageBytes)
      this.#overflows('message');
    if (this.overflow === undefined && !this.#room.take(bytes.length)) this.#overflows('room');
    if (this.overflow !== undefined) return;
    this.#size += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      if (this.#used === BLOCK) {
        this.#blocks.push(Buffer.allocUnsafe(BLOCK));
        this.#used = 0;
      }
      const copied = bytes.copy(this.#blocks.at(-1)!, this.#used, at);
      this.#used += copied;
      at += copied;
    }
  }

  #overflows(why: Overflow): void {
    this.overflow ??= why;
    this.release();
  }
}
