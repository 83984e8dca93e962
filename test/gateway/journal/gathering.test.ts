import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DecisionJournal, type Entry, type GateStore, startDrain } from '../../../src/gateway/journal/index.ts';
import { least } from '../../in-time.ts';
import { inFolder } from '../../store/rig.ts';
import { AT } from '../gate-rig.ts';

const entry = (id: string): Entry => ({
  id,
  at: AT,
  tables: [{ table: 'EmailEvents', columns: ['NetworkMessageId'], rows: [JSON.stringify([id])] }],
});

/** A store that notes how many rows each batch brought. */
function countingStore() {
  const batches: number[] = [];
  const store: GateStore = {
    append: async ({ rows }) => {
      batches.push(rows.length);
      return { sequence: 0 };
    },
    flush: async () => {},
    position: async () => 0,
    keep: async () => {},
    close: async () => {},
  };
  return { batches, connect: async () => store };
}

const drainInto = (journal: DecisionJournal, connect: () => Promise<GateStore>) =>
  startDrain(journal, { connect, quarantine: async () => {}, onTrouble: () => {} });

test('the first entry goes at once, those that come soon after it together and within a second', () =>
  inFolder(async (folder) => {
    const journal = await DecisionJournal.open(folder, { run: 'r' });
    const { batches, connect } = countingStore();
    await using _ = drainInto(journal, connect);
    for (const id of ['1', '2', '3', '4']) {
      await journal.record(entry(id));
      await sleep(50);
    }
    assert.deepEqual(batches, [1]);
    await sleep(800);
    assert.deepEqual(batches, [1, 3]);
  }));

test('who waits for the entries need not wait for others to come', () =>
  inFolder(async (folder) => {
    const journal = await DecisionJournal.open(folder, { run: 'r' });
    const { batches, connect } = countingStore();
    await using drain = drainInto(journal, connect);
    await journal.record(entry('1'));
    let last = 1;
    const took = await least(400, async () => {
      await sleep(50);
      await journal.record(entry(String(++last)));
      const start = performance.now();
      await drain.drained();
      return performance.now() - start;
    });
    assert.ok(took < 400, `${took} ms`);
    assert.deepEqual(batches, new Array(last).fill(1));
  }));

test('who waits for entries leaves nothing at his signal, however many have come, and ends when it aborts', () =>
  inFolder(async (folder) => {
    const journal = await DecisionJournal.open(folder, { run: 'r' });
    const end = new AbortController();
    const listeners = (): number => getEventListeners(end.signal, 'abort').length;
    let entries = 0;
    const reading = (async () => {
      for await (const group of journal.groups(0, end.signal)) entries += group.entries.length;
    })();
    for (let number = 1; number <= 100; number++) {
      await journal.record(entry(String(number)));
      while (entries < number || listeners() === 0) await sleep(0);
    }
    assert.equal(listeners(), 1);
    end.abort();
    await reading;
    assert.equal(listeners(), 0);
    await journal.close(0);
  }));

test('a signal that aborts while the journal is looked through ends the wait for more', () =>
  inFolder(async (folder) => {
    const journal = await DecisionJournal.open(folder, { run: 'r' });
    const end = new AbortController();
    const next = journal.groups(0, end.signal).next();
    end.abort();
    assert.deepEqual(await Promise.race([next, sleep(2000, 'it waits', { ref: false })]), {
      value: undefined,
      done: true,
    });
    await journal.close(0);
  }));
