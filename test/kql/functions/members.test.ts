import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlText } from '../../../src/duckdb/index.ts';
import { dynamicText } from '../../../src/kql/functions/dynamic-text.ts';
import { memberFunctions } from '../../../src/kql/functions/members.ts';
import type { SqlArg } from '../../../src/kql/functions/row.ts';
import { type Dynamic, dynamicToJson, dynamicToText, parseDynamic } from '../../../src/values/index.ts';
import {
  type Case,
  checkAgreement,
  checkRows,
  dynamic,
  int,
  long,
  selectRows,
  string,
  type TypedValue,
} from './check.ts';
import { hostileLists } from './hostile.ts';

const json = (text: string): Dynamic => parseDynamic(text) as Dynamic;
const member = (from: string, key: TypedValue, expected: Dynamic): Case => ({
  name: '[]',
  args: [dynamic(from), key],
  type: 'dynamic',
  expected,
});
const parse = (text: string, expected: Dynamic): Case => ({
  name: 'parse_json',
  args: [string(text)],
  type: 'dynamic',
  expected,
});

test('members are read by key and by index', async () => {
  await checkRows(memberFunctions, [
    member('{"a":1}', string('a'), 1n),
    member('{"a":1}', string('b'), null),
    member('{"a":null}', string('a'), null),
    member('{"a":{"b":[1,2]}}', string('a'), json('{"b":[1,2]}')),
    member('{"":1}', string(''), 1n),
    member('{"a b":1,"a.b":2,"a\\"b":3,"*":4,"[0]":5}', string('a"b'), 3n),
    member('{"a b":1,"a.b":2,"*":4,"[0]":5}', string('*'), 4n),
    member('{"a b":1,"a.b":2,"*":4,"[0]":5}', string('a.b'), 2n),
    member('{"x":1}', string('*'), null),
    member('{"[0]":5}', string('[0]'), 5n),
    member('{"a/b~c":5}', string('a/b~c'), 5n),
    member('{"it\'s":5}', string("it's"), 5n),
    member('["x"]', string('0'), null),
    member('{"0":7}', string('0'), 7n),
    member('{"0":7}', long(0n), null),
    member('["x","y"]', long(1n), 'y'),
    member('["x","y"]', int(-1n), 'y'),
    member('["x","y"]', long(-3n), null),
    member('["x","y"]', long(2n), null),
    member('["x"]', long(9223372036854775807n), null),
    member('"text"', string('a'), null),
    member('null', string('a'), null),
    member('{"a":18446744073709551616}', string('a'), 18446744073709551616n),
    member('{"a":2.0}', string('a'), 2),
  ]);
});

test('parse_json keeps what is no JSON as text', async () => {
  await checkRows(memberFunctions, [
    parse('{"a":123, "b":"hello", "c":[1,2,3], "d":{}}', json('{"a":123,"b":"hello","c":[1,2,3],"d":{}}')),
    parse('21', 21n),
    parse('"21"', '21'),
    parse('null', null),
    parse(' true ', true),
    parse('hello', 'hello'),
    parse('', null),
    parse('{a:1}', '{a:1}'),
    parse('[1', '[1'),
    parse('[1,]', [1n]),
    parse('01', '01'),
    parse('NaN', 'NaN'),
    parse('[NaN]', '[NaN]'),
    parse('["NaN\\"",1]', ['NaN"', 1n]),
    parse('"\\u00e9\\ud83d\\ude00"', 'é😀'),
    parse('"\\ud83d"', '"\\ud83d"'),
    { name: 'parse_json', args: [dynamic('"{}"')], type: 'dynamic', expected: '{}' },
  ]);
});

