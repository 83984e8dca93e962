import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MailhuntError } from '../../errors/index.ts';
import { fieldNamed, readMessage, unfolded } from '../../mail/index.ts';
import { Journal, PackBox } from '../../store/index.ts';
import type { Entry, Journalling } from '../journal/index.ts';
import type { HandedOver, HandOver, Quarantined } from './hand-over.ts';
import { HeldMessages } from './held-messages.ts';
import { leavingRows } from './leaving-rows.ts';
import type { Held, HeldPage, Leaving, LedgerLine, Page, Way } from './ledger.ts';
import { particularsBytes, particularsId, readParticulars } from './particulars.ts';

/** How a quarantine is opened. */
export interface QuarantineOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Where it is told what became of messages, for the store; and how far a later run of the gate would read it again. */
  readonly journal: Journalling & { readonly sequence?: number; readonly gone?: number };
  /** What could not be written down or cleared away now, and is tried again. */
  readonly notice?: (error: unknown) => void;
}

/** Lines of the ledger are short; a file of them is given up when all of its messages have left. */
const LEDGER_SEGMENT = 4 << 20;
/** A message that leaves costs its file's rewriting. */
const PACK = 16 << 20;

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
  readonly #messages = new HeldMessages();
  /** Those on their way in or out. */
  readonly #underWay = new Map<string, Promise<unknown>>();
  #settling: Promise<void> = Promise.resolve();

  private constructor(folder: string, options: QuarantineOptions) {
    this.#options = options;
    this.#box = new PackBox(join(folder, 'messages'), { now: options.now, packBytes: PACK });
    this.#ledger = new Journal(join(folder, 'ledger'), { segmentBytes: LEDGER_SEGMENT });
  }

  /** Opens the quarantine in a folder, which is made where there is none. */
  static async open(folder: string, options: QuarantineOptions): Promise<Quarantine> {
    await mkdir(join(folder, 'ledger'), { recursive: true, mode: 0o700 });
    const opened = new Quarantine(folder, options);
    const { frames, damage, aside } = await opened.#ledger.recover(undefined);
    for (const { sequence, header } of frames) opened.#note(header, sequence);
    await opened.#ledger.setAside(aside);
    if (damage !== undefined) opened.notices.push(damage);
    // A kill may have come between a line and what follows from it.
    await opened.#settle(opened.#messages.left);
    return opened;
  }

  /** Takes a message in, durably. The same one again changes nothing. */
  async take(entry: Entry): Promise<void> {
    const { id, told, kept } = entry;
    if (told === undefined || kept === undefined) return;
    await this.#alone(id, async () => {
      if (this.#messages.knows(id)) return;
      await this.#box.keep([
        { id, bytes: kept.bytes },
        { id: particularsId(id), bytes: particularsBytes(told, entry) },
      ]);
      await this.#write({ kind: 'held', held: heldOf({ ...entry, told, kept }) });
    });
  }

  /** The messages that are here, the newest first. */
  list(): readonly Held[] {
    return this.#messages.list();
  }

  /** A part of them. */
  page(page: Page): HeldPage {
    return this.#messages.page(page);
  }

  /**
   * What is known of a message that is here without its bytes.
   *
   * @throws MailhuntError GATE0011 where there is none
   */
  find(id: string): Held {
    const held = this.#messages.find(id);
    if (held === undefined) throw new MailhuntError('GATE0011', { id: id.slice(0, 100) });
    return held;
  }

  /** How many are here. */
  get size(): number {
    return this.#messages.size;
  }

  /**
   * A message that is here, its bytes, and what is known of it.
   *
   * @throws MailhuntError GATE0011 where there is none
   */
  async read(id: string): Promise<Quarantined> {
    const held = this.find(id);
    const [bytes, particulars] = await Promise.all([this.#box.read(id), this.#box.read(particularsId(id))]);
    // It has left in the meantime.
    if (bytes === undefined || particulars === undefined) throw new MailhuntError('GATE0011', { id });
    return { held, bytes, particulars: readParticulars(particulars) };
  }

  /**
   * Gives a message to the next hop; for the recipients for whom that takes it, it has left.
   *
   * @param by who wants it
   * @throws MailhuntError GATE0011 where there is none, GATE0012 where the next hop takes it for nobody
   */
  release(id: string, by: string, handOver: HandOver): Promise<HandedOver> {
    const { now } = this.#options;
    return this.#alone(id, async () => {
      const message = await this.read(id);
      await this.#write({ kind: 'begun', id, at: now(), by });
      const done = await handOver(message);
      const answer = wordsOf(done);
      if (done.taken.length > 0) {
        await this.#leave({ kind: 'released', id, at: now(), by, recipients: done.taken, answer });
        return done;
      }
      if (!done.isUnsure) await this.#write({ kind: 'refused', id, at: now(), by, answer });
      throw new MailhuntError('GATE0012', { id, text: answer });
    });
  }

  /**
   * Removes a message for good.
   *
   * @param by who wants it
   * @throws MailhuntError GATE0011 where there is none
   */
  remove(id: string, by: string): Promise<Held> {
    return this.#alone(id, async () => {
      const held = this.find(id);
      await this.#leave(this.#leaving(held, 'removed', by));
      return held;
    });
  }

  /** Removes the messages whose time is over; returns how many. */
  async purge(): Promise<number> {
    const isOver = ({ until }: Held): boolean => until <= this.#options.now();
    const over = this.list().filter(isOver);
    const gone = await Promise.all(
      over.map(({ id }) =>
        this.#alone(id, async () => {
          const held = this.#messages.find(id);
          if (held === undefined || !isOver(held)) return 0;
          await this.#write(this.#leaving(held, 'expired', ''));
          return 1;
        }),
      ),
    );
    await this.#settle();
    return gone.reduce<number>((sum, one) => sum + one, 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#underWay.values());
    await this.#settling;
    await this.#box.close();
    await this.#ledger.close();
  }

  /** What becomes of one message happens in turn: it is released once. */
  #alone<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.#underWay.get(id) ?? Promise.resolve();
    const turn = before.catch(() => {}).then(work);
    this.#underWay.set(id, turn);
    const end = (): void => {
      if (this.#underWay.get(id) === turn) this.#underWay.delete(id);
    };
    turn.then(end, end);
    return turn;
  }

  #leaving({ id, recipients }: Held, kind: Way, by: string): Leaving {
    return { kind, id, at: this.#options.now(), by, recipients };
  }

  /** The ledger first: what it says has left is not given out again, whatever happens then. */
  async #leave(leaving: Leaving): Promise<void> {
    await this.#write(leaving);
    await this.#settle();
  }

  /**
   * What follows from lines that say that messages have left: the store is told, and their bytes go. What fails of it is
   * made up for the next time.
   *
   * @param left of an earlier run
   */
  #settle(left: readonly string[] = []): Promise<void> {
    this.#settling = this.#settling
      .then(async () => this.#clear([...left, ...(await this.#tell())]))
      .catch((error: unknown) => this.#options.notice?.(error));
    return this.#settling;
  }

  /** Tells the store of those that have left, and returns who that is. */
  async #tell(): Promise<readonly string[]> {
    const { untold } = this.#messages;
    const tell = async (leaving: Leaving): Promise<string> => {
      const { id, at } = leaving;
      const particulars = await this.#box.read(particularsId(id));
      const tables = particulars === undefined ? [] : leavingRows(leaving, readParticulars(particulars));
      if (tables.length > 0) await this.#options.journal.record({ id, at, tables });
      await this.#write({ kind: 'told', id });
      return id;
    };
    return Promise.all(untold.map(tell));
  }

  /** Removes the bytes of those that have left and of which the store is told. */
  async #clear(ids: readonly string[]): Promise<void> {
    const gone = ids.filter((id) => this.#messages.isGone(id));
    await this.#box.remove(gone.flatMap((id) => [id, particularsId(id)]));
    this.#messages.forget(this.#options.journal.gone ?? 0);
    await this.#ledger.release((this.#messages.firstNeeded ?? this.#ledger.sequence) - 1);
  }

  async #write(line: LedgerLine): Promise<void> {
    const { sequence } = await this.#ledger.append({ header: line, rows: Buffer.alloc(0) });
    this.#note(line, sequence);
  }

  #note(line: LedgerLine, sequence: number): void {
    this.#messages.note(line, sequence, this.#options.journal.sequence ?? 0);
  }
}

type Kept = Entry & Required<Pick<Entry, 'told' | 'kept'>>;

const heldOf = ({ id, at, told, kept: { bytes } }: Kept): Held => ({
  id,
  at,
  until: told.until ?? at,
  mailFrom: told.mailFrom,
  recipients: told.recipients,
  from: told.from,
  subject: told.subject,
  policy: told.policy,
  client: told.client,
  rule: told.rule ?? '',
  internetMessageId: unfolded(fieldNamed(readMessage(bytes), 'message-id')?.value ?? '').slice(0, 1000),
  size: bytes.length,
});

/** Characters of an answer that are kept. */
const ANSWER = 1000;

const wordsOf = ({ answer: { code, enhanced, text }, isUnsure }: HandedOver): string => {
  const said = `${code} ${enhanced} ${text}`.slice(0, ANSWER);
  return isUnsure ? `${said} (it went away with the message: it may have taken it)` : said;
};
