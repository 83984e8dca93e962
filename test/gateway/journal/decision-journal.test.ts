import assert from 'node:assert/strict';
import { cp, open, readdir, readFile, statfs, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  Ballast,
  DecisionJournal,
  type Entry,
  type GateStore,
  startDrain,
} from '../../../src/gateway/journal/index.ts';
import type { Batch } from '../../../src/store/index.ts';
import { inFolder } from '../../store/rig.ts';
import { AT } from '../gate-rig.ts';

const entry = (id: string, bytes?: string): Entry => ({
  id,
  at: AT,
  tables: [
    { table: 'EmailEvents', columns: ['NetworkMessageId', 'Subject'], rows: [JSON.stringify([id, 'ü'])] },
    { table: 'EmailUrlInfo', columns: ['NetworkMessageId'], rows: [JSON.stringify([id]), JSON.stringify([id])] },
  ],
  ...(bytes === undefined ? {} : { kept: { as: 'delivered', bytes: Buffer.from(bytes) } }),
});

/** A store in memory that can be away; positions count as the real one's do. */
function madeStore() {
  const rows: string[] = [];
  const kept: string[] = [];
  const positions = new Map<string, number>();
  const state = { isAway: false, appends: Number.POSITIVE_INFINITY };
  const store: GateStore = {
    append: async ({ table, rows: some, source }: Batch) => {
      if (state.appends-- <= 0) throw new Error('away');
      rows.push(...some.map((row) => `${table} ${JSON.parse(row)[0]}`));
      if (source) positions.set(source.id, source.position);
      return { sequence: 0 };
    },
    flush: async () => {},
    position: async (id) => positions.get(id) ?? 0,
    keep: async (messages) => kept.push(...messages.map(({ id }) => id)),
    close: async () => {},
  };
  const connect = async () => {
    if (state.isAway) throw new Error('away');
    return store;
  };
  return { rows, kept, state, connect };
}

const drainInto = (journal: DecisionJournal, connect: () => Promise<GateStore>, troubles: unknown[] = []) =>
  startDrain(journal, { connect, quarantine: async () => {}, onTrouble: (error) => troubles.push(error) });

const expected = (...ids: readonly string[]): readonly string[] =>
  ids.flatMap((id) => [`EmailEvents ${id}`, `EmailUrlInfo ${id}`, `EmailUrlInfo ${id}`]).sort();

test('entries reach the store in order and once, messages before their rows', () =>
  inFolder(async (folder) => {
    const journal = await DecisionJournal.open(folder, { run: 'r' });
    const { rows, kept, connect } = madeStore();
    await using drain = drainInto(journal, connect);
    await Promise.all(['1', '2', '3'].map((id) => journal.record(entry(id, id))));
    await drain.drained();
    assert.deepEqual([...rows].sort(), expected('1', '2', '3'));
    assert.deepEqual(kept, ['1', '2', '3']);
  }));

test('while the store is away entries wait, on the disk too, and it is told once when it goes and once when it is back', () =>
  inFolder(async (folder) => {
    const made = madeStore();
    made.state.isAway = true;
    const troubles: unknown[] = [];
    {
      const journal = await DecisionJournal.open(folder, { run: 'r1' });
      await using _ = drainInto(journal, made.connect, troubles);
      await journal.record(entry('1'));
      await journal.record(entry('2'));
    }
    const journal = await DecisionJournal.open(folder, { run: 'r2' });
    await using drain = drainInto(journal, made.connect, troubles);
    await journal.record(entry('3'));
    made.state.isAway = false;
    await drain.drained();
    assert.deepEqual([...made.rows].sort(), expected('1', '2', '3'));
    assert.deepEqual(
      troubles.map((one) => (one as Error | undefined)?.message),
      ['away', 'away', undefined],
    );
  }));