test('a chain of reads from parse_json is one read', async () => {
  const row = (name: string) => memberFunctions.find((one) => one.name === name)!;
  const refuse = (reason: string): never => assert.fail(reason);
  const arg = (sql: string, type: SqlArg['type'], constant?: string | bigint): SqlArg => ({
    sql,
    type,
    nullable: true,
    constant,
  });
  const call = (name: string, args: SqlArg[]): string =>
    row(name).sql!({ name, args, type: 'dynamic', asFilter: false, refuse });
  const parsed = call('parse_json', [arg('t.x', 'string')]);
  const chain = (keys: readonly (string | bigint)[]): string =>
    keys.reduce<string>(
      (sql, key) => call('[]', [arg(sql, 'dynamic'), arg('', typeof key === 'string' ? 'string' : 'long', key)]),
      parsed,
    );
  assert.equal(
    dynamicText(arg(chain(['DMARC']), 'dynamic')),
    "coalesce(CASE WHEN json_valid(t.x) THEN json_extract_string(t.x, '$.DMARC') END, '')",
  );
  const text = `{"it's":{"a, '$b":[{"":{"*":"deep"}}]},"n":"fail"}`;
  const rows = [
    { keys: ["it's", "a, '$b", 0n], expected: '{"":{"*":"deep"}}' },
    { keys: ["it's", "a, '$b", -1n, '', '*'], expected: 'deep' },
    { keys: ["it's", "a, '$b", 1n], expected: '' },
    { keys: ['n'], expected: 'fail' },
    { keys: ['n', 'x'], expected: '' },
  ];
  for (const { keys, expected } of rows) {
    const sql = dynamicText(arg(chain(keys), 'dynamic'));
    for (const [source, found] of [
      [text, expected],
      ['{broken', ''],
    ] as const) {
      const [[cell]] = (await selectRows(`SELECT ${sql} FROM (SELECT ${sqlText(source)} AS x) t`)) as [[string]];
      assert.equal(cell, found, sql);
    }
  }
});

test('members under hostile keys, and hostile text as JSON, read as the evaluator reads them', async () => {
  const lists = hostileLists(3, 150).map(([a = '', b = '', c = '']): [Dynamic, string] => [
    new Map<string, Dynamic>([
      [a, b],
      [b, [c]],
      [c, new Map([[a, 1n]])],
    ]),
    b,
  ]);
  const row = memberFunctions.find(({ name }) => name === '[]')!;
  await checkAgreement(row, ['dynamic', 'string'], 'dynamic', lists);
  for (let i = 0; i < 60; i += 1)
    await checkAgreement(row, ['dynamic', 'string'], 'dynamic', lists.slice(i, i + 3), [[1]]);
  const texts = lists.flatMap(([bag, key]) => [[dynamicToJson(bag)], [key], [dynamicToJson(bag).slice(0, -2)]]);
  await checkAgreement(memberFunctions.find(({ name }) => name === 'parse_json')!, ['string'], 'dynamic', texts);
});

test('text and JSON of a dynamic are those that the engine writes', async () => {
  const values = [
    '[1,2.0,1e21,1e-7,-0.0,123456.789,5e-324]',
    '{"b":1,"a":[null,true,"x"]}',
    '"q"',
    '"\\u0001\\n\\u007f/"',
    '12345678901234567890123',
  ];
  for (const text of values) {
    const sql = dynamicText({ sql: 't.x', type: 'dynamic', nullable: true, constant: undefined });
    const [[cell]] = (await selectRows(`SELECT ${sql} FROM (SELECT ${sqlText(text)} AS x) t`)) as [[string]];
    assert.equal(cell, dynamicToText(json(text)));
  }
});

test('what two reads share is not computed where the text is no JSON', async () => {
  const source: SqlArg = { sql: 't.x', type: 'dynamic', nullable: true, constant: undefined };
  const member = memberFunctions.find(({ name }) => name === '[]')!;
  const key: SqlArg = { sql: "'a'", type: 'string', nullable: false, constant: 'a' };
  const call = (arg: SqlArg): SqlArg => ({
    ...source,
    sql: member.sql!({ name: '[]', args: [arg, key], type: 'dynamic', asFilter: false, refuse: assert.fail }),
  });
  const reads = [source, call(source), call(call(source))].flatMap((arg) => [
    arg.sql,
    dynamicText(arg),
    `upper(${dynamicText(arg)})`,
  ]);
  const rows = await selectRows(
    `SELECT ${[...reads, ...reads].join(', ')} FROM (VALUES ('{"a":{"a":1}}'), ('{b')) t(x)`,
  );
  assert.deepEqual(rows[1]!.slice(0, 9), ['{b', '', '', null, '', '', null, '', '']);
  assert.deepEqual(rows[0]!.slice(6, 9), ['1', '1', '1']);
});
