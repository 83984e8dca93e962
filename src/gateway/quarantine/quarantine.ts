import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { MailhuntError } from '../../errors/index.ts';
import type { TableRows } from '../../ingest/index.ts';
import { Journal } from '../../store/index.ts';
import type { Entry, Journalling, Origin } from '../journal/index.ts';
import { answerText, type HandedOver, type HandOver, type Quarantined } from './hand-over.ts';
import { damaged, HeldContents } from './held-contents.ts';
import { heldOf } from './held-entry.ts';
import { HeldMessages, type Untold } from './held-messages.ts';
import { leavingRows } from './leaving-rows.ts';
import type { Held, HeldPage, Leaving, LedgerLine, Page, Way } from './ledger.ts';
import { isMarkDue, PassedTime } from './passed-time.ts';
import { type QuarantineLimits, QuarantineRoom, type QuarantineStatus, type Shortage } from './quarantine-room.ts';
import type { Searched, Sighted, Unread } from './searched.ts';

/** How a quarantine is opened. */
export interface QuarantineOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds, from any start, by a clock that never leaps. @default performance.now */
  readonly clock?: (() => number) | undefined;
  /** How much it holds. @default {@link quarantineLimits} */
  readonly limits?: QuarantineLimits | undefined;
  /** Where it is told what became of messages, for the store; and how far a later run of the gate would read it again. */
  readonly journal: Journalling & { readonly sequence?: number; readonly gone?: number };
  /** What could not be written down or cleared away now, and is tried again. */
  readonly notice?: (error: unknown) => void;
}

/** Lines of the ledger are short; a file of them is given up when all of its messages have left. */
const LEDGER_SEGMENT = 4 << 20;

/**
 * Messages that a policy keeps from their recipients: on the disk of the gate, whether the store is there or not. Each is
 * kept until it is released, removed, or its time is over. One process holds a folder at a time.
 */
export class Quarantine implements AsyncDisposable {
  /** What a person should know: a ledger that was damaged. */
  readonly notices: Error[] = [];
  readonly #options: QuarantineOptions;
  readonly #contents: HeldContents;
  readonly #ledger: Journal<LedgerLine>;
  readonly #messages = new HeldMessages();
  readonly #room: QuarantineRoom;
  #passed = new PassedTime(undefined);
  #isClockDoubted = false;
  /** Shortages that were told since the last message left. */
  readonly #toldShort = new Set<string>();
  /** Those on their way in or out. */
  readonly #underWay = new Map<string, Promise<unknown>>();
  #settling: Promise<void> = Promise.resolve();