test('under constant traffic the store is let go of now and then, so that others have their turn', () =>
  inFolder(async (folder) => {
    const journal = await DecisionJournal.open(folder, { run: 'r' });
    const { rows, connect } = madeStore();
    let turns = 0;
    const close = async (): Promise<void> => void turns++;
    await using drain = startDrain(journal, {
      connect: async () => ({ ...(await connect()), close }),
      quarantine: async () => {},
      onTrouble: (error) => assert.fail(String(error)),
      turn: 50,
    });
    let sent = 0;
    for (; turns < 2 && sent < 1_000; sent++) {
      await journal.record(entry(`${sent}`));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.equal(turns, 2);
    await drain.drained();
    assert.equal(rows.length, 3 * sent);
  }));

test('a store that cannot be let go of is trouble, and not the end', () =>
  inFolder(async (folder) => {
    const journal = await DecisionJournal.open(folder, { run: 'r' });
    const made = madeStore();
    made.state.appends = 0;
    const troubles: unknown[] = [];
    const close = async (): Promise<void> => {
      throw new Error('cannot be closed');
    };
    const drain = drainInto(
      journal,
      async () => ({ ...(await made.connect()), close: made.state.appends > 0 ? async () => {} : close }),
      troubles,
    );
    await journal.record(entry('1'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    made.state.appends = Number.POSITIVE_INFINITY;
    await drain.drained();
    await drain[Symbol.asyncDispose]();
    assert.deepEqual([...made.rows].sort(), expected('1'));
    assert.deepEqual(
      troubles.map((one) => (one as Error | undefined)?.message),
      ['cannot be closed', 'away', undefined],
    );
  }));

for (let appends = 0; appends < 5; appends++) {
  test(`a store that fails after ${appends} batches gets the rest, and nothing twice`, () =>
    inFolder(async (folder) => {
      const made = madeStore();
      made.state.appends = appends;
      const journal = await DecisionJournal.open(folder, { run: 'r' });
      await journal.record(entry('1'));
      await journal.record(entry('2'));
      const troubles: unknown[] = [];
      const drain = drainInto(journal, made.connect, troubles);
      await new Promise((resolve) => setTimeout(resolve, 20));
      made.state.appends = Number.POSITIVE_INFINITY;
      await drain.drained();
      await drain[Symbol.asyncDispose]();
      assert.deepEqual([...made.rows].sort(), expected('1', '2'));
    }));
}

test('entries that the store has and the journal still holds, as after a kill, are not sent again', () =>
  inFolder(async (folder) => {
    const made = madeStore();
    const journal = await DecisionJournal.open(join(folder, 'first'), { run: 'r1' });
    await using first = drainInto(journal, made.connect);
    await journal.record(entry('1'));
    await first.drained();
    await journal.record(entry('2'));
    await first.drained();
    // What a kill leaves.
    await cp(join(folder, 'first'), join(folder, 'second'), { recursive: true });
    const again = await DecisionJournal.open(join(folder, 'second'), { run: 'r2' });
    await using second = drainInto(again, made.connect);
    await again.record(entry('3'));
    await second.drained();
    assert.deepEqual([...made.rows].sort(), expected('1', '2', '3'));
  }));

test('a torn end was never acknowledged; what comes after it in the next run is read by the one after', () =>
  inFolder(async (folder) => {
    for (const run of ['r1', 'r2']) {
      const journal = await DecisionJournal.open(folder, { run });
      assert.deepEqual(journal.notices, []);
      await journal.record(entry(`${run}a`));
      await journal.record(entry(`${run}b`));
      await journal.close(0);
      const last = join(folder, (await readdir(folder)).sort().at(-1)!);
      await truncate(last, (await readFile(last)).length - 7);
    }
    const journal = await DecisionJournal.open(folder, { run: 'r3' });
    assert.deepEqual(journal.notices, []);
    const { rows, connect } = madeStore();
    await using drain = drainInto(journal, connect);
    await drain.drained();
    assert.deepEqual([...rows].sort(), expected('r1a', 'r2a'));
  }));

test('behind damage whole entries are saved, and the damaged file is kept for a look', () =>
  inFolder(async (folder) => {
    const journal = await DecisionJournal.open(folder, { run: 'r1' });
    for (const id of ['1', '2', '3']) await journal.record(entry(id));
    await journal.close(0);
    const [name] = await readdir(folder);
    const bytes = await readFile(join(folder, name!));
    bytes[bytes.indexOf('["2"') + 2] = 0x58;
    await writeFile(join(folder, name!), bytes);
    const again = await DecisionJournal.open(folder, { run: 'r2' });
    assert.match(again.notices[0]!.message, /checksum/);
    assert.ok((await readdir(folder)).some((one) => one.endsWith('.damaged')));
    const { rows, connect } = madeStore();
    await using drain = drainInto(again, connect);
    await drain.drained();
    assert.deepEqual([...new Set(rows)].sort(), [...new Set(expected('1', '3'))].sort());
  }));

test('a journal has a limit, and room again when the store has its entries', () =>
  inFolder(async (folder) => {
    const journal = await DecisionJournal.open(folder, { run: 'r', limit: 1_500_000 });
    const big = 'x'.repeat(800_000);
    await journal.record(entry('1', big));
    assert.equal(journal.hasRoom, true);
    await journal.record(entry('2', big));
    assert.equal(journal.hasRoom, false);
    // What was let in before still finds room, but not without end.
    await journal.record(entry('3', 'x'.repeat(128 << 20)));
    await assert.rejects(journal.record(entry('4')), { code: 'GATE0010' });
    const { connect } = madeStore();
    await using drain = drainInto(journal, connect);
    await drain.drained();
    assert.equal(journal.hasRoom, true);
    assert.equal(journal.size, 0);
  }));

test('messages for the quarantine have a part of the journal, counted across runs; what is for others has the rest', () =>
  inFolder(async (folder) => {
    const held = (id: string): Entry => ({
      ...entry(id),
      kept: { as: 'quarantined', bytes: Buffer.alloc(200_000, id) },
    });
    const limit = 1_000_000;
    {
      const journal = await DecisionJournal.open(folder, { run: 'r1', limit });
      await journal.record(entry('1', 'x'.repeat(300_000)));
      await journal.record(held('2'));
      assert.equal(journal.hasRoomToKeep, true);
      await journal.record(held('3'));
      assert.deepEqual([journal.hasRoomToKeep, journal.hasRoom], [false, true]);
      await journal.close(0);
    }
    const journal = await DecisionJournal.open(folder, { run: 'r2', limit });
    const { connect } = madeStore();
    const over = new AbortController();
    for await (const { last } of journal.groups(0, over.signal)) if (last === journal.sequence) over.abort();
    assert.deepEqual([journal.hasRoomToKeep, journal.hasRoom], [false, true]);
    await using drain = drainInto(journal, connect);
    await drain.drained();
    assert.equal(journal.hasRoomToKeep, true);
  }));

test('the quarantine stops before the disk is so full that other mail has to', () =>
  inFolder(async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    const journal = await DecisionJournal.open(folder, { run: 'r', reserve: Math.floor((bavail * bsize) / 1.5) });
    assert.deepEqual([journal.hasRoomToKeep, journal.hasRoom], [false, true]);
    await journal.close(0);
  }));

/** A disk that can be full, and is no more once a ballast is thrown off. */
function fullDisk() {
  const disk = { isFull: false };
  const openFile = async (path: string) => {
    const file = await open(path, 'ax');
    return {
      writev: async (parts: readonly Buffer[]) => {
        if (!disk.isFull) return file.writev(parts);
        await file.writev([parts[0]!.subarray(0, 3)]);
        throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      },
      datasync: () => file.datasync(),
      truncate: (length?: number) => file.truncate(length),
      close: () => file.close(),
    } as unknown as Awaited<ReturnType<typeof open>>;
  };
  return { disk, openFile };
}

test('a full disk is told to who records, and what was written of it is nothing', () =>
  inFolder(async (folder) => {
    const { disk, openFile } = fullDisk();
    const journal = await DecisionJournal.open(folder, { run: 'r', openFile });
    await journal.record(entry('1'));
    disk.isFull = true;
    await assert.rejects(journal.record(entry('2')), { code: 'STORE0003' });
    disk.isFull = false;
    await journal.record(entry('3'));
    const { rows, connect } = madeStore();
    await using drain = drainInto(journal, connect);
    await drain.drained();
    assert.deepEqual([...rows].sort(), expected('1', '3'));
  }));

test('a full disk with a ballast: what is under way is written, nothing more is let in, and all reaches the store once', () =>
  inFolder(async (folder) => {
    const { disk, openFile } = fullDisk();
    class Thrown extends Ballast {
      override async drop(): Promise<void> {
        await super.drop();
        disk.isFull = false;
      }
    }
    const ballast = new Thrown(join(folder, 'ballast'), 1_000_000);
    const journal = await DecisionJournal.open(join(folder, 'journal'), {
      ...{ run: 'r', openFile, ballast },
      clock: () => 0,
    });
    assert.equal(ballast.isTaken, true);
    disk.isFull = true;
    const ids = Array.from({ length: 20 }, (_, id) => String(id));
    // One is written alone, the others wait for it and come together: groups fail, and come again behind others.
    await Promise.all(ids.map((id) => journal.record(entry(id))));
    assert.equal(ballast.isTaken, false);
    assert.equal(journal.hasRoom, false);
    const { rows, connect } = madeStore();
    const drain = drainInto(journal, connect);
    await drain.drained();
    await drain[Symbol.asyncDispose]();
    assert.deepEqual([...rows].sort(), expected(...ids));
  }));

test('where the disk has less left than the reserve there is no room', () =>
  inFolder(async (folder) => {
    const journal = await DecisionJournal.open(folder, { run: 'r', reserve: Number.MAX_SAFE_INTEGER });
    assert.equal(journal.hasRoom, false);
    await journal.close(0);
  }));
