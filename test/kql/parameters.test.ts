import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Answer, runQuery } from '../../src/kql/index.ts';
import { TestDatabase } from './duckdb.ts';

const database = await TestDatabase.open();
after(() => database.close());

const answerOf = (text: string, parameters: Readonly<Record<string, string>>): Promise<Answer> =>
  runQuery(text, { catalog: database.catalog, now: 0n, engine: database, parameters });

async function printed(type: string, text: string): Promise<unknown> {
  const { tables } = await answerOf(`declare query_parameters(p:${type}); print p`, { p: text });
  for await (const [row] of tables[0]!.blocks) return JSON.parse(row!)[0];
  return undefined;
}

const cases: readonly [type: string, text: string, expected: unknown][] = [
  ['bool', 'true', true],
  ['bool', 'bool(false)', false],
  ['int', '-7', -7],
  ['long', 'long(7)', 7],
  ['long', 'long(null)', null],
  ['real', '-2e3', -2000],
  ['decimal', 'decimal(1.5)', '1.5'],
  ['datetime', 'datetime(1970-05-11)', '1970-05-11T00:00:00.0000000Z'],
  ['datetime', '1970-05-11', '1970-05-11T00:00:00.0000000Z'],
  ['timespan', '1d', '1.00:00:00'],
  ['guid', '74be27de-1e4e-49d9-b579-fe0b331d3642', '74be27de-1e4e-49d9-b579-fe0b331d3642'],
  ['string', 'plain', 'plain'],
  ['string', '', ''],
  ['string', 'null', 'null'],
  ['string', 'f(x)', 'f(x)'],
  ['string', `"it\\"s"`, 'it"s'],
  ['string', `@'a\\b'`, 'a\\b'],
  ['string', `"a" + "b"`, '"a" + "b"'],
  ['string', 'x"); print ("y', 'x"); print ("y'],
  ['string', '5', '5'],
  ['dynamic', `dynamic(['Java', 'C++'])`, ['Java', 'C++']],
  ['dynamic', '{"a":[1,null]}', { a: [1, null] }],
  ['dynamic', `dynamic({'at': datetime(2020-01-01)})`, { at: '2020-01-01T00:00:00.0000000Z' }],
  ['dynamic', 'dynamic(null)', null],
];

for (const [type, text, expected] of cases)
  test(`a ${type} parameter takes ${text}`, async () => {
    assert.deepEqual(await printed(type, text), expected);
  });

const refused: readonly [type: string, text: string][] = [
  ['bool', 'yes'],
  ['int', '3000000000'],
  ['long', '1.5'],
  ['long', '1); print (2'],
  ['datetime', 'soon'],
  ['guid', 'x'],
  ['dynamic', 'a b'],
  ['dynamic', '1); print (2'],
];

for (const [type, text] of refused)
  test(`a ${type} parameter refuses ${text}`, async () => {
    await assert.rejects(printed(type, text), { code: 'KQL0005', span: { start: 25, length: 2 + type.length } });
  });

test('a default stands where no value is given, else the query is refused', async () => {
  const { tables } = await answerOf('declare query_parameters(p:long = 90); print p', {});
  for await (const [row] of tables[0]!.blocks) assert.equal(row, '[90]');
  await assert.rejects(answerOf('declare query_parameters(p:long); print p', {}), { code: 'KQL0005' });
});

test('a value for a parameter that is not declared changes nothing and is told', async () => {
  const text = 'declare query_parameters(days:long = 7); print days';
  const codes = async (parameters: Record<string, string>) =>
    (await answerOf(text, parameters)).warnings.map(({ code, message }) => [code, message]);
  assert.deepEqual(await codes({ day: '1' }), [['WARN0005', 'the query declares no parameter day']]);
  assert.deepEqual(await codes({ days: '1' }), []);
});
