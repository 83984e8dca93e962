import { mkdir, readFile, statfs } from 'node:fs/promises';
import { MailhuntError } from '../../errors/index.ts';
import { decodeFrame, type Frame, Journal, type OpenFile } from '../../store/index.ts';
import type { Ballast } from './ballast.ts';
import { type Entry, type EntryHeader, entryOf, frameOf } from './entry.ts';

/** What a gate asks of the journal of its decisions. */
export interface Journalling {
  /** Whether there is room for more: where not, the gate does as its setting says before it takes a message. */
  readonly hasRoom: boolean;
  /** Whether there is room for messages of the quarantine, too, of which a part is kept for other mail. */
  readonly hasRoomToKeep?: boolean;
  /** Makes an entry durable. Rejects with STORE0003 where the disk is full, GATE0010 where the journal is. */
  record(entry: Entry): Promise<void>;
}

export interface JournalSettings {
  /** Names this run among all others of this gate: a UUID. */
  readonly run: string;
  /** Bytes that may wait for the store. @default 1 GiB */
  readonly limit?: number;
  /** Bytes of the disk that are left alone. @default 64 MiB */
  readonly reserve?: number;
  /** What is thrown off when the disk is full all the same: messages that were let in before have their decisions written. */
  readonly ballast?: Ballast | undefined;
  /** Milliseconds, from any start. */
  readonly clock?: () => number;
  readonly openFile?: OpenFile;
}

type Entered = Frame<EntryHeader>;

const LIMIT = 1 << 30;
const RESERVE = 64 << 20;
/** Of the limit, the part that messages may take which go into quarantine: the rest is for other mail. */
const KEPT_SHARE = 0.25;
/** The quarantine leaves alone more of the disk than the journal does, so that it is not the one that fills it. */
const KEPT_RESERVES = 2;
const SEGMENT = 16 << 20;
/** Bytes of entries that are held until the store has them; beyond, they are read from the disk again. */
const HELD = 32 << 20;
/** Bytes of entries that go into the store together. */
const GROUP = 4 << 20;
/** Bytes of room for messages that were let in while there was room: they are on their way to the next hop. */
const UNDER_WAY = 128 << 20;
/** Milliseconds for which it is believed how full the disk is. */
const LOOK = 1000;
/** A segment of this size is given up once all of it is in the store. */
const WORTHWHILE = 1 << 20;

/**
 * The decisions of a gate, durable before its clients are answered, until the store has them. Entries that wait at the same
 * time share one sync. One process holds a folder at a time.
 */
export class DecisionJournal implements Journalling {
  /** What a person should know: a journal that was damaged, and what could be saved of it. */
  readonly notices: Error[] = [];
  readonly #folder: string;
  readonly #settings: Required<Omit<JournalSettings, 'openFile' | 'ballast'>> & Pick<JournalSettings, 'ballast'>;
  readonly #journal: Journal<EntryHeader>;
  #number = 0;
  /** The last entries, without a gap. */
  #recent: Entered[] = [];
  #recentBytes = 0;
  /** Bytes of messages for the quarantine that wait for the store, by sequence. */
  readonly #kept = new Map<number, number>();
  #keptBytes = 0;
  #isDiskFull = false;
  #isDiskTight = false;
  #lookedAt = Number.NEGATIVE_INFINITY;
  readonly #waiting = new Set<() => void>();
  #releasing: Promise<void> = Promise.resolve();

  private constructor(folder: string, { openFile, ...settings }: JournalSettings) {
    this.#folder = folder;
    this.#settings = { limit: LIMIT, reserve: RESERVE, clock: () => performance.now(), ...settings };
    this.#journal = new Journal(folder, { openFile, segmentBytes: SEGMENT });
  }

