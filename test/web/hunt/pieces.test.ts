import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editorSchema, parametersIn } from '../../../web/src/editor/schema.ts';
import { withLine } from '../../../web/src/hunt/add-line.ts';
import { parametersFor } from '../../../web/src/hunt/parameters.ts';
import { countProblems, problemsOf } from '../../../web/src/hunt/problems.ts';
import { filterTree, rowsOf, schemaTree, valueNodes } from '../../../web/src/hunt/schema-tree.ts';
import { anyTime, boundsOf, customRange, rangeName, readTimeRange } from '../../../web/src/hunt/time-range.ts';

const NOW = Date.UTC(2026, 6, 18, 12);

test('a time range says from when to when by the clock of the server', () => {
  assert.deepEqual(boundsOf(anyTime, NOW), {});
  assert.deepEqual(boundsOf({ kind: 'last', hours: 24 }, NOW), { from: '2026-07-17T12:00:00.000Z' });
  const custom = customRange('2026-07-18 14:00', '2026-07-19');
  assert.deepEqual(custom && boundsOf(custom, NOW), {
    from: '2026-07-18T14:00:00.000Z',
    to: '2026-07-19T00:00:00.000Z',
  });
  assert.equal(customRange('2026-07-19', '2026-07-18'), undefined);
  assert.equal(customRange('soon', ''), undefined);
  assert.deepEqual(customRange('', ''), anyTime);
});

test('the name of a range tells what else limits the time', () => {
  assert.equal(rangeName(anyTime, false), 'Any time');
  assert.equal(rangeName(anyTime, true), 'Set in query');
  assert.equal(rangeName({ kind: 'last', hours: 168 }, false), 'Last 7 days');
  assert.equal(rangeName({ kind: 'last', hours: 168 }, true), 'Last 7 days + query');
  assert.equal(
    rangeName({ kind: 'custom', from: '2026-07-18T14:00:00.000Z', to: '' }, false),
    'Since 2026-07-18 14:00',
  );
});

test('a range that was kept comes back', () => {
  for (const range of [
    anyTime,
    { kind: 'last', hours: 3 },
    { kind: 'custom', from: '2026-07-18T14:00:00.000Z', to: '' },
  ])
    assert.deepEqual(readTimeRange(JSON.parse(JSON.stringify(range))), range);
  for (const kept of [null, 1, {}, { kind: 'last', hours: 0 }, { kind: 'custom', from: 'x', to: '' }])
    assert.equal(readTimeRange(kept), undefined);
});

/** A query, and it with a filter. */
const lines: readonly [query: string, with_: string][] = [
  ['A', 'A\n| where x'],
  ['A\n| take 1;', 'A\n| take 1\n| where x;'],
  ['A\n| render timechart', 'A\n| where x\n| render timechart'],
  [
    'A | summarize count() by b | render piechart with (title="a")',
    'A | summarize count() by b\n| where x\n| render piechart with (title="a")',
  ],
  ['A\n| where Text has "| render"\n| count', 'A\n| where Text has "| render"\n| count\n| where x'],
];
for (const [query, expected] of lines)
  test(`a filter for ${JSON.stringify(query)}`, () => assert.equal(withLine(query, '| where x'), expected));

test('a query is given the values that it declares, and no empty ones', () => {
  const values = { days: '7', who: ' ', other: 'x' };
  assert.deepEqual(parametersFor('declare query_parameters(days:long, who:string = "a"); A', values), { days: '7' });
  assert.deepEqual(parametersFor('A | where days == 7', values), {});
});

test('problems stand at their place in the whole text, the worst first', () => {
  const span = { start: 4, length: 2 };
  const problems = problemsOf(
    {
      diagnostics: [{ severity: 'Warning', code: 'KS1', message: 'w', span }],
      refusal: { code: 'KQL0002', message: 'no', advice: 'else', span },
      warnings: [{ code: 'WARN0002', message: 'never', span }],
      sql: [],
      parameters: [],
      limitsTime: false,
    },
    100,
  );
  assert.deepEqual(
    problems.map(({ severity, code, start }) => [severity, code, start]),
    [
      ['error', 'KQL0002', 104],
      ['warning', 'KS1', 104],
      ['warning', 'WARN0002', 104],
    ],
  );
  assert.equal(countProblems(problems), '1 error, 2 warnings');
  assert.equal(countProblems([]), '');
});

