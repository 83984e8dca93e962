import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { movedSpot } from '../../../web/src/grid/parts/move-spot.ts';
import { slotsFor } from '../../../web/src/grid/parts/slots.ts';
import type { KqlType } from '../../../web/src/grid/values/cell-text.ts';
import { compareKeys, orderKeyOf } from '../../../web/src/grid/values/order-key.ts';
import { EmptyColumns, layoutOf, moveColumn, shownColumns } from '../../../web/src/grid/view/columns.ts';
import { distinctValues } from '../../../web/src/grid/view/distinct-values.ts';
import { type ColumnFilter, filterRows, testOf } from '../../../web/src/grid/view/filter.ts';
import { findText, MOST_PLACES } from '../../../web/src/grid/view/find.ts';
import { groupRows } from '../../../web/src/grid/view/group.ts';
import { linesOf, plainLines } from '../../../web/src/grid/view/lines-of.ts';
import { paceOf } from '../../../web/src/grid/view/paced.ts';
import { sortRows } from '../../../web/src/grid/view/sort.ts';
import { cycleSort, setFilter, toggleGrouping, viewStateOf } from '../../../web/src/grid/view/view-state.ts';
import { isWithin, least } from '../../in-time.ts';
import { atOnce } from './pace.ts';

const numbers = (rows: number) => Uint32Array.from({ length: rows }, (_, i) => i);

describe('sorting', () => {
  it('gives what a plain sort gives, and keeps equal rows in their order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.option(fc.integer({ min: -3, max: 3 })), fc.constantFrom('a', 'B', '')), {
          maxLength: 60,
        }),
        fc.boolean(),
        async (rows, descending) => {
          const types: KqlType[] = ['long', 'string'];
          const sorted = await sortRows(
            rows,
            types,
            numbers(rows.length),
            [
              { column: 1, descending },
              { column: 0, descending: !descending },
            ],
            atOnce,
          );
          const keys = types.map(orderKeyOf);
          const plain = [...numbers(rows.length)].sort(
            (a, b) =>
              compareKeys(keys[1]!(rows[a]![1]), keys[1]!(rows[b]![1]), descending) ||
              compareKeys(keys[0]!(rows[a]![0]), keys[0]!(rows[b]![0]), !descending) ||
              a - b,
          );
          assert.deepEqual([...sorted], plain);
        },
      ),
      { numRuns: 60 },
    );
  });
  it('sorts more rows than one block', async () => {
    const rows = Array.from({ length: 20_011 }, (_, i) => [(i * 7919) % 20_011]);
    const sorted = await sortRows(rows, ['long'], numbers(rows.length), [{ column: 0, descending: true }], atOnce);
    assert.deepEqual(
      [...sorted.slice(0, 3)].map((row) => rows[row]![0]),
      [20_010, 20_009, 20_008],
    );
    assert.ok(sorted.every((row, i) => i === 0 || rows[sorted[i - 1]!]![0]! >= rows[row]![0]!));
  });
  it('sorts only the rows that are kept', async () => {
    const sorted = await sortRows(
      [[3], [1], [2]],
      ['long'],
      Uint32Array.of(0, 2),
      [{ column: 0, descending: false }],
      atOnce,
    );
    assert.deepEqual([...sorted], [2, 0]);
  });
  it('never holds the page up for long, over 100,000 rows', async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => [`sender${(i * 7919) % 99_991}@contoso.example`, i % 7]);
    const state = cycleSort(setFilter(viewStateOf([]), 1, { from: '1' }), 0, false);
    const took = await least(200, async () => {
      let longest = 0;
      let last = performance.now();
      const pace = paceOf(new AbortController().signal);
      const looked = {
        rest: () => {
          longest = Math.max(longest, performance.now() - last);
          const rest = pace.rest();
          last = performance.now();
          return rest?.then(() => {
            last = performance.now();
          });
        },
      };
      const { order } = await linesOf(rows, ['string', 'long'], state, looked);
      assert.equal(order.length, rows.filter(([, n]) => Number(n) >= 1).length);
      return longest;
    });
    assert.ok(isWithin(took, 200), `one piece of the work took ${took} ms`);
  });
  it('can be given up', async () => {
    const giveUp = new AbortController();
    const work = sortRows(
      Array.from({ length: 50_000 }, (_, i) => [i]),
      ['long'],
      numbers(50_000),
      [{ column: 0, descending: true }],
      paceOf(giveUp.signal),
    );
    giveUp.abort();
    await assert.rejects(work, { name: 'AbortError' });
  });
});