  /** Opens the journal in a folder; what an earlier run left in it is there. */
  static async open(folder: string, settings: JournalSettings): Promise<DecisionJournal> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const opened = new DecisionJournal(folder, settings);
    await opened.#recover();
    await opened.#look();
    return opened;
  }

  /** A torn end was never acknowledged. At damage, whole entries behind it are written anew. */
  async #recover(): Promise<void> {
    const { damage, aside } = await this.#journal.recover(undefined, false);
    if (damage === undefined) return;
    this.notices.push(damage);
    for (const path of aside) {
      const bytes = await readFile(path);
      for (const { header, rows } of wholeFrames(bytes)) await this.#journal.append({ header, rows });
    }
    await this.#journal.setAside(aside);
  }

  get hasRoom(): boolean {
    void this.#look();
    return this.#journal.size < this.#settings.limit && !this.#isDiskFull;
  }

  get hasRoomToKeep(): boolean {
    return this.hasRoom && this.#keptBytes < this.#settings.limit * KEPT_SHARE && !this.#isDiskTight;
  }

  /** Bytes that wait for the store. */
  get size(): number {
    return this.#journal.size;
  }

  async record(entry: Entry): Promise<void> {
    const { limit } = this.#settings;
    if (this.#journal.size >= limit + UNDER_WAY) throw new MailhuntError('GATE0010', { path: this.#folder, limit });
    const frame = await this.#appended(entry);
    this.#countKept(frame);
    this.#recent.push(frame);
    this.#recentBytes += frame.rows.length;
    if (this.#recentBytes > HELD) this.#forget(this.#recent[this.#recent.length >> 1]!.sequence);
    for (const go of this.#waiting) go();
  }

  /** The next hop may have the message by now: a full disk must not put its client off, who would bring it again. */
  async #appended(entry: Entry): Promise<Entered> {
    const { run, ballast } = this.#settings;
    // Numbers rise in the order in which entries are written, so the second attempt has one of its own.
    const append = (): Promise<Entered> => this.#journal.append(frameOf(entry, run, ++this.#number));
    try {
      return await append();
    } catch (error) {
      this.#isDiskFull = true;
      if (ballast === undefined || !(error instanceof MailhuntError && error.code === 'STORE0003')) throw error;
      await ballast.drop();
      return await append();
    }
  }

  /**
   * Entries behind a sequence, in order and in groups, for ever: waits where there are none.
   *
   * @param signal ends it, without an error
   */
  async *groups(after: number, signal: AbortSignal): AsyncGenerator<EntryGroup> {
    for (let at = after; !signal.aborted; ) {
      for await (const group of this.#groupsOnce(at)) {
        at = group.last;
        yield group;
        if (signal.aborted) return;
      }
      if (this.#journal.sequence <= at) await this.#news(signal);
    }
  }

  async *#groupsOnce(after: number): AsyncGenerator<EntryGroup> {
    const isHeld = this.#recent.length > 0 && this.#recent[0]!.sequence <= after + 1;
    const frames = isHeld ? this.#recent.filter(({ sequence }) => sequence > after) : this.#journal.read(after);
    let group: Entered[] = [];
    let bytes = 0;
    for await (const frame of frames) {
      this.#countKept(frame);
      group.push(frame);
      bytes += frame.rows.length;
      if (bytes < GROUP) continue;
      yield groupOf(group, true);
      [group, bytes] = [[], 0];
    }
    if (group.length > 0) yield groupOf(group, false);
  }

  /** Everything up to a sequence is in the store, and not needed here any more. */
  release(sequence: number): Promise<void> {
    const turn = this.#releasing.then(() => this.#release(sequence));
    this.#releasing = turn.catch(() => {});
    return turn;
  }

  /** Ends the file that is written: all that is in it by now goes from the disk once the store has it, however little it is. */
  rotate(): Promise<void> {
    return this.#journal.rotate();
  }

  async #release(sequence: number): Promise<void> {
    this.#forget(sequence);
    this.#forgetKept(sequence);
    const isAll = sequence >= this.#journal.sequence;
    if (isAll && this.#journal.size >= WORTHWHILE) await this.#journal.rotate();
    await this.#journal.release(sequence);
  }

  /** Closes the file; what the store does not have stays for the next run. */
  async close(released: number): Promise<void> {
    await this.#journal.close();
    await this.#journal.release(released);
  }

  /** The last of the entries that are not kept here any more: no later run reads it again. */
  get gone(): number {
    return this.#journal.gone;
  }

  /** The last entry that is on the disk. */
  get sequence(): number {
    return this.#journal.sequence;
  }

  /** Of an earlier run, it is known when it is read. */
  #countKept({ sequence, header: { kept, rowBytes }, rows }: Entered): void {
    if (kept !== 'quarantined' || this.#kept.has(sequence)) return;
    this.#kept.set(sequence, rows.length - rowBytes);
    this.#keptBytes += rows.length - rowBytes;
  }

  #forgetKept(upTo: number): void {
    for (const [sequence, bytes] of this.#kept) {
      if (sequence > upTo) continue;
      this.#kept.delete(sequence);
      this.#keptBytes -= bytes;
    }
  }

  #forget(upTo: number): void {
    this.#recent = this.#recent.filter(({ sequence }) => sequence > upTo);
    this.#recentBytes = this.#recent.reduce((sum, { rows }) => sum + rows.length, 0);
  }

  /** Resolves at the next entry, or when the signal aborts; neither keeps anything of it then. */
  #news(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const go = (): void => {
        this.#waiting.delete(go);
        signal.removeEventListener('abort', go);
        resolve();
      };
      this.#waiting.add(go);
      signal.addEventListener('abort', go, { once: true });
    });
  }

  /** Looks how full the disk is, once in a while; who asks need not wait for it. */
  async #look(): Promise<void> {
    const { clock, reserve, ballast } = this.#settings;
    if (clock() - this.#lookedAt < LOOK) return;
    this.#lookedAt = clock();
    // A folder that cannot be looked at cannot be written to.
    const left = await statfs(this.#folder).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => 0,
    );
    const missing = ballast === undefined || ballast.isTaken ? 0 : ballast.bytes;
    this.#isDiskFull = left < reserve + missing;
    this.#isDiskTight = left < KEPT_RESERVES * reserve + missing;
    if (this.#isDiskFull) return;
    await ballast?.take().catch(() => {
      this.#isDiskFull = true;
    });
  }
}

/** Entries that go into the store together. */
export interface EntryGroup {
  readonly entries: readonly (Entry & Pick<EntryHeader, 'run' | 'number'>)[];
  /** The sequence of the last of them. */
  readonly last: number;
  /** It is as large as a group gets: more may wait. */
  readonly isFull: boolean;
}

const groupOf = (frames: readonly Entered[], isFull: boolean): EntryGroup => ({
  entries: frames.map((frame) => ({ ...entryOf(frame), run: frame.header.run, number: frame.header.number })),
  last: frames.at(-1)!.sequence,
  isFull,
});

/** The frames of a damaged file that are whole, what lies between them passed over. */
function* wholeFrames(bytes: Buffer): Generator<Entered> {
  for (let at = 0; at < bytes.length; ) {
    const found = decodeFrame<EntryHeader>(bytes, at);
    if (found.kind === 'end') return;
    if (found.kind === 'frame') yield found.frame;
    const next = found.kind === 'frame' ? found.end : bytes.indexOf('MHJ1', at + 1);
    if (next < 0) return;
    at = next;
  }
}
