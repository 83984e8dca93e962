import type { MemoryHold } from '../memory.ts';
import { type Answer, answer, answers } from './answer.ts';
import { unstuffed } from './dots.ts';
import type { Incoming } from './incoming.ts';
import type { SmtpLimits, SmtpTimeouts } from './limits.ts';
import { type Impurity, impurityOf, normalised } from './line-ends.ts';
import { MessageData } from './message-data.ts';

/** A message, or why it is none. */
export type Taken =
  | { readonly kind: 'message'; readonly bytes: Buffer }
  /** `isOver`: the connection must end with this answer. `head`: the beginning of what came, as far as it was kept. */
  | { readonly kind: 'refused'; readonly answer: Answer; readonly isOver: boolean; readonly head: Buffer }
  | { readonly kind: 'gone' };

export interface TakeOptions {
  readonly limits: SmtpLimits;
  readonly timeouts: SmtpTimeouts;
  readonly memory: MemoryHold;
  /** Line ends of other kinds are mended and not refused. */
  readonly normalise: boolean;
}

/** Octets of a refused message that are shown to who asks what it was: its header, as a rule. */
const HEAD = 64 * 1024;

/** Octets beyond the limit that are read to the end, for the sake of an orderly answer. */
const PATIENCE = 16 * 1024 * 1024;

const impure: Readonly<Record<Impurity, { readonly answer: Answer; readonly isOver: boolean }>> = {
  // Whoever sends these may mean them as the end of the message: what follows must not be read as commands.
  'bare LF': { answer: answer(550, '5.6.11', 'The message holds an LF without CR'), isOver: true },
  'bare CR': { answer: answer(550, '5.6.11', 'The message holds a CR without LF'), isOver: true },
  NUL: { answer: answer(550, '5.6.11', 'The message holds a NUL'), isOver: false },
  'long line': { answer: answer(550, '5.6.0', 'The message holds a line that is too long'), isOver: false },
};

const startsWithBlank = answer(550, '5.6.0', 'The message begins with a blank, and with no header field');
const [TAB, SPACE] = [0x09, 0x20];

/** Reads what follows DATA, and refuses what cannot be passed on without doubt about where it ends. */
export function takeMessage(incoming: Incoming, options: TakeOptions): Promise<Taken> {
  return new Taking(incoming, options).run();
}

class Taking {
  readonly #incoming: Incoming;
  readonly #options: TakeOptions;
  readonly #data = new MessageData();
  readonly #start = performance.now();
  #last = this.#start;
  /** Known before the end has come; the rest is read and thrown away. */
  #wrong: Answer | undefined;

  constructor(incoming: Incoming, options: TakeOptions) {
    this.#incoming = incoming;
    this.#options = options;
  }

  async run(): Promise<Taken> {
    for (;;) {
      const chunk = this.#incoming.take();
      if (chunk.length > 0) this.#last = performance.now();
      const rest = this.#data.feed(chunk);
      this.#measure(this.#data.length);
      if (rest !== undefined) {
        this.#incoming.unread(rest);
        return this.#whole();
      }
      const late = this.#late();
      if (late !== undefined) return this.#refused({ answer: late, isOver: true });
      if ((await this.#incoming.more(this.#patience())) === 'end') return { kind: 'gone' };
    }
  }

  #measure(octets: number): void {
    if (this.#wrong !== undefined) return;
    if (octets > this.#options.limits.message) this.#discard(answers.tooLarge);
    else if (!this.#options.memory.grow(octets)) this.#discard(answers.noMemory);
  }

  #discard(why: Answer): void {
    this.#wrong = why;
    this.#data.discard();
    this.#options.memory.release();
  }

  #whole(): Taken {
    if (this.#wrong === undefined && !this.#options.memory.growToBeJudged()) this.#discard(answers.noMemory);
    if (this.#wrong !== undefined) return this.#refused({ answer: this.#wrong, isOver: false });
    const { normalise, limits } = this.#options;
    const bytes = this.#data.bytes();
    const found = impurityOf(bytes, limits.textLine);
    if (found === undefined) return this.#taken(bytes);
    if (!normalise || !found.startsWith('bare')) return this.#refused(impure[found]);
    const mended = normalised(bytes);
    const left = impurityOf(mended, limits.textLine);
    return left === undefined ? this.#taken(mended) : this.#refused(impure[left]);
  }

  #taken(stuffed: Buffer): Taken {
    const bytes = unstuffed(stuffed);
    // It would continue the last of the fields that are put on top.
    const isContinuation = bytes[0] === SPACE || bytes[0] === TAB;
    return isContinuation ? this.#refused({ answer: startsWithBlank, isOver: false }) : { kind: 'message', bytes };
  }

  #refused(how: { readonly answer: Answer; readonly isOver: boolean }): Taken {
    return { kind: 'refused', ...how, head: this.#data.partial().subarray(0, HEAD) };
  }

  /** The answer to a client that takes too long, or sends without end. */
  #late(): Answer | undefined {
    const { limits, timeouts } = this.#options;
    const now = performance.now();
    const [elapsed, idle] = [now - this.#start, now - this.#last];
    if (this.#data.size > limits.message + PATIENCE) return this.#wrong;
    if (idle >= timeouts.refused && this.#refusal() !== undefined) return this.#refusal();
    if (elapsed >= timeouts.message || idle >= timeouts.command) return answers.idle;
    const isSlow = elapsed >= timeouts.dataRate && (this.#data.size * 1000) / elapsed < limits.dataRate;
    return isSlow ? answer(421, '4.4.2', 'The message comes too slowly') : undefined;
  }

  /** What is wrong with a message that stopped half-way: its sender may hold another line end for the end. */
  #refusal(): Answer | undefined {
    if (this.#wrong !== undefined) return this.#wrong;
    // A CR whose LF is still to come is no bare one.
    const bytes = this.#data.partial();
    const found = impurityOf(bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes);
    return found === undefined ? undefined : impure[found].answer;
  }

  #patience(): number {
    const { command, refused, dataRate, message } = this.#options.timeouts;
    return Math.min(command, refused, dataRate, message);
  }
}
