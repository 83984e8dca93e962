import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { MailhuntError } from '../../errors/index.ts';
import { isDiskFull, type OpenFile, syncFolder, writeAll } from '../journal.ts';
import { ifGone, ifMissing, writeDraft } from './draft.ts';
import { linkOrCopy } from './link-or-copy.ts';
import {
  type BoxSize,
  type FrozenFile,
  ID_LIMIT,
  KEPT_LIMIT,
  type Keeping,
  type KeptMessage,
  type MessageBox,
} from './message-box.ts';
import {
  fullPack,
  indexPath,
  OpenPack,
  openFull,
  type Pack,
  packName,
  type RecordAt,
  readPack,
  recordAt,
} from './pack.ts';
import { PackIndex } from './pack-index.ts';
import { encodeRecord, keyOf, PACK_HEAD, type Packed, packed, packHead, readRecord } from './record.ts';

/** How a box is opened. */
export interface BoxOptions {
  /** The clock, milliseconds since 1970. */
  readonly now: () => number;
  /** Bytes after which a new pack is begun. */
  readonly packBytes?: number;
  /** Opens a file to append to; a parameter so that a test can let the disk be full. */
  readonly openFile?: OpenFile;
  /** The salt of a new pack, 32 bits that senders do not know. */
  readonly salt?: () => number;
}

/** A file of this size is rewritten in a second, and read whole when its index is lost. */
const PACK_BYTES = 128 * 1024 * 1024;

const toAppend: OpenFile = (path) => open(path, 'a', 0o600);

/**
 * A message box in a folder: packs `0000001.pack`, records one behind the other, of which the last is written and the
 * others never change, and beside each full one its index. The packs are all that counts: an index is made of its pack
 * whenever it is missing, so a kill can hurt nothing but the end of the last pack, of which nobody has been told yet.
 *
 * Why not a table: raw mail is by far the most of a store. In the database it would double each transaction, and each
 * rewriting of a table would move it.
 */
