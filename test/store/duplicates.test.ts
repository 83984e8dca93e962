import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Batch, openStore } from '../../src/store/index.ts';
import { cells, clicks, inFolder, mail, put } from './rig.ts';

interface Case {
  readonly what: string;
  readonly batches: readonly Batch[];
  readonly table: string;
  readonly column: string;
  readonly seen: readonly string[];
  /** Rows stored, duplicates, superseded. */
  readonly counts: readonly [number, number, number];
}

const of = (id: string, position: number) => ({ id, position });
const onMail = { table: 'EmailEvents', column: 'Subject' };
const onClicks = { table: 'UrlClickEvents', column: 'Url' };
const copy = mail(
  [
    ['m1', 'r', 'a'],
    ['m2', 'r', 'b'],
  ],
  of('f', 2),
);

const cases: readonly Case[] = [
  {
    what: 'different keys stay',
    batches: [
      mail([
        ['m1', 'r', 'a'],
        ['m1', 's', 'a'],
        ['m2', 'r', 'a'],
      ]),
    ],
    ...onMail,
    seen: ['a', 'a', 'a'],
    counts: [3, 0, 0],
  },
  { what: 'the same report again is dropped', batches: [copy, copy], ...onMail, seen: ['a', 'b'], counts: [2, 2, 0] },
  {
    what: 'the same report twice in a batch is one',
    batches: [
      mail([
        ['m1', 'r', 'a'],
        ['m1', 'r', 'a'],
      ]),
    ],
    ...onMail,
    seen: ['a'],
    counts: [1, 1, 0],
  },
  {
    what: 'a newer report is what queries see',
    batches: [
      mail([
        ['m1', 'r', 'a'],
        ['m2', 'r', 'x'],
      ]),
      mail([['m1', 'r', 'b']]),
    ],
    ...onMail,
    seen: ['b', 'x'],
    counts: [3, 0, 1],
  },
  {
    what: 'within a batch the last report wins',
    batches: [
      mail([
        ['m1', 'r', 'a'],
        ['m1', 'r', 'b'],
        ['m1', 'r', 'c'],
      ]),
    ],
    ...onMail,
    seen: ['c'],
    counts: [3, 0, 2],
  },
  {
    what: 'three reports in three batches',
    batches: [mail([['m1', 'r', 'a']]), mail([['m1', 'r', 'b']]), mail([['m1', 'r', 'c']])],
    ...onMail,
    seen: ['c'],
    counts: [3, 0, 2],
  },
  {
    what: 'an old report that comes again changes nothing',
    batches: [mail([['m1', 'r', 'a']]), mail([['m1', 'r', 'b']]), mail([['m1', 'r', 'a']])],
    ...onMail,
    seen: ['b'],
    counts: [2, 1, 1],
  },
  {
    what: 'cells of a key do not run into each other',
    batches: [
      mail([
        ['ab', 'c', '1'],
        ['a', 'bc', '2'],
      ]),
    ],
    ...onMail,
    seen: ['1', '2'],
    counts: [2, 0, 0],
  },
  {
    what: 'a key in another list of columns is the same key',
    batches: [
      mail([['m1', 'r', 'a']]),
      { table: 'EmailEvents', columns: ['RecipientEmailAddress', 'NetworkMessageId'], rows: ['["r","m1"]'] },
    ],
    ...onMail,
    seen: [''],
    counts: [2, 0, 1],
  },
  {
    what: 'the same content in another list of columns is the same report',
    batches: [
      clicks(['u']),
      { table: 'UrlClickEvents', columns: ['Url', 'Timestamp'], rows: ['["u",639028224000000000]'] },
    ],
    ...onClicks,
    seen: ['u'],
    counts: [1, 1, 0],
  },
  {
    what: 'half a key is a key',
    batches: [mail([['m1', '', 'a']]), mail([['m1', '', 'b']])],
    ...onMail,
    seen: ['b'],
    counts: [2, 0, 1],
  },
  {
    what: 'rows with an empty key stand for themselves',
    batches: [
      mail(
        [
          ['', '', 'a'],
          ['', '', 'b'],
          ['', '', 'b'],
        ],
        of('f', 3),
      ),
    ],
    ...onMail,
    seen: ['a', 'b', 'b'],
    counts: [3, 0, 0],
  },
  {
    what: 'equal rows of one source both stay',
    batches: [clicks(['u', 'u', 'v'], of('f', 3))],
    ...onClicks,
    seen: ['u', 'u', 'v'],
    counts: [3, 0, 0],
  },
  {
    what: 'equal rows in two batches of one source both stay',
    batches: [clicks(['u'], of('f', 1)), clicks(['u'], of('f', 2))],
    ...onClicks,
    seen: ['u', 'u'],
    counts: [2, 0, 0],
  },
  {
    what: 'the same source read anew adds nothing',
    batches: [
      clicks(['u', 'u'], of('f', 2)),
      clicks(['u'], of('f', 3)),
      clicks(['u', 'u'], of('f', 2)),
      clicks(['u'], of('f', 3)),
    ],
    ...onClicks,
    seen: ['u', 'u', 'u'],
    counts: [3, 3, 0],
  },
  {
    what: 'a copy of a source adds nothing',
    batches: [clicks(['u', 'u', 'v'], of('f', 3)), clicks(['u'], of('g', 1)), clicks(['u', 'v'], of('g', 3))],
    ...onClicks,
    seen: ['u', 'u', 'v'],
    counts: [3, 3, 0],
  },
  {
    what: 'a source with one more of the same adds one',
    batches: [clicks(['u'], of('f', 1)), clicks(['u'], of('g', 1)), clicks(['u'], of('g', 2))],
    ...onClicks,
    seen: ['u', 'u'],
    counts: [2, 1, 0],
  },
  {
    what: 'without a source the same batch again adds nothing',
    batches: [clicks(['u', 'u']), clicks(['u', 'u'])],
    ...onClicks,
    seen: ['u', 'u'],
    counts: [2, 2, 0],
  },
];

for (const { what, batches, table, column, seen, counts } of cases) {
  test(what, () =>
    inFolder(async (folder) => {
      await using store = await openStore(folder);
      await put(store, ...batches);
      await check(store);
    }),
  );

  test(`${what}, in one transaction and after opening again`, () =>
    inFolder(async (folder) => {
      {
        await using store = await openStore(folder);
        // Appended together, they reach the tables together.
        await Promise.all(batches.map((batch) => store.append(batch)));
        await store.flush();
        await check(store);
      }
      await using store = await openStore(folder);
      assert.deepEqual(await cells(store, table, column), seen);
      assert.equal(store.catalog().tables.find(({ name }) => name === table)!.rows, seen.length);
    }));

  const check = async (store: Awaited<ReturnType<typeof openStore>>) => {
    assert.deepEqual(await cells(store, table, column), seen);
    const { stored, duplicates, superseded } = store.counts;
    assert.deepEqual([stored, duplicates, superseded], counts);
    assert.equal(store.catalog().tables.find(({ name }) => name === table)!.rows, seen.length);
  };
}

test('the relation is the bare table until something is superseded', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    await put(store, copy);
    const before = store.catalog();
    assert.equal(before.tables[0]!.relation, '"EmailEvents"');
    await put(store, mail([['m1', 'r', 'changed']]));
    const after = store.catalog();
    assert.match(after.tables[0]!.relation, /ANTI JOIN/);
    assert.notEqual(after.version, before.version);
    assert.equal(after.tables[1]!.relation, before.tables[1]!.relation);
  }));