describe('filters', () => {
  const keeps = (filter: ColumnFilter, type: KqlType, cell: unknown) => testOf(filter, type)(cell);
  const cases: [string, ColumnFilter, KqlType, unknown, boolean][] = [
    ['a value', { values: { only: true, names: new Set(['a']) } }, 'string', 'a', true],
    ['another value', { values: { only: true, names: new Set(['a']) } }, 'string', 'b', false],
    ['null is not the empty text', { values: { only: true, names: new Set([null]) } }, 'dynamic', '', false],
    ['all but null', { values: { only: false, names: new Set([null]) } }, 'long', null, false],
    ['text in any case', { text: 'PAY' }, 'string', 'please pay', true],
    ['not that text', { text: '!pay' }, 'string', 'please pay', false],
    ['text in a dynamic', { text: '"dmarc"' }, 'dynamic', { DMARC: 'fail' }, true],
    ['exactly at the ends', { from: '5', to: '5' }, 'long', 5, true],
    ['a long beyond 2^53 from', { from: '9007199254740993' }, 'long', '9007199254740992', false],
    ['the same', { from: '9007199254740993' }, 'long', '9007199254740993', true],
    ['to a day is the whole day', { to: '2026-07-18' }, 'datetime', '2026-07-18T23:59:59.9999999Z', true],
    ['and not the next', { to: '2026-07-18' }, 'datetime', '2026-07-19T00:00:00.0000000Z', false],
    ['from a minute', { from: '2026-07-18 14:08' }, 'datetime', '2026-07-18T14:08:00.0000000Z', true],
    ['before it', { from: '2026-07-18 14:08' }, 'datetime', '2026-07-18T14:07:59.9999999Z', false],
    ['a timespan', { to: '1.00:00:00' }, 'timespan', '23:00:00', true],
    ['null is in no range', { from: '0' }, 'long', null, false],
    ['an end that is no value filters nothing', { from: 'soon' }, 'datetime', '2026-07-18T14:07:59.9999999Z', true],
    ['a decimal', { from: '0.1' }, 'decimal', '0.10000000000000000001', true],
  ];
  for (const [name, filter, type, cell, kept] of cases) it(name, () => assert.equal(keeps(filter, type, cell), kept));
  it('all columns must agree', async () => {
    const filters = new Map([
      [0, { text: 'a' }],
      [1, { from: '2' }],
    ]);
    const kept = await filterRows(
      [
        ['a', 1],
        ['a', 2],
        ['b', 3],
      ],
      ['string', 'long'],
      filters,
      atOnce,
    );
    assert.deepEqual([...kept], [1]);
  });
});

describe('values of a column', () => {
  it('are counted, the commonest first, null apart from empty', async () => {
    const { values, more } = await distinctValues(
      [['a'], ['b'], ['b'], [null], ['']],
      [0, 1, 2, 3, 4],
      { column: 0, type: 'string' },
      atOnce,
    );
    assert.deepEqual(values[0], { name: 'b', count: 2 });
    assert.equal(values.length, 4);
    assert.equal(more, false);
  });
  it('says when there are too many', async () => {
    const rows = Array.from({ length: 10_002 }, (_, i) => [i]);
    const { values, more } = await distinctValues(rows, rows.keys(), { column: 0, type: 'long' }, atOnce);
    assert.equal(values.length, 10_000);
    assert.equal(more, true);
  });
});

describe('groups', () => {
  const rows = [
    ['NO', 'a'],
    ['SE', 'a'],
    ['NO', 'b'],
    ['NO', 'a'],
  ];
  const grouped = (open: (path: string) => boolean, by = [0, 1]) =>
    groupRows(numbers(4), { rows, types: ['string', 'string'], by, isOpen: open, pace: atOnce });
  it('are closed and counted', async () => {
    const { lines, groups } = await grouped(() => false);
    assert.deepEqual([...lines], [-1, -2]);
    assert.deepEqual(
      groups.map(({ name, count }) => [name, count]),
      [
        ['NO', 3],
        ['SE', 1],
      ],
    );
  });
  it('are nested', async () => {
    const { lines, groups } = await grouped(() => true);
    assert.deepEqual(
      groups.map(({ depth, name }) => [depth, name]),
      [
        [0, 'NO'],
        [1, 'a'],
        [1, 'b'],
        [0, 'SE'],
        [1, 'a'],
      ],
    );
    assert.deepEqual([...lines], [-1, -2, 0, 3, -3, 2, -4, -5, 1]);
  });
  it('are named by where they are: the same value elsewhere is another group', async () => {
    const { groups } = await grouped(() => true);
    assert.equal(new Set(groups.map(({ path }) => path)).size, 5);
  });
  it('of three columns at most', () => {
    const state = [0, 1, 2, 3].reduce(toggleGrouping, viewStateOf([]));
    assert.deepEqual(state.groups, [0, 1, 2]);
  });
});

