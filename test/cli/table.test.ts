import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeTable } from '../../src/cli/table.ts';
import { widthOf } from '../../src/cli/width.ts';
import type { Column } from '../../src/values/index.ts';

const columns: readonly Column[] = [
  { name: 'Day', type: 'datetime' },
  { name: 'Subject', type: 'string' },
  { name: 'n', type: 'long' },
];

/** The lines of a table of these rows on a terminal of that width. */
async function lines(rows: readonly unknown[][], width = Number.POSITIVE_INFINITY, kind?: string, of = columns) {
  let out = '';
  const visualization = kind === undefined ? undefined : { kind, properties: { title: 'T' } };
  const blocks = (async function* () {
    for (const row of rows) yield [JSON.stringify(row)];
  })();
  const write = async (text: string): Promise<void> => {
    out += text;
  };
  await writeTable({ name: 't', columns: of, blocks, visualization, sql: '' }, { isTerminal: true, width, write });
  return out.trimEnd().split('\n');
}

const day = '2026-07-18T00:00:00.0000000Z';

test('numbers stand at the right, dates lose idle digits', async () => {
  assert.deepEqual(
    await lines([
      [day, 'a', 5],
      ['2026-07-18T01:02:03.1200000Z', 'bc', 1234],
    ]),
    [
      'Day                      Subject     n',
      '───────────────────────  ───────  ────',
      '2026-07-18T00:00:00Z     a           5',
      '2026-07-18T01:02:03.12Z  bc       1234',
      '2 rows',
    ],
  );
});

test('a terminal is not overrun: the widest column gives, with wide letters too', async () => {
  const shown = await lines([[day, '日本語'.repeat(40), 5]], 50);
  assert.ok(
    shown.every((line) => widthOf(line) <= 50),
    shown.join('\n'),
  );
  assert.match(shown[2]!, /語…/);
});

test('more columns than fit become a block a row', async () => {
  const shown = await lines(
    [
      [day, 'long '.repeat(30), 5],
      [null, '', 6],
    ],
    20,
  );
  assert.ok(
    shown.every((line) => widthOf(line) <= 20),
    shown.join('\n'),
  );
  assert.match(shown[0]!, /^── 1 ─/);
  assert.equal(shown.at(-2), 'n        6');
});

test('no rows still show the columns', async () => assert.deepEqual(await lines([]), ['Day  Subject  n', '0 rows']));

test('later rows are cut to the layout of the first thousand', async () => {
  const rows = Array.from({ length: 1100 }, (_, i) => [day, i > 1050 ? 'much longer than before' : 'short', i]);
  const shown = await lines(rows);
  assert.equal(shown.length, 1103);
  assert.match(shown.at(-2)!, /much l…/);
});

test('a time chart of rows, and of an array of make-series', async () => {
  const rows = [2, 4, 8].map((n, i) => [`2026-07-1${i}T00:00:00.0000000Z`, '', n]);
  const drawn = await lines(rows, 80, 'timechart');
  assert.deepEqual(drawn.slice(0, 3), ['T', 'n', '8 │        ████']);
  assert.equal(drawn[9], '0 │████████████');
  assert.match(drawn[11]!, /2026-07-10 2026-07-12/);
  const series: Column[] = [
    { name: 'n', type: 'dynamic' },
    { name: 'Day', type: 'dynamic' },
  ];
  const arrays = await lines([[[2, 4, 8], rows.map(([at]) => at)]], 80, 'timechart', series);
  assert.deepEqual(arrays.slice(0, 12), drawn.slice(0, 12));
});

test('bars by name', async () => {
  const of: Column[] = [
    { name: 'who', type: 'string' },
    { name: 'n', type: 'long' },
  ];
  const drawn = await lines(
    [
      ['a\u001b', 10],
      ['b', 5],
    ],
    30,
    'piechart',
    of,
  );
  assert.deepEqual(drawn.slice(1, 4), ['n', 'a␛  10  ██████████████████████', 'b    5  ███████████']);
});

test('a chart that text cannot draw leaves the table alone', async () => {
  assert.match((await lines([[day, 'a', 1]], 80, 'ladderchart'))[0]!, /^Day/);
});
