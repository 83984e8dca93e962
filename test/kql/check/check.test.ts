import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MailhuntError } from '../../../src/errors/index.ts';
import { type Catalog, checkText, compile, type Surroundings } from '../../../src/kql/index.ts';

const catalog: Catalog = {
  database: 'mail',
  version: 'check',
  tables: [
    {
      name: 'Mail',
      relation: '"Mail"',
      rows: 3,
      columns: [
        { name: 'Timestamp', type: 'datetime' },
        { name: 'Subject', type: 'string' },
        { name: 'Direction', type: 'string' },
        { name: 'Extra', type: 'dynamic' },
      ],
      domains: { Direction: { texts: ['Inbound'], holds: '"Inbound"', instead: [] } },
    },
    { name: 'Lists', relation: '"Lists"', rows: 1, columns: [{ name: 'Id', type: 'string' }] },
  ],
};

const loads: string[] = [];
const surroundings: Surroundings = {
  version: 'check',
  functions: [],
  enrichments: [],
  names: [],
  external: async () => {
    loads.push('external');
    return { rows: '[["x"]]' };
  },
  tables: [
    {
      name: 'List',
      parameters: [{ name: 'name', type: 'string' }],
      columns: () => [{ name: 'Id', type: 'string' }],
      load: async () => {
        loads.push('list');
        return { rows: '[["x"]]' };
      },
    },
  ],
};
const context = { catalog, now: 638_881_776_000_000_000n, surroundings };
const check = (text: string) => checkText(text, context);

test('a mistake is named by its place, once', async () => {
  const { diagnostics, refusal, compiled } = await check('Mail | where Subjekt == ""');
  assert.deepEqual(
    diagnostics.map(({ severity, code, span }) => [severity, code, span.start]),
    [['Error', 'KS142', 13]],
  );
  assert.deepEqual([refusal, compiled], [undefined, undefined]);
});

test('what only we refuse is named beside what Microsoft says', async () => {
  const { diagnostics, refusal } = await check('Mail | where cluster("elsewhere").database("d").T has "x"');
  assert.ok(refusal !== undefined || diagnostics.length > 0);
  const bag = await check('Mail | evaluate bag_unpack(Subject)');
  assert.deepEqual(bag.diagnostics, []);
  assert.equal(bag.refusal?.code, 'KQL0005');
  assert.equal(bag.refusal?.span?.start, 27);
});

test('a good text has its SQL and the predicates to be doubted', async () => {
  const { compiled, refusal, diagnostics } = await check('Mail | where Direction == "inbund"');
  assert.deepEqual([refusal, diagnostics], [undefined, []]);
  assert.equal(compiled?.tables.length, 1);
  assert.equal(compiled?.tables[0]?.doubts.length, 1);
  assert.ok(compiled && !('plan' in compiled.tables[0]!));
});

test('nothing is loaded and no row asked for; what depends on it is left open', async () => {
  for (const text of [
    'Mail | evaluate bag_unpack(Extra)',
    'Mail | where Subject in (List("a"))',
    'externaldata(a:string)["https://example.test/list"]',
  ]) {
    const { refusal, compiled, diagnostics } = await check(text);
    assert.deepEqual([refusal, compiled, diagnostics], [undefined, undefined, []], text);
  }
  assert.deepEqual(loads, []);
});

test('parameters, with their defaults as they are written', async () => {
  const text =
    "declare query_parameters(days:long = 7, ['who is']:string, since:datetime = datetime(2026-07-18)); Mail";
  assert.deepEqual((await check(text)).parameters, [
    { name: 'days', type: 'long', value: '7' },
    { name: 'who is', type: 'string', value: undefined },
    { name: 'since', type: 'datetime', value: 'datetime(2026-07-18)' },
  ]);
  assert.deepEqual((await check('Mail')).parameters, []);
});

const times: readonly [text: string, limits: boolean][] = [
  ['Mail | where Timestamp > ago(30d)', true],
  ['Mail | where Timestamp between (ago(2d) .. now())', true],
  ['let since = ago(1d); Mail | where ago(1d) < Timestamp and Subject has "x"', true],
  ['Mail | where TimeGenerated > ago(1d)', true],
  ['Mail | where Subject == "Timestamp"', false],
  ['Mail | summarize count() by bin(Timestamp, 1d)', false],
  ['Mail | extend late = Timestamp > ago(1d)', false],
  ['Mail | where isnotempty(Timestamp)', false],
];
for (const [text, limits] of times)
  test(`${text} ${limits ? 'limits' : 'does not limit'} the time`, async () =>
    assert.equal((await check(text)).limitsTime, limits));

test('what the parser cannot be given is refused at once', async () => {
  for (const [text, code] of [
    ['  ', 'KQL0003'],
    ['.show tables', 'KQL0009'],
    ['('.repeat(600), 'KQL0006'],
  ] as const)
    await assert.rejects(check(text), (error) => error instanceof MailhuntError && error.code === code);
});

test('a time that is asked for and cannot limit a table is told, with the table', () => {
  const scope = { column: 'Timestamp', from: 1n };
  const warned = (text: string, given = {}) =>
    compile(text, { ...context, ...given }).warnings.map(({ code, message }) => `${code} ${message}`);
  assert.deepEqual(warned('Lists', { scope }), [
    'WARN0008 Lists has no Timestamp: all its rows are seen, whenever they are from',
  ]);
  assert.equal(warned('Mail | where Subject in (Lists)', { scope }).length, 1);
  assert.deepEqual(warned('Mail', { scope }), []);
  assert.deepEqual(warned('Lists', { scope: { column: 'Timestamp' } }), []);
  assert.deepEqual(warned('Lists'), []);
});
