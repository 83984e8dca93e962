/** What is loaded by what is remembered, against a plain account of what the store's rules say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Batch, openStore, type Store } from '../../src/store/index.ts';
import { clicks, DAY, inFolder, mail, NEW_YEAR, relationOf, texts } from './rig.ts';

type Report = [id: string, to: string, subject: string, day: number];

/** A linear congruential generator: the same batches in every run. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((state / 0x8000_0000) * below);
  };
}

/** Reports of things that have a key, as the store's rules say: the same one again is none, the last that is new is seen. */
class Account {
  readonly #reports = new Map<string, string[]>();
  duplicates = 0;
  stored = 0;
  readonly rows: Report[] = [];
  /** Whether a row that came in was of an earlier day than the one before it, stored or not. */
  isDisordered = false;
  #day = 0;

  take(reports: readonly Report[]): void {
    for (const report of reports) {
      this.isDisordered ||= report[3] < this.#day;
      this.#day = report[3];
      const key = JSON.stringify(report.slice(0, 2));
      const all = this.#reports.get(key) ?? [];
      this.#reports.set(key, all);
      const text = JSON.stringify(report);
      if (all.includes(text)) this.duplicates++;
      else {
        all.push(text);
        this.stored++;
        this.rows.push(report);
      }
    }
  }

  get seen(): readonly string[] {
    return [...this.#reports.values()].map((all) => all.at(-1)!).sort();
  }

  get superseded(): number {
    return this.stored - this.#reports.size;
  }
}

const seen = async (store: Store): Promise<readonly string[]> =>
  (
    await texts(
      store,
      `SELECT json_array("NetworkMessageId", "RecipientEmailAddress", "Subject",
        ("Timestamp" - ${NEW_YEAR}) // ${DAY})::VARCHAR FROM ${relationOf(store, 'EmailEvents')}`,
    )
  ).toSorted();

async function agrees(store: Store, account: Account): Promise<void> {
  assert.deepEqual(await seen(store), account.seen);
  const { stored, duplicates, superseded, rejected } = store.counts;
  assert.deepEqual(
    { stored, duplicates, superseded, rejected },
    { stored: account.stored, duplicates: account.duplicates, superseded: account.superseded, rejected: 0 },
  );
  const seqs = await texts(store, 'SELECT _ingest_seq::VARCHAR FROM "EmailEvents"');
  assert.equal(new Set(seqs).size, account.stored, 'each row has a number of its own');
}

/** How often a report of before comes again, in a hundred; how often one with another subject; how often time goes back. */
const mixes = [
  { what: 'all is new and in order', again: 0, changed: 0, back: 0 },
  { what: 'now and then something comes again', again: 1, changed: 1, back: 0 },
  { what: 'much comes again, in no order', again: 20, changed: 20, back: 30 },
  { what: 'all is new, time goes back', again: 0, changed: 0, back: 3 },
  { what: 'all in order, but changed', again: 0, changed: 10, back: 0 },
] as const;

for (const [seed, { what, again, changed, back }] of mixes.entries()) {
  test(`many small batches: ${what}`, () =>
    inFolder(async (folder) => {
      const random = numbersFrom(seed + 1);
      await using store = await openStore(folder, { idle: 0 });
      const account = new Account();
      let day = 0;
      for (let round = 0; round < 40; round++) {
        const batches = Array.from({ length: 1 + random(3) }, () =>
          Array.from({ length: 1 + random(12) }, (): Report => {
            day += random(20) === 0 ? 1 : 0;
            const old = account.rows[random(account.rows.length)];
            const dice = random(100);
            if (old !== undefined && dice < again) return old;
            if (old !== undefined && dice < again + changed) return [old[0], old[1], `${random(1e6)}`, day];
            const at = random(100) < back ? random(day + 1) : day;
            return [`m${random(1e9)}`, `r${random(5)}`, `${random(1e6)}`, at];
          }),
        );
        // Batches that are appended together go into one transaction, one after the other.
        await Promise.all(batches.map((reports) => store.append(mail(reports, { id: 'f', position: round + 1 }))));
        await store.flush();
        for (const reports of batches) account.take(reports);
        if (round % 8 === 7) await agrees(store, account);
        // What somebody else does to the tables in between changes nothing of it.
        if (round === 33) await store.retain(0n);
      }
      await agrees(store, account);
      assert.deepEqual(await store.compact(), account.isDisordered ? ['EmailEvents'] : []);
      await agrees(store, account);
    }));
}

const days: readonly { what: string; batches: readonly (readonly number[])[]; disordered: boolean }[] = [
  { what: 'days that rise', batches: [[1, 1], [1, 2], [2]], disordered: false },
  { what: 'a day before that of the row before', batches: [[1], [3, 2]], disordered: true },
  {
    what: 'a day before that of a row stored earlier',
    batches: [
      [1, 3],
      [2, 2],
    ],
    disordered: true,
  },
];

for (const { what, batches, disordered } of days) {
  test(`${what}: ${disordered ? 'to be put in order' : 'in order'}`, () =>
    inFolder(async (folder) => {
      await using store = await openStore(folder, { idle: 0 });
      for (const [n, batch] of batches.entries()) {
        await store.append(mail(batch.map((day, at) => [`m${n}.${at}`, 'r', 's', day])));
        await store.flush();
      }
      assert.deepEqual(await store.compact(), disordered ? ['EmailEvents'] : []);
    }));
}

const good = (n: number): Batch => mail([[`m${n}`, 'r', 'good', n]]);
const bad = (n: number): Batch => ({ ...good(n), rows: ['["soon","x","r","bad"]', ...good(n).rows] });

test('a cell that is not of its type is set aside, and what follows goes on as before', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder, { idle: 0 });
    for (const [n, batch] of [good(1), good(2), bad(3), good(4), bad(5), good(6)].entries()) {
      await store.append(n === 3 ? { ...batch, rows: ['null', ...batch.rows] } : batch);
      await store.flush();
    }
    assert.equal((await seen(store)).length, 6);
    assert.equal(store.counts.rejected, 3);
    assert.deepEqual(await store.compact(), []);
  }));

test('what a transaction of several tables has to look at is loaded whole, and once', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder, { idle: 0 });
    for (let n = 0; n < 4; n++) {
      await Promise.all([
        store.append(mail([[`m${n}`, 'r', 'a', n]], { id: `f/${n}`, position: 1 })),
        store.append(clicks(['same', 'same', `u${n}`], { id: 'f', position: n + 1 })),
      ]);
      await store.flush();
    }
    assert.deepEqual(store.counts, { stored: 16, duplicates: 0, superseded: 0, rejected: 0 });
    // Read anew, it is known.
    await store.append(clicks(['same', 'same', 'u0'], { id: 'f', position: 1 }));
    await store.flush();
    assert.deepEqual(store.counts, { stored: 16, duplicates: 3, superseded: 0, rejected: 0 });
  }));
