import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodingFunctions } from '../../../src/kql/functions/encoding.ts';
import { hashFunctions } from '../../../src/kql/functions/hashes.ts';
import { ipFunctions } from '../../../src/kql/functions/ip.ts';
import { searchFunctions } from '../../../src/kql/functions/search.ts';
import type { KqlType, Value } from '../../../src/values/index.ts';
import { type Case, checkAgreement, checkRows, int, string, type TypedValue } from './check.ts';
import { hostileLists } from './hostile.ts';

const row =
  (type: KqlType) =>
  (name: string, expected: Value, ...args: TypedValue[]): Case => ({ name, args, type, expected });
const number = row('long');
const text = row('string');
const is = row('bool');
const countBy = (kind: string, expected: bigint, source: string, search: string): Case => ({
  ...number('countof', expected, string(source), string(search), string(kind)),
  constantArgs: kind === 'regex' ? [1, 2] : [2],
});

test('countof counts plain matches that overlap, and matches of a pattern that do not', async () => {
  await checkRows(searchFunctions, [
    number('countof', 3n, string('aaa'), string('a')),
    number('countof', 3n, string('aaaa'), string('aa')),
    number('countof', 2n, string('ababa'), string('aba')),
    number('countof', 0n, string('ab'), string('abc')),
    number('countof', 0n, string('ab'), string('')),
    countBy('normal', 2n, 'ababa', 'ab'),
    countBy('regex', 1n, 'ababa', 'aba'),
    countBy('regex', 2n, 'abcabc', 'a.c'),
  ]);
});

test('indexof counts characters', async () => {
  const source = string('abcdefg');
  await checkRows(searchFunctions, [
    number('indexof', 2n, source, string('cde')),
    number('indexof', 2n, source, string('cde'), int(1n), int(4n)),
    number('indexof', -1n, source, string('cde'), int(1n), int(2n)),
    number('indexof', -1n, source, string('cde'), int(3n), int(4n)),
    number('indexof', 2n, source, string('cde'), int(-5n)),
    number('indexof', 4n, ['long', 1234567n], ['long', 5n], int(1n), int(4n)),
    number('indexof', 2n, source, string('cde'), int(2n), int(-1n)),
    number('indexof', null, source, string('cde'), int(2n), int(-2n)),
    number('indexof', 1n, string('😀x'), string('x')),
    number('indexof', null, source, string('')),
    number('indexof', null, string(''), string(''), int(0n)),
    number('indexof', -1n, string(''), string('x')),
  ]);
});

test('indexof finds a further occurrence', async () => {
  const source = string('abcde😀abcde');
  const nth = (expected: bigint | null, ...args: TypedValue[]): Case => ({
    ...number('indexof', expected, source, string('cde'), ...args),
    constantArgs: [1, 3, 4],
  });
  await checkRows(searchFunctions, [
    nth(2n, int(0n), int(-1n), int(1n)),
    nth(8n, int(0n), int(-1n), int(2n)),
    nth(-1n, int(0n), int(-1n), int(3n)),
    nth(-1n, int(3n), int(-1n), int(2n)),
    nth(null, int(0n), int(-1n), int(-1n)),
    nth(null, int(null), int(-1n), int(2n)),
  ]);
});

test('indexof refuses the occurrences that the reference leaves open', async () => {
  const refuses = (reason: RegExp, ...args: TypedValue[]) =>
    assert.rejects(checkRows(searchFunctions, [number('indexof', 0n, string('aba aba'), ...args)]), reason);
  await refuses(/cannot overlap itself/, string('aba'), int(0n), int(-1n), int(2n));
  await refuses(/other than 0/, string('b'), int(0n), int(-1n), int(0n));
});