const schema = {
  database: 'mail',
  version: '1',
  now: '2026-07-18T12:00:00Z',
  tables: [
    {
      name: 'EmailEvents',
      rows: 20_000,
      from: '2026-07-01T00:00:00Z',
      to: '2026-07-18T00:00:00Z',
      columns: [
        { name: 'Subject', type: 'string' },
        { name: 'EmailDirection', type: 'string', holds: '"Inbound"', values: ['Inbound'] },
      ],
    },
    { name: 'with', rows: 0, from: null, to: null, columns: [{ name: 'a b', type: 'long' }] },
  ],
  functions: [
    { name: 'F', parameters: '(T:(IP:string), At:datetime=datetime(null), n:int64 = 1)', body: '{ T }', stored: true },
  ],
  watchlists: [
    {
      alias: 'VIP',
      columns: [
        { name: 'SearchKey', type: 'string' },
        { name: 'Mail', type: 'string' },
      ],
    },
  ],
};

test('the schema tree: tables with rows first, names as a query has to write them', () => {
  const tree = schemaTree(schema);
  assert.deepEqual(
    tree.map(({ name, note }) => [name, note]),
    [
      ['Tables', '1'],
      ['Functions', '1'],
      ['Watchlists', '1'],
      ['Tables without rows', '1'],
    ],
  );
  const [filled, , lists, empty] = tree;
  assert.deepEqual([filled?.children[0]?.insert, filled?.children[0]?.note], ['EmailEvents', '20K']);
  assert.deepEqual([empty?.children[0]?.insert, empty?.children[0]?.children[0]?.insert], ['["with"]', '["a b"]']);
  assert.equal(lists?.children[0]?.insert, '_GetWatchlist("VIP")');
});

test('a search keeps what it finds and what that is in', () => {
  const [tables] = filterTree(schemaTree(schema), 'direct');
  assert.deepEqual(
    tables?.children.map(({ name, children }) => [name, children.map((child) => child.name)]),
    [['EmailEvents', ['EmailDirection']]],
  );
  assert.equal(filterTree(schemaTree(schema), 'email events')[0]?.children[0]?.children.length, 2);
  assert.deepEqual(filterTree(schemaTree(schema), 'nothing'), []);
});

test('rows: levels and places of what is open, values below their column', () => {
  const tree = schemaTree(schema);
  const column = tree[0]?.children[0]?.children[1];
  assert.ok(column);
  const values = valueNodes(column, [{ value: 'Inbound', count: 1200 }]);
  const open = new Set(['group tables', 'table EmailEvents', column.id]);
  const rows = rowsOf(tree, ({ id }) => open.has(id), new Map([[column.id, values]]));
  assert.deepEqual(
    rows.map(({ node, level, place, of }) => [node.name, level, place, of]),
    [
      ['Tables', 1, 1, 4],
      ['EmailEvents', 2, 1, 1],
      ['Subject', 3, 1, 2],
      ['EmailDirection', 3, 2, 2],
      ['Inbound', 4, 1, 1],
      ['Functions', 1, 2, 4],
      ['Watchlists', 1, 3, 4],
      ['Tables without rows', 1, 4, 4],
    ],
  );
  assert.deepEqual([rows[4]?.node.insert, rows[4]?.node.note], ['"Inbound"', '1.2K']);
  const time = { ...column, note: 'datetime' };
  assert.equal(
    valueNodes(time, [{ value: '2026-07-18T00:00:00Z', count: 1 }])[0]?.insert,
    'datetime(2026-07-18T00:00:00Z)',
  );
});

test("the editor's schema: parameters by types that Microsoft's service knows", () => {
  assert.deepEqual(parametersIn(schema.functions[0]!.parameters), [
    { name: 'T', columns: [{ name: 'IP', type: 'string' }] },
    { name: 'At', type: 'datetime', cslDefaultValue: 'datetime(null)' },
    { name: 'n', type: 'dynamic', cslDefaultValue: '1' },
  ]);
  const { database } = editorSchema(schema);
  assert.deepEqual(
    database.functions.map(({ name }) => name),
    ['F', '_GetWatchlist', '_GetWatchlistAlias'],
  );
  assert.match(database.functions[1]!.body, /SearchKey:string.*Mail:string/);
  assert.equal(database.functions[1]!.body.match(/SearchKey/g)?.length, 1);
});