export class PackBox implements MessageBox {
  readonly problems: MailhuntError[] = [];
  readonly #folder: string;
  readonly #options: Required<Omit<BoxOptions, 'openFile'>> & { readonly openFile: OpenFile };
  /** Oldest first. Replaced as a whole. */
  #packs: readonly Pack[] = [];
  #opened: Promise<void> | undefined;
  #file: Awaited<ReturnType<OpenFile>> | undefined;
  /** What writes, one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(folder: string, { openFile = toAppend, packBytes = PACK_BYTES, ...options }: BoxOptions) {
    this.#folder = folder;
    this.#options = { openFile, packBytes, salt: () => randomBytes(4).readUInt32LE(), ...options };
  }

  keep(messages: readonly KeptMessage[]): Promise<Keeping> {
    return this.#exclusive(() => this.#keep(messages));
  }

  async read(id: string): Promise<Buffer | undefined> {
    await this.#open();
    return this.#search(id, ({ pack: { path }, offset, record, damage = '' }) => {
      const message = record === undefined ? damage : readRecord(record.bytes, 0, record.head);
      if (typeof message !== 'string') return message;
      throw new MailhuntError('STORE0010', { path, offset, text: message });
    });
  }

  async has(ids: readonly string[]): Promise<ReadonlySet<string>> {
    await this.#open();
    const found = new Set<string>();
    for (const id of new Set(ids)) {
      if (await this.#search(id, () => true, true)) found.add(id);
    }
    return found;
  }

  remove(ids: Iterable<string>): Promise<number> {
    const gone = new Set(ids);
    return this.#exclusive(async () => {
      await this.#open();
      const there = await this.has([...gone]);
      if (there.size === 0) return 0;
      const keys = [...there].map((id) => ({ id, key: keyOf(id) }));
      const touched = this.#packs.filter((pack) => keys.some(({ id, key }) => pack.find(id, key).length > 0));
      for (const pack of touched) await this.#rewrite(pack, there);
      return there.size;
    });
  }

  async *all(): AsyncGenerator<KeptMessage> {
    await this.#open();
    for (const { path, size } of this.#packs) {
      const pack = await readPack(path).catch(ifGone);
      for (const { id, offset, ...head } of pack?.found ?? []) {
        if (offset >= size) break;
        const message = readRecord(pack!.bytes, offset, { id, ...head });
        if (typeof message === 'string') this.#damaged(path, offset, message);
        else yield { id, bytes: message };
      }
    }
  }

  async keptBefore(time: number): Promise<readonly string[]> {
    await this.#open();
    const ids = new Set<string>();
    for (const { path, newest } of this.#packs) {
      if (newest === undefined || newest >= time) continue;
      for (const { id } of (await readPack(path).catch(ifGone))?.found ?? []) ids.add(id);
    }
    return [...ids];
  }

  async size(): Promise<BoxSize> {
    await this.#open();
    const sum = (count: (pack: Pack) => number): number => this.#packs.reduce((all, pack) => all + count(pack), 0);
    return { messages: sum(({ count }) => count), bytes: sum(({ size }) => size) };
  }

  freezeInto(folder: string): Promise<readonly FrozenFile[]> {
    return this.#exclusive(async () => {
      await this.#open();
      await mkdir(folder, { recursive: true, mode: 0o700 });
      for (const { path, number } of this.#packs) await linkOrCopy(path, join(folder, packName(number)));
      return this.#packs.map(({ number, size }) => ({ name: packName(number), bytes: size }));
    });
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await this.#turn;
    await this.#file?.close();
    this.#file = undefined;
  }

  /** Runs what writes alone, in the order in which it was asked for. */
  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return result;
  }

  /** Looks at what is there, the first time that something is asked for. */
  #open(): Promise<void> {
    this.#opened ??= this.#look().catch((error: unknown) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  async #look(): Promise<void> {
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => ifMissing(error, []));
    for (const name of names.filter((one) => one.endsWith('.draft'))) await unlink(join(this.#folder, name));
    const numbers = names
      .filter((name) => /^\d{7,}\.pack$/.test(name))
      .map((name) => Number.parseInt(name, 10))
      .sort((a, b) => a - b);
    const packs: Pack[] = [];
    for (const number of numbers) {
      const pack = number === numbers.at(-1) ? await this.#openLast(number) : await this.#openFull(number);
      if (pack !== undefined) packs.push(pack);
    }
    this.#packs = packs;
  }

  async #openFull(number: number): Promise<Pack | undefined> {
    const path = join(this.#folder, packName(number));
    const { pack, scan } = await openFull(this.#folder, number);
    for (const { offset, text } of scan?.damage ?? []) this.#damaged(path, offset, text);
    if (scan !== undefined && scan.end < scan.bytes.length) this.#damaged(path, scan.end, 'no message begins here');
    if (pack === undefined) this.#damaged(path, 0, 'this is no pack of messages');
    return pack;
  }

  /** The pack that was being written: its torn end, if any, is cut off. */
  async #openLast(number: number): Promise<Pack | undefined> {
    const path = join(this.#folder, packName(number));
    const read = await readPack(path);
    if (read === undefined) {
      const { size } = await stat(path);
      if (size <= PACK_HEAD) await unlink(path);
      return size <= PACK_HEAD ? undefined : this.#openFull(number);
    }
    for (const { offset, text } of read.damage) this.#damaged(path, offset, text);
    if (read.end < read.bytes.length) await truncate(path, read.end);
    return new OpenPack(path, number, read.salt, read);
  }

  #damaged(path: string, offset: number, text: string): void {
    if (this.problems.some(({ facts }) => facts.path === path && facts.offset === offset)) return;
    this.problems.push(new MailhuntError('STORE0010', { path, offset, text }));
  }

  /**
   * Gives the newest record of an id to `take`; undefined where there is none. A pack may be rewritten meanwhile: then
   * what was looked up is worth nothing, and it is looked up again.
   */
  async #search<T>(id: string, take: (found: FoundRecord) => T, headOnly = false): Promise<T | undefined> {
    const key = keyOf(id);
    for (;;) {
      const packs = this.#packs;
      const found = await this.#searchIn(packs, id, key, headOnly);
      if (found !== undefined && (packs === this.#packs || 'record' in found)) return take(found);
      if (packs === this.#packs) return undefined;
    }
  }

  async #searchIn(
    packs: readonly Pack[],
    id: string,
    key: Buffer,
    headOnly: boolean,
  ): Promise<FoundRecord | undefined> {
    for (const pack of packs.toReversed()) {
      const offsets = pack.find(id, key);
      if (offsets.length === 0) continue;
      const file = await open(pack.path, 'r').catch(ifGone);
      try {
        for (const offset of file === undefined ? [] : offsets) {
          const record = await recordAt(file!, pack, offset, headOnly);
          if (record === undefined) return { pack, offset, damage: 'no message begins here' };
          if (record.head.id === id) return { pack, offset, record };
        }
      } finally {
        await file?.close();
      }
    }
    return undefined;
  }

  async #keep(messages: readonly KeptMessage[]): Promise<Keeping> {
    for (const message of messages) refuseUnlessFit(message);
    await this.#open();
    const fresh = new Map<string, Packed>();
    const last = new Map(messages.map(({ id, bytes }) => [id, bytes]));
    let since = 0;
    for (const [id, bytes] of last) {
      if (await this.#isStored(id, bytes)) continue;
      fresh.set(id, packed(id, bytes));
      since += bytes.length;
      // Whoever else needs this thread has it in between.
      if (since > TURN_BYTES) since = await setImmediate(0);
    }
    if (fresh.size > 0) await this.#write([...fresh]);
    return { kept: fresh.size, known: messages.length - fresh.size };
  }

  async #isStored(id: string, bytes: Uint8Array): Promise<boolean> {
    const stored = await this.#search(id, ({ record }) => record && readRecord(record.bytes, 0, record.head));
    return typeof stored === 'object' && stored.equals(bytes);
  }

  async #write(messages: readonly (readonly [string, Packed])[]): Promise<void> {
    try {
      const pack = await this.#current();
      const file = this.#file!;
      const keptAt = this.#options.now();
      const records = messages.map(([, message]) => encodeRecord(message, { salt: pack.salt, keptAt }));
      try {
        await writeAll(file, records.flat());
        await file.datasync();
      } catch (error) {
        await this.#takeBack(pack);
        throw error;
      }
      for (const [at, [id]] of messages.entries()) pack.add(id, records[at]!);
      if (pack.size >= this.#options.packBytes) await this.#full(pack);
    } catch (cause) {
      throw isDiskFull(cause) ? new MailhuntError('STORE0003', { path: this.#folder }, { cause }) : cause;
    }
  }

  /** Removes what a failed write left; where even that fails the file is read anew, as after a kill. */
  async #takeBack({ size }: OpenPack): Promise<void> {
    await this.#file!.truncate(size).catch(async () => {
      await this.#file!.close().catch(() => {});
      this.#file = undefined;
      this.#opened = undefined;
    });
  }

  /** The pack that is written, its file open. */
  async #current(): Promise<OpenPack> {
    const last = this.#packs.at(-1);
    if (last instanceof OpenPack) {
      this.#file ??= await this.#options.openFile(last.path);
      return last;
    }
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const number = (last?.number ?? 0) + 1;
    const pack = OpenPack.empty(join(this.#folder, packName(number)), number, this.#options.salt());
    const file = await this.#options.openFile(pack.path);
    try {
      await writeAll(file, [packHead(pack.salt)]);
      await syncFolder(this.#folder);
    } catch (error) {
      await file.close();
      await rm(pack.path, { force: true });
      throw error;
    }
    this.#file = file;
    this.#packs = [...this.#packs, pack];
    return pack;
  }

  /** Nothing more is added to a pack. */
  async #full(pack: OpenPack): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
    const index = PackIndex.of(pack.entries(), { packBytes: pack.size, salt: pack.salt, newest: this.#options.now() });
    await index.write(indexPath(pack.path));
    this.#replace(pack.number, fullPack(pack, index));
  }

  #replace(number: number, ...by: readonly Pack[]): void {
    this.#packs = this.#packs.flatMap((pack) => (pack.number === number ? by : pack));
  }

  /** Writes a pack anew without the messages of some ids, and without what is damaged. A kill leaves the old one or the new one. */
  async #rewrite(old: Pack, gone: ReadonlySet<string>): Promise<void> {
    if (old instanceof OpenPack) {
      await this.#file?.close();
      this.#file = undefined;
    }
    const { bytes, salt, found, damage } = (await readPack(old.path))!;
    const damaged = new Set(damage.map(({ offset }) => offset));
    const left = found.filter(({ id, offset }) => !gone.has(id) && !damaged.has(offset));
    const draft = `${old.path}.draft`;
    if (left.length > 0) {
      await writeDraft(draft, [
        packHead(salt),
        ...left.map(({ offset, size }) => bytes.subarray(offset, offset + size)),
      ]);
    }
    await rm(indexPath(old.path), { force: true });
    await syncFolder(this.#folder);
    if (left.length === 0) await unlink(old.path);
    else await rename(draft, old.path);
    await syncFolder(this.#folder);
    const pack = left.length === 0 ? [] : await this.#openFull(old.number);
    this.#replace(old.number, ...(pack === undefined ? [] : [pack].flat()));
  }
}

/** A record as it was found, or why it cannot be read. */
interface FoundRecord {
  readonly pack: Pack;
  readonly offset: number;
  readonly record?: RecordAt;
  readonly damage?: string;
}

/** Bytes that are compressed at a time. */
const TURN_BYTES = 1024 * 1024;

function refuseUnlessFit({ id, bytes }: KeptMessage): void {
  const refuse = (text: string): never => {
    throw new MailhuntError('STORE0011', { text });
  };
  if (id === '') refuse('it has no id');
  if (!id.isWellFormed() || Buffer.byteLength(id) > ID_LIMIT) refuse(`its id is no text of at most ${ID_LIMIT} bytes`);
  if (bytes.length > KEPT_LIMIT) refuse(`it is larger than ${KEPT_LIMIT} bytes`);
}