test('addresses', async () => {
  const long = (name: string, expected: bigint | null, ...args: string[]): Case =>
    number(name, expected, ...args.map(string));
  const check = (name: string, expected: boolean | null, ...args: string[]): Case =>
    is(name, expected, ...args.map(string));
  await checkRows(ipFunctions, [
    long('parse_ipv4', 3232235777n, '192.168.1.1'),
    long('parse_ipv4', 3232235776n, '192.168.1.1/24'),
    long('parse_ipv4', 4294967294n, '255.255.255.255/31'),
    long('parse_ipv4', null, '256.1.1.1'),
    long('parse_ipv4', null, ''),
    long('parse_ipv4', 0n, '9.9.9.9/0'),
    long('ipv4_netmask_suffix', 24n, '10.1.2.3/24'),
    long('ipv4_netmask_suffix', 32n, '10.1.2.3'),
    check('ipv4_is_private', true, '10.1.2.3'),
    check('ipv4_is_private', true, '192.168.1.1/24'),
    check('ipv4_is_private', true, '172.31.0.1'),
    check('ipv4_is_private', false, '172.32.0.1'),
    check('ipv4_is_private', false, '127.0.0.1'),
    check('ipv4_is_private', null, 'mail'),
    check('ipv4_is_in_range', true, '192.168.1.1', '192.168.1.1'),
    check('ipv4_is_in_range', true, '192.168.1.1', '192.168.1.255/24'),
    check('ipv4_is_in_range', false, '192.168.2.1', '192.168.1.255/24'),
    check('ipv4_is_in_range', null, '192.168.2', '192.168.1.255/24'),
    check('ipv4_is_match', true, '192.168.1.1/24', '192.168.1.255'),
    check('ipv4_is_match', true, '192.168.1.1/30', '192.168.1.255/24'),
    is('ipv4_is_match', true, string('192.168.1.1'), string('192.168.1.0'), int(31n)),
    is('ipv4_is_match', false, string('192.168.1.1'), string('192.168.1.0'), int(32n)),
    is('ipv4_is_match', null, string('192.168.1.1'), string('192.168.1.0'), int(33n)),
    long('ipv4_compare', 0n, '192.168.1.1', '192.168.1.255/24'),
    long('ipv4_compare', -1n, '9.255.255.255', '10.0.0.0'),
    long('ipv4_compare', 1n, '200.0.0.0', '10.0.0.0'),
  ]);
});

test('hashes and base64', async () => {
  await checkRows(hashFunctions, [
    text('hash_sha256', '78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524', string('World')),
    text('hash_md5', 'f5a7924e621e84c9280a9a27e1bcb7f6', string('World')),
    text('hash_sha1', '70c07ec18ef89c5309bbb0937f3a6342411e1fdd', string('World')),
  ]);
  await checkRows(encodingFunctions, [
    text('base64_encode_tostring', 'S3VzdG8=', string('Kusto')),
    text('base64_decode_tostring', 'Kusto', string('S3VzdG8=')),
    text('base64_decode_tostring', '', string('U3RyaW5n0KHR0tGA0L7Rh9C60LA=')),
    text('base64_decode_tostring', '', string('S3VzdG8')),
    text('base64_decode_tostring', '', string('no base64')),
  ]);
});

test('searches, hashes and base64 agree with the engine on hostile text', async () => {
  const pairs = hostileLists(2, 200).map(([a = '', b = '']) => [a + b, b]);
  const named = (name: string) =>
    [...searchFunctions, ...hashFunctions, ...encodingFunctions].find((one) => one.name === name)!;
  await checkAgreement(named('countof'), ['string', 'string'], 'long', pairs);
  await checkAgreement(named('indexof'), ['string', 'string'], 'long', pairs);
  const within = pairs.map(([a = '', b = ''], i) => [a, b, BigInt((i % 7) - 3), BigInt((i % 5) - 2)]);
  await checkAgreement(named('indexof'), ['string', 'string', 'long', 'long'], 'long', within);
  for (const name of ['hash_md5', 'hash_sha1', 'hash_sha256', 'base64_encode_tostring', 'base64_decode_tostring']) {
    await checkAgreement(
      named(name),
      ['string'],
      'string',
      pairs.map(([a = '']) => [a]),
    );
  }
});

test('within a length a further occurrence is counted anew from the one before', async () => {
  const cases = (expected: bigint, ...numbers: bigint[]): Case => ({
    ...number('indexof', expected, string('abcde😀gabcdefg'), string('cde'), ...numbers.map(int)),
    constantArgs: [1, 3, 4],
  });
  await checkRows(searchFunctions, [cases(9n, 1n, 10n, 2n), cases(-1n, 1n, 3n, 2n), cases(-1n, 1n, 10n, 3n)]);
  const call = { name: 'indexof', argTypes: ['string', 'string', 'long', 'long', 'long'], type: 'long' } as const;
  const [, indexof] = searchFunctions;
  assert.throws(() => indexof!.evaluate(['abcdefgabcdefg', 'cde', 1n, 8n, 2n], call), /is not told/);
});
