import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MailhuntError } from '../../errors/index.ts';
import { fieldNamed, readMessage, unfolded } from '../../mail/index.ts';
import type { Reply } from '../../policy/index.ts';
import { Journal, PackBox } from '../../store/index.ts';
import type { Entry, Journalling } from '../journal/index.ts';
import type { Held, Leaving, LedgerLine } from './ledger.ts';
import { postDeliveryRows } from './post-delivery.ts';

/** How a quarantine is opened. */
export interface QuarantineOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Where it is told what became of messages, for the store. */
  readonly journal: Journalling;
}

/** Brings a released message to the next hop, and gives its answer. */
export type HandOver = (held: Held, bytes: Buffer) => Promise<Reply>;

/** Lines of the ledger are short; a file of them is given up when all of its messages have left. */
const LEDGER_SEGMENT = 1 << 20;

/**
 * Messages that a policy keeps from their recipients: on the disk of the gate, whether the store is there or not. Each is
 * kept until it is released, removed, or its time is over. One process holds a folder at a time.
 */
export class Quarantine implements AsyncDisposable {
  /** What a person should know: a ledger that was damaged. */
  readonly notices: Error[] = [];
  readonly #options: QuarantineOptions;
  readonly #box: PackBox;
  readonly #ledger: Journal<LedgerLine>;
  /** Those that are here, the oldest first, each with the place of its line. */
  readonly #held = new Map<string, { readonly held: Held; readonly line: number }>();
  /** Those on their way in or out. */
  readonly #underWay = new Map<string, Promise<void>>();
  /** Those that have left since the ledger's first line: they do not come back when the journal is read again. */
  readonly #left = new Map<string, number>();

  private constructor(folder: string, options: QuarantineOptions) {
    this.#options = options;
    this.#box = new PackBox(join(folder, 'messages'), { now: options.now });
    this.#ledger = new Journal(join(folder, 'ledger'), { segmentBytes: LEDGER_SEGMENT });
  }

  /** Opens the quarantine in a folder, which is made where there is none. */
  static async open(folder: string, options: QuarantineOptions): Promise<Quarantine> {
    await mkdir(join(folder, 'ledger'), { recursive: true, mode: 0o700 });
    const opened = new Quarantine(folder, options);
    const { frames, damage, aside } = await opened.#ledger.recover(undefined);
    for (const { sequence, header } of frames) opened.#note(header, sequence);
    await opened.#ledger.setAside(aside);
    // A kill may have come between its line and its bytes.
    await opened.#box.remove(opened.#left.keys());
    if (damage !== undefined) opened.notices.push(damage);
    return opened;
  }

  /** Takes a message in, durably. The same one again changes nothing. */
  async take({ id, at, told, kept }: Entry): Promise<void> {
    if (told === undefined || kept === undefined) return;
    const { mailFrom, recipients, from, subject, policy, client, rule = '', until = at } = told;
    const internetMessageId = messageIdOf(kept.bytes);
    const size = kept.bytes.length;
    const held: Held = {
      id,
      at,
      until,
      mailFrom,
      recipients,
      from,
      subject,
      policy,
      client,
      rule,
      internetMessageId,
      size,
    };
    await this.#alone(id, async () => {
      if (this.#held.has(id) || this.#left.has(id)) return;
      await this.#box.keep([{ id, bytes: kept.bytes }]);
      await this.#write({ kind: 'held', held });
    });
  }

  /** The messages that are here, the newest first. */
  list(): readonly Held[] {
    return [...this.#held.values()].map(({ held }) => held).reverse();
  }

  /**
   * A message that is here, and its bytes.
   *
   * @throws MailhuntError GATE0011 where there is none
   */
  async read(id: string): Promise<{ readonly held: Held; readonly bytes: Buffer }> {
    const held = this.#held.get(id)?.held;
    const bytes = held && (await this.#box.read(id));
    if (held === undefined || bytes === undefined) throw new MailhuntError('GATE0011', { id });
    return { held, bytes };
  }

  /**
   * Gives a message to the next hop as it was when it came; where that takes it, it has left.
   *
   * @throws MailhuntError GATE0011 where there is none, GATE0012 where the next hop does not take it
   */
  async release(id: string, handOver: HandOver): Promise<void> {
    await this.#alone(id, async () => {
      const { held, bytes } = await this.read(id);
      const { code, enhanced, text } = await handOver(held, bytes);
      if (code >= 300) throw new MailhuntError('GATE0012', { id, text: `${code} ${enhanced} ${text}` });
      await this.#leave(held, 'released');
    });
  }

  /**
   * Removes a message for good.
   *
   * @throws MailhuntError GATE0011 where there is none
   */
  async remove(id: string): Promise<void> {
    await this.#alone(id, async () => {
      const { held } = await this.read(id);
      await this.#leave(held, 'removed');
    });
  }

  /** Removes the messages whose time is over; returns how many. */
  async purge(): Promise<number> {
    const now = this.#options.now();
    const over = this.list().filter(({ until }) => until <= now);
    for (const held of over) await this.#alone(held.id, () => this.#leave(held, 'expired'));
    return over.length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#underWay.values());
    await this.#box.close();
    await this.#ledger.close();
  }

  /** What becomes of one message happens in turn: it is released once. */
  #alone(id: string, work: () => Promise<void>): Promise<void> {
    const before = this.#underWay.get(id) ?? Promise.resolve();
    const turn = before.catch(() => {}).then(work);
    this.#underWay.set(id, turn);
    const end = (): void => {
      if (this.#underWay.get(id) === turn) this.#underWay.delete(id);
    };
    turn.then(end, end);
    return turn;
  }

  /** The ledger first: what it says has left is not given out again, whatever happens then. */
  async #leave(held: Held, how: Leaving): Promise<void> {
    if (!this.#held.has(held.id)) return;
    const { now, journal } = this.#options;
    await this.#write({ kind: how, id: held.id, at: now() });
    await this.#box.remove([held.id]);
    await this.#ledger.release(this.#firstNeeded() - 1);
    await journal.record({ id: held.id, at: now(), tables: [postDeliveryRows(held, how, now())] });
  }

  async #write(line: LedgerLine): Promise<void> {
    const { sequence } = await this.#ledger.append({ header: line, rows: Buffer.alloc(0) });
    this.#note(line, sequence);
  }

  #note(line: LedgerLine, sequence: number): void {
    if (line.kind === 'held') {
      this.#held.set(line.held.id, { held: line.held, line: sequence });
      return;
    }
    this.#held.delete(line.id);
    this.#left.set(line.id, sequence);
    if (this.#left.size > REMEMBERED) this.#left.delete(this.#left.keys().next().value!);
  }

  /** The first line that says of a message that it is here. */
  #firstNeeded(): number {
    const [first] = this.#held.values();
    return first?.line ?? this.#ledger.sequence;
  }
}

/** Messages of which it is remembered that they have left. */
const REMEMBERED = 100_000;

const messageIdOf = (bytes: Buffer): string =>
  unfolded(fieldNamed(readMessage(bytes), 'message-id')?.value ?? '').slice(0, 1000);