  private constructor(folder: string, options: QuarantineOptions) {
    this.#options = options;
    this.#room = new QuarantineRoom(options.limits);
    this.#contents = new HeldContents(join(folder, 'messages'), options.now);
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
    opened.#passed = new PassedTime(opened.#messages.lastSeen);
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
      const room = await this.#contents.keep({ ...entry, told, kept });
      await this.#write({ kind: 'held', held: { ...heldOf({ ...entry, told, kept }), room } });
    });
  }

  /** Why a message of somebody cannot be kept now; undefined where it can. Who should know hears of it once. */
  shortage(origin: Origin): Shortage | undefined {
    const { journal, notice } = this.#options;
    const found =
      journal.hasRoomToKeep === false
        ? { of: 'journal', text: 'messages wait in the journal for the store, or the disk is nearly full' }
        : this.#room.shortage(origin);
    if (found !== undefined && !this.#toldShort.has(found.of)) {
      this.#toldShort.add(found.of);
      notice?.(new MailhuntError('GATE0018', { text: found.text }));
    }
    return found;
  }

  /**
   * Sets room aside for a message that is about to be promised a place; {@link take} follows, or {@link giveBack}.
   *
   * @throws MailhuntError GATE0018 where there is none
   */
  reserve({ id, told, kept, tables }: Entry): void {
    if (told === undefined || kept === undefined || this.knows(id)) return;
    const origin = told.origin ?? { ip: told.client.ip, domain: '' };
    const found = this.shortage(origin);
    if (found !== undefined) throw new MailhuntError('GATE0018', { text: found.text });
    const rows = tables.flatMap((table) => (table.table === 'EmailEvents' ? table.rows : []));
    this.#room.put(id, kept.bytes.length + rows.reduce((sum, { length }) => sum + length, 0), origin);
  }

  /** A message for which room was set aside does not come. */
  giveBack(id: string): void {
    if (this.#messages.find(id) === undefined) this.#room.drop(id);
  }

  /** Whether a message of this id is here, or was and is remembered. */
  knows(id: string): boolean {
    return this.#messages.knows(id);
  }

  /** How full it is. */
  get status(): QuarantineStatus {
    const { bytes, limits, isFull } = this.#room;
    const { hasRoomToKeep } = this.#options.journal;
    return { messages: this.size, bytes, limits, isFull: isFull || hasRoomToKeep === false };
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
   * @throws MailhuntError GATE0011 where there is none, GATE0040 where it is damaged
   */
  async read(id: string): Promise<Quarantined> {
    const held = this.find(id);
    try {
      const [bytes, particulars] = await Promise.all([this.#contents.bytes(id), this.#contents.particulars(id)]);
      return { held, bytes, particulars };
    } catch (error) {
      // It may have left in the meantime.
      this.find(id);
      throw error;
    }
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
      const answer = answerText(done);
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

  /** Removes the messages whose time is over, as far as that time is sure to have passed; returns how many. */
  async purge(): Promise<number> {
    const time = await this.#timePassed();
    const isOver = ({ until }: Held): boolean => until <= time;
    return this.#leaveTogether(this.list().filter(isOver), (held) => ({
      ...this.#leaving(held, 'expired', ''),
      at: time,
    }));
  }

  /** Removes several messages for good, those that have left meanwhile passed over; returns how many it removed. */
  removeAll(messages: readonly Held[], by: string): Promise<number> {
    return this.#leaveTogether(messages, (held) => this.#leaving(held, 'removed', by));
  }

  /**
   * The messages of which something is true, by as much of them as can be read, and those of which it is not known for they
   * are damaged. Whoever else needs this thread has his turn meanwhile.
   */
  async search(isFound: (message: Sighted) => boolean): Promise<Searched> {
    const [found, unread]: [Held[], Unread[]] = [[], []];
    for (const { id } of this.list()) {
      const { failure, ...readable } = await this.#contents.readable(id);
      const held = this.#messages.find(id);
      if (held !== undefined && isFound({ held, ...readable })) found.push(held);
      else if (held !== undefined && failure !== undefined) unread.push({ id, failure });
      await setImmediate();
    }
    return { found, unread };
  }

  /**
   * Writes the ledger anew, so that what it said of messages that are gone is not on the disk any more.
   *
   * @returns false where the store has not been told of all of them yet: until then their lines stay
   */
  async rewriteLedger(): Promise<boolean> {
    await this.#settle();
    await this.#ledger.rotate();
    this.#messages.forget(this.#options.journal.gone ?? 0);
    await Promise.all(this.#messages.left.map((id) => this.#write({ kind: 'left', id })));
    const again = async (id: string): Promise<void> => {
      const held = this.#messages.find(id);
      if (held !== undefined) await this.#write({ kind: 'held', held });
    };
    await Promise.all([...this.list()].reverse().map(({ id }) => this.#alone(id, () => again(id))));
    const { marked } = this.#messages;
    if (marked !== undefined) await this.#write({ kind: 'seen', ...marked });
    await this.#settle();
    return this.#messages.untold.length === 0;
  }

  /** Says so where the clock is not believed; writes down how late it is, for the next run. */
  async #timePassed(): Promise<number> {
    const { now, clock = () => performance.now(), notice } = this.#options;
    const wall = now();
    const seen = this.#passed.at(wall, clock());
    const isDoubted = seen.doubt !== undefined;
    if (isDoubted && !this.#isClockDoubted)
      notice?.(new MailhuntError('GATE0019', { clock: isoOf(wall), expected: isoOf(seen.at) }));
    this.#isClockDoubted = isDoubted;
    if (isMarkDue(seen, this.#messages.marked)) await this.#write({ kind: 'seen', ...seen });
    return seen.at;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#underWay.values());
    await this.#settling;
    await this.#contents.close();
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

  async #leaveTogether(messages: readonly Held[], leavingOf: (held: Held) => Leaving): Promise<number> {
    const gone = await Promise.all(
      messages.map(({ id }) =>
        this.#alone(id, async () => {
          const held = this.#messages.find(id);
          if (held === undefined) return 0;
          await this.#write(leavingOf(held));
          return 1;
        }),
      ),
    );
    await this.#settle();
    return gone.reduce<number>((sum, one) => sum + one, 0);
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
    const notice = (error: unknown): void => this.#options.notice?.(error);
    this.#settling = this.#settling
      .then(async () => this.#clear([...left, ...(await this.#tell(notice))]))
      .catch(notice);
    return this.#settling;
  }

  /** Tells the store of those that have left, and returns of whom it could be told. */
  async #tell(notice: (error: unknown) => void): Promise<readonly string[]> {
    const { untold } = this.#messages;
    const done = await Promise.allSettled(untold.map((one) => this.#tellOf(one, notice)));
    const failures = done.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    // A full journal fails for each of them.
    for (const failure of new Map(failures.map((one) => [String(one), one])).values()) notice(failure);
    return untold.flatMap(({ leaving }, at) => (done[at]!.status === 'fulfilled' ? [leaving.id] : []));
  }

  /** One that is damaged leaves all the same: its bytes would stay for ever, and no later look would find more. */
  async #tellOf({ leaving, said }: Untold, notice: (error: unknown) => void): Promise<void> {
    const { id, at } = leaving;
    const tables = await this.#rowsOf(leaving).catch((error: unknown) => {
      if (!(error instanceof MailhuntError && error.code === 'GATE0040')) throw error;
      notice(error);
      return [];
    });
    if (tables.length > 0) await this.#options.journal.record({ id, at, tables });
    await this.#write({ kind: 'told', id, said });
  }

  async #rowsOf(leaving: Leaving): Promise<readonly TableRows[]> {
    const particulars = await this.#contents.particulars(leaving.id);
    try {
      return leavingRows(leaving, particulars);
    } catch (error) {
      throw damaged(leaving.id, error);
    }
  }

  /** Removes the bytes of those that have left and of which the store is told. */
  async #clear(ids: readonly string[]): Promise<void> {
    const gone = ids.filter((id) => this.#messages.isGone(id));
    await this.#contents.remove(gone);
    this.#messages.forget(this.#options.journal.gone ?? 0);
    await this.#ledger.release((this.#messages.firstNeeded ?? this.#ledger.sequence) - 1);
  }

  async #write(line: LedgerLine): Promise<void> {
    const { sequence } = await this.#ledger.append({ header: line, rows: Buffer.alloc(0) });
    this.#note(line, sequence);
  }

  #note(line: LedgerLine, sequence: number): void {
    this.#messages.note(line, sequence, this.#options.journal.sequence ?? 0);
    if (line.kind === 'seen' || line.kind === 'told' || line.kind === 'left') return;
    const id = line.kind === 'held' ? line.held.id : line.id;
    const held = this.#messages.find(id);
    if (held !== undefined) {
      const { room = held.size, origin = { ip: held.client.ip, domain: '' } } = held;
      this.#room.put(id, room, origin);
      return;
    }
    this.#room.drop(id);
    this.#toldShort.clear();
  }
}

/** A date as text; a clock may say what no date is. */
const isoOf = (at: number): string => (Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : String(at));
