import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Dynamic,
  dynamicEquals,
  dynamicFrom,
  dynamicToJson,
  dynamicToText,
  parseDynamic,
} from '../../src/values/index.ts';

test('whole numbers stay exact, keys stay in order, the first of equal keys counts', () => {
  assert.deepEqual(parseDynamic('12345678901234567890'), 12345678901234567890n);
  assert.deepEqual(parseDynamic('[1,1.0,-0,1e2]'), [1n, 1, 0n, 100]);
  assert.deepEqual(
    [...(parseDynamic('{"2":1,"1":2,"2":3}') as Map<string, Dynamic>)],
    [
      ['2', 1n],
      ['1', 2n],
    ],
  );
});

test('what is no JSON is undefined', () => {
  const wrong = [
    '',
    ' ',
    'a',
    '{a:1}',
    '[1',
    '[,]',
    '[1,,2]',
    '{"a"}',
    '{"a":}',
    '01',
    '+1',
    '.5',
    '1.',
    '"\n"',
    '"\\x"',
    '"\\ud800"',
    'NaN',
    '-',
    '1 2',
    "'a'",
    '\ufeff1',
  ];
  for (const text of wrong) assert.equal(parseDynamic(text), undefined, JSON.stringify(text));
  assert.equal(parseDynamic(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), undefined);
  assert.deepEqual(parseDynamic('[1,]'), [1n]);
});

test('text and JSON', () => {
  assert.equal(
    dynamicToJson(new Map<string, Dynamic>([['a"b', [1n, 2, 1.5, null, true, 'é\n\u001f']]])),
    '{"a\\"b":[1,2.0,1.5,null,true,"é\\n\\u001F"]}',
  );
  assert.equal(dynamicToJson([1e21, 1e-7, -0]), '[1e21,1e-7,-0.0]');
  assert.equal(dynamicToText('a'), 'a');
  assert.equal(dynamicToText(null), '');
  assert.equal(dynamicToText([null]), '[null]');
});

test('other scalars inside a dynamic', () => {
  assert.equal(dynamicFrom(621_355_968_000_000_000n, 'datetime'), '1970-01-01T00:00:00.0000000Z');
  assert.equal(dynamicFrom(10_000_000n, 'timespan'), '00:00:01');
  assert.equal(dynamicFrom(Number.NaN, 'real'), 'NaN');
  assert.equal(dynamicFrom(null, 'datetime'), null);
});

test('equality', () => {
  const bag = (text: string) => parseDynamic(text) as Dynamic;
  assert.ok(dynamicEquals(bag('{"a":1,"b":[2]}'), bag('{"b":[2.0],"a":1}')));
  assert.ok(!dynamicEquals(bag('{"a":1}'), bag('{"a":1,"b":null}')));
  assert.ok(!dynamicEquals(9007199254740993n, 9007199254740992));
  assert.ok(!dynamicEquals('1', 1n));
  assert.ok(!dynamicEquals([1n], [1n, 2n]));
});

test('what is printed reads back the same', () => {
  const { value } = fc.letrec<{ value: Dynamic }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constant(null),
      fc.boolean(),
      fc.bigInt(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string({ unit: 'binary' }),
      fc.array(tie('value')),
      fc.array(fc.tuple(fc.string({ unit: 'binary' }), tie('value'))).map((pairs) => new Map(pairs)),
    ),
  }));
  fc.assert(fc.property(value, (one) => dynamicEquals(parseDynamic(dynamicToJson(one)) as Dynamic, one)));
});

test('a string of millions of characters is read; its end is told from an escaped quote, and it must have one', () => {
  const long = 'x\\"'.repeat(4_000_000);
  assert.equal((parseDynamic(`["${long}"]`) as string[])[0]!.length, 8_000_000);
  assert.equal(parseDynamic(`["${long}]`), undefined);
  assert.deepEqual(parseDynamic(String.raw`"a\\"`), 'a\\');
  for (const wrong of [String.raw`"a\\\"`, '"a\nb"', String.raw`"\x"`, String.raw`"\u12"`, '"'])
    assert.equal(parseDynamic(wrong), undefined, wrong);
});
