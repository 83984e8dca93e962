import { randomBytes } from 'node:crypto';
import type { JudgedMessage } from '../../../ingest/index.ts';

/** A file that a visitor opened: judged, and kept in memory for as long as he looks at it. */
export interface OpenedMessage {
  readonly id: string;
  readonly judged: JudgedMessage;
  /** What a person should know about how it was judged: no DNS, no trusted receiver. */
  readonly notes: readonly string[];
}

interface Entry {
  readonly opened: OpenedMessage;
  readonly owner: string;
  readonly until: number;
}

/** How long a message stays after it was opened, how many there are at once, and their bytes. */
const LIMITS = { milliseconds: 60 * 60_000, messages: 20, bytes: 256 << 20 } as const;

const PREFIX = 'opened-';

/** True for an id that {@link OpenedMessages} gave: no message of the store has it. */
export const isOpened = (id: string): boolean => id.startsWith(PREFIX);

/** Messages that were opened from files, for the visitors that opened them. The oldest go when there are too many. */
export class OpenedMessages {
  readonly #entries = new Map<string, Entry>();

  /** @param now milliseconds since 1970 @returns the message under an id that nobody can guess */
  add(judged: JudgedMessage, notes: readonly string[], owner: string, now: number): OpenedMessage {
    const id = `${PREFIX}${randomBytes(18).toString('base64url')}`;
    const opened = { id, judged, notes };
    this.#sweep(now);
    this.#entries.set(id, { opened, owner, until: now + LIMITS.milliseconds });
    while (this.#entries.size > LIMITS.messages || (this.#entries.size > 1 && this.#bytes() > LIMITS.bytes)) {
      const [oldest] = this.#entries.keys();
      this.#entries.delete(oldest!);
    }
    return opened;
  }

  /** What the owner opened under an id; undefined for anybody else, and after an hour. */
  get(id: string, owner: string, now: number): OpenedMessage | undefined {
    this.#sweep(now);
    const entry = this.#entries.get(id);
    return entry?.owner === owner ? entry.opened : undefined;
  }

  #sweep(now: number): void {
    for (const [id, { until }] of this.#entries) if (until <= now) this.#entries.delete(id);
  }

  #bytes(): number {
    let sum = 0;
    for (const { opened } of this.#entries.values()) sum += opened.judged.message.bytes.length;
    return sum;
  }
}
