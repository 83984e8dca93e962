import { seemsOwn } from '../edits/index.ts';
import type { MemoryHold } from '../memory.ts';
import { MilterFault } from './fault.ts';
import type { MilterLimits } from './limits.ts';

/**
 * Why a message is not kept any more, though the MTA still sends it. `message`: its header is whole, and still there;
 * `header`: it was too large before its body came.
 */
export type Overflow = 'message' | 'header' | 'fields' | 'room';

/** What in a header some reader would take for another field, and no edit could take out. */
export type Impurity = 'bare CR' | 'disguised name';

const [LF, BLANK, TAB] = [10, 32, 9];
const CRLF = Buffer.from('\r\n');
const COLON = Buffer.from(':');
const BLOCK = 65_536;
const NAME = /^[!-9;-~]+$/;

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
  impurity: Impurity | undefined;

  readonly #limits: MilterLimits;
  readonly #newHold: () => MemoryHold;
  #hold: MemoryHold;
  #blocks: Buffer[] = [];
  /** Bytes of the last block that are used. */
  #used = BLOCK;
  #size = 0;
  #fields = 0;
  /** Bytes of the header with its empty line; undefined while it comes. */
  #header: number | undefined;

  /** @param newHold of the client's memory: it is let go, and begun anew, where the message grows over a limit */
  constructor(mailFrom: string, limits: MilterLimits, newHold: () => MemoryHold) {
    this.mailFrom = mailFrom;
    this.#limits = limits;
    this.#newHold = newHold;
    this.#hold = newHold();
  }

  /** Of {@link bytes}. */
  get memory(): MemoryHold {
    return this.#hold;
  }

  /**
   * Adds a header field: name, colon, and the value with its folds as they are, but each LF as CRLF.
   *
   * @throws MilterFault for a value or name that would be read as something else: no MTA sends that
   */
  addField(name: Buffer, value: Buffer): void {
    if (name.includes(COLON) || name.includes(LF)) throw new MilterFault('a header field whose name is none');
    this.impurity ??= impurityOf(name.toString('latin1'), value.toString('latin1'));
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
    this.#header = this.#size;
  }

  addBody(bytes: Buffer): void {
    this.#add(bytes);
  }

  /** All of it came: from now on it takes what judging it will. */
  end(): void {
    if (this.overflow === undefined && !this.#hold.growToBeJudged()) this.#overflows('room');
  }

  /** The message, now that all of it came, or the header of one that grew over a limit: nothing can be added any more. */
  bytes(): Buffer {
    const whole = Buffer.concat(this.#blocks, this.#size);
    this.#blocks = [whole];
    return whole;
  }

  /** Lets go of the message; it cannot be read any more. */
  release(): void {
    this.#hold.release();
    this.#blocks = [];
    this.#size = 0;
    this.#used = BLOCK;
  }

  #add(bytes: Buffer): void {
    if (this.overflow === undefined && this.#size + bytes.length > this.#limits.messageBytes)
      this.#overflows(this.#header === undefined ? 'header' : 'message');
    if (this.overflow === undefined && !this.#hold.grow(this.#size + bytes.length)) this.#overflows('room');
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

  /** What is let go of is the body, where the header is whole: forged stamps can be found in that. */
  #overflows(why: Overflow): void {
    const header = why === 'message' ? Buffer.from(this.bytes().subarray(0, this.#header)) : Buffer.alloc(0);
    this.overflow ??= why;
    this.release();
    this.#hold = this.#newHold();
    if (!this.#hold.grow(header.length)) this.overflow = 'room';
    else if (header.length > 0) [this.#blocks, this.#size] = [[header], header.length];
  }
}

/** A CR at the end of a line is no more than a blank there, whoever reads it. */
function impurityOf(name: string, value: string): Impurity | undefined {
  if (name.includes('\r') || /\r(?!\n|$)/.test(value)) return 'bare CR';
  return !NAME.test(name) && seemsOwn(`${name}:`) ? 'disguised name' : undefined;
}
