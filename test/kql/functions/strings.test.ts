import { test } from 'node:test';
import { emptinessFunctions } from '../../../src/kql/functions/emptiness.ts';
import { stringsFunctions } from '../../../src/kql/functions/strings.ts';
import type { KqlType, Value } from '../../../src/values/index.ts';
import { bool, type Case, checkAgreement, checkRows, dynamic, int, long, string, type TypedValue } from './check.ts';
import { hostileLists } from './hostile.ts';

const row =
  (type: KqlType) =>
  (name: string, expected: Value, ...args: TypedValue[]): Case => ({ name, args, type, expected });
const text = row('string');
const number = row('long');
const array = (name: string, expected: Value, constantArgs: number[], ...args: TypedValue[]): Case => ({
  ...row('dynamic')(name, expected, ...args),
  constantArgs,
});

test('characters are code points', async () => {
  await checkRows(stringsFunctions, [
    number('strlen', 5n, string('hello')),
    number('strlen', 5n, string('⒦⒰⒮⒯⒪')),
    number('strlen', 8n, string('C\u0327edilla')),
    number('strlen', 1n, string('😀')),
    number('string_size', 4n, string('😀')),
    text('substring', '23456', string('123456'), int(1n)),
    text('substring', '34', string('123456'), int(2n), int(2n)),
    text('substring', 'AB', string('ABCD'), long(0n), long(2n)),
    text('substring', '56', string('123456'), int(-2n), int(2n)),
    text('substring', '', string('abc'), int(7n)),
    text('substring', 'abc', string('abc'), int(-3n), int(5n)),
    text('substring', '', string('abc'), int(-4n), int(3n)),
    text('substring', '', string('abc'), int(1n), int(-1n)),
    text('substring', 'b', string('a😀b'), int(2n), int(1n)),
    text('reverse', 'CBA', string('ABC')),
    text('reverse', '\u0301e😀', string('😀e\u0301')),
    text('reverse', '54321', long(12345n)),
  ]);
});

test('texts are put together, whatever their type', async () => {
  await checkRows(stringsFunctions, [
    text('strcat', 'hello world', string('hello'), string(' '), string('world')),
    text('strcat', 'a1', string('a'), long(1n)),
    text('strcat', 'a', string('a'), long(null)),
    text('strcat', 'a{"b":[1]}', string('a'), dynamic('{"b":[1]}')),
    text('strcat', 'aTrue', string('a'), bool(true)),
    text('strcat_delim', '1-2-A-00:00:01', string('-'), long(1n), string('2'), string('A'), ['timespan', 10_000_000n]),
    { ...text('strcat_array', '1->2->3', dynamic('[1,2,3]'), string('->')), constantArgs: [1] },
    { ...text('strcat_array', 'a"b', dynamic('["a","b"]'), string('"')), constantArgs: [1] },
    { ...text('strrep', 'ABCABC', string('ABC'), int(2n)), constantArgs: [1] },
    { ...text('strrep', '123.123.123', long(123n), int(3n), string('.')), constantArgs: [1] },
  ]);
});

test('texts are changed and compared', async () => {
  await checkRows(stringsFunctions, [
    text('tolower', 'hello', string('Hello')),
    text('tolower', 'iσ', string('İΣ')),
    text('toupper', 'ÉA', string('éa')),
    text('toupper', 'Aßẞ', string('aßẞ')),
    text('toupper', '', string('')),
    text('replace_string', 'A hamster a dog', string('A cat a dog'), string('cat'), string('hamster')),
    text('replace_string', 'abc', string('abc'), string(''), string('x')),
    text('replace_string', 'bb', string('aaaa'), string('aa'), string('b')),
    text('translate', 'xxx', string('abc'), string('x'), string('abc')),
    text('translate', '', string('abc'), string(''), string('ab')),
    text('translate', 'kusto', string('krasp'), string('otsku'), string('spark')),
    number('strcmp', 0n, string('ABC'), string('ABC')),
    number('strcmp', 1n, string('abc'), string('ABC')),
    number('strcmp', -1n, string('ABC'), string('abc')),
    number('strcmp', 1n, string('abcde'), string('abc')),
    number('strcmp', -1n, string('\uffff'), string('😀')),
  ]);
});

test('split', async () => {
  await checkRows(stringsFunctions, [
    array('split', ['aa', 'bb'], [], string('aa_bb'), string('_')),
    array('split', ['bbb'], [2], string('aaa_bbb_ccc'), string('_'), int(1n)),
    array('split', null, [2], string('aaa_bbb_ccc'), string('_'), int(3n)),
    array('split', [''], [], string(''), string('_')),
    array('split', ['a', '', 'b'], [], string('a__b'), string('_')),
    array('split', ['aa', 'cc'], [], string('aabbcc'), string('bb')),
  ]);
});

test('emptiness', async () => {
  const is = row('bool');
  const both = (name: string, expected: boolean, value: TypedValue): Case[] => [
    is(name, expected, value),
    is(name.replace('is', 'isnot'), !expected, value),
    is(name.replace('is', 'not'), !expected, value),
  ];
  await checkRows(emptinessFunctions, [
    ...both('isempty', true, string('')),
    ...both('isempty', false, string('x')),
    ...both('isempty', true, long(null)),
    ...both('isempty', false, long(0n)),
    ...both('isempty', true, dynamic('null')),
    ...both('isempty', true, dynamic('""')),
    ...both('isempty', false, dynamic('[]')),
    ...both('isempty', false, dynamic('{}')),
    ...both('isnull', false, string('')),
    ...both('isnull', true, long(null)),
    ...both('isnull', false, long(1n)),
    ...both('isnull', true, dynamic('null')),
    ...both('isnull', false, dynamic('""')),
  ]);
});

test('text functions agree with the engine on hostile text', async () => {
  const types = { strlen: 'long', string_size: 'long', strcmp: 'long', split: 'dynamic' } as const;
  const counts: Readonly<Record<string, number>> = {
    strcmp: 2,
    split: 2,
    replace_string: 3,
    translate: 3,
    strcat: 3,
    strcat_delim: 3,
  };
  for (const one of stringsFunctions.filter(({ name }) => !['substring', 'strrep', 'strcat_array'].includes(name))) {
    const count = counts[one.name] ?? 1;
    const type = types[one.name as keyof typeof types] ?? 'string';
    await checkAgreement(one, Array<KqlType>(count).fill('string'), type, hostileLists(count, 200));
  }
  const substring = stringsFunctions.find(({ name }) => name === 'substring')!;
  const cuts = hostileLists(1, 200).map(([source = ''], i) => [source, BigInt((i % 9) - 4), BigInt((i % 5) - 1)]);
  await checkAgreement(substring, ['string', 'long', 'long'], 'string', cuts, [[], [1], [1, 2]]);
});