describe('finding', () => {
  it('goes by lines and columns as they are shown, past heads of groups', async () => {
    const rows = [
      ['Xa', 'b'],
      ['c', 'xd'],
    ];
    const found = await findText('x', rows, ['string', 'string'], { lines: [1, -1, 0], columns: [1, 0] }, atOnce);
    assert.deepEqual(found.places, [
      { line: 0, column: 1 },
      { line: 2, column: 0 },
    ]);
  });
  it('stops counting', async () => {
    const rows = Array.from({ length: MOST_PLACES + 5 }, () => ['x']);
    const found = await findText('x', rows, ['string'], { lines: plainLines(rows.length).lines, columns: [0] }, atOnce);
    assert.equal(found.places.length, MOST_PLACES);
    assert.equal(found.more, true);
  });
});

describe('columns', () => {
  const columns = ['a', 'b', 'c', 'd'].map((name) => ({ name, type: 'string' as const }));
  const names = (layout: ReturnType<typeof layoutOf>, empty: number[] = []) =>
    shownColumns(columns, layout, { guesses: [], empty: new Set(empty) })
      .map(({ column }) => column.name)
      .join('');
  it('stand pinned first, without hidden and empty ones', () => {
    assert.equal(names({ ...layoutOf(columns), pinned: new Set([2]), hidden: new Set([0]) }), 'cbd');
    assert.equal(names({ ...layoutOf(columns), hideEmpty: true }, [1]), 'acd');
    assert.equal(names(layoutOf(columns), [1]), 'abcd');
  });
  it('move to where another stands', () => {
    assert.equal(names(moveColumn(layoutOf(columns), 0, 2)), 'bcad');
    assert.equal(names(moveColumn(layoutOf(columns), 3, 1)), 'adbc');
  });
  it('are empty until a row says otherwise', () => {
    const rows: unknown[][] = [[null, '', 0, false]];
    const empty = new EmptyColumns(columns);
    assert.deepEqual([...empty.of(rows)], [0, 1]);
    rows.push(['x', '', null, null]);
    assert.deepEqual([...empty.of(rows)], [1]);
  });
});

describe('slots', () => {
  it('stay with their lines and pass to others when those go', () => {
    const first = slotsFor(new Map(), [0, 1, 2]);
    const next = slotsFor(first, [2, 3, 1]);
    assert.equal(next.get(1), first.get(1));
    assert.equal(next.get(2), first.get(2));
    assert.equal(next.get(3), first.get(0));
  });
});

describe('moves of the focus', () => {
  const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey, metaKey: false, altKey: false });
  const size = { lines: 100, columns: 5, page: 10 };
  const cases: [string, boolean, [number, number], [number, number]][] = [
    ['ArrowDown', false, [0, 0], [1, 0]],
    ['ArrowUp', false, [0, 0], [-1, 0]],
    ['ArrowUp', false, [-1, 0], [-1, 0]],
    ['PageDown', false, [95, 1], [99, 1]],
    ['PageUp', false, [5, 1], [0, 1]],
    ['Home', false, [5, 3], [5, 0]],
    ['End', true, [5, 3], [99, 4]],
    ['Home', true, [5, 3], [0, 0]],
    ['ArrowRight', false, [5, 4], [5, 4]],
    ['ArrowDown', true, [5, 2], [99, 2]],
  ];
  for (const [name, control, [line, at], [toLine, toAt]] of cases)
    it(`${control ? 'Ctrl+' : ''}${name} from ${line},${at}`, () =>
      assert.deepEqual(movedSpot(key(name, control), { line, at }, size), { line: toLine, at: toAt }));
  it('leaves other keys alone', () => assert.equal(movedSpot(key('x'), { line: 0, at: 0 }, size), undefined));
});
