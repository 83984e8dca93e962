import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MailhuntError } from '../../../src/errors/index.ts';
import { translatePattern } from '../../../src/kql/functions/pattern.ts';
import { PatternError } from '../../../src/kql/functions/pattern-escape.ts';
import { regexFunctions } from '../../../src/kql/functions/regex.ts';
import type { Dynamic } from '../../../src/values/index.ts';
import { type Case, checkAgreement, checkRows, dynamic, long, string } from './check.ts';
import { hostileLists } from './hostile.ts';

const matches = (text: string, pattern: string, expected: boolean): Case => ({
  name: 'matches regex',
  args: [string(text), string(pattern)],
  type: 'bool',
  expected,
  constantArgs: [1],
});

test('matches regex speaks KQL’s dialect', async () => {
  await checkRows(regexFunctions, [
    matches('Fabrikam', 'b.*k', true),
    matches('Fabrikam', 'B.*k', false),
    matches('Fabrikam', '(?i)B.*K', true),
    matches('ab', 'a(?i)B', true),
    matches('Ab', 'a(?i)B', false),
    matches('aB', '(?i:a)b', false),
    matches('b', 'a(?i)x|B', true),
    matches('B', '(a(?i)x)|b', false),
    matches('a\nb', 'a.b', false),
    matches('a\nb', '(?s)a.b', true),
    matches('a\nb', '^b', false),
    matches('a\nb', '(?m)^b$', true),
    matches('a\n', 'a$', false),
    matches('x', '\\Ax\\z', true),
    matches('xy', '\\Ax\\z', false),
    matches('é', '^\\w$', true),
    matches('é', '^\\W$', false),
    matches('٣', '^\\d$', true),
    matches('\u00a0', '^\\s$', true),
    matches('\u00a0', '^\\S$', false),
    matches('a', '[[:digit:]x]', false),
    matches('7', '[[:digit:]x]', true),
    matches('Z', '^[^[:upper:]]', false),
    matches('β', '\\p{Greek}', true),
    matches('b', '\\p{Greek}', false),
    matches('b', '^\\PL', false),
    matches('a]b', 'a[]]b', true),
    matches('a-b', 'a[+-]b', true),
    matches('a_', '^[^\\W_]$', false),
    matches('é', '^[^\\W_]$', true),
    matches('_', '^[^\\W_]$', false),
    matches('-', '^[\\W_]$', true),
    matches('a', '^[\\W_]$', false),
    matches('\n', '^[\\s\\S]$', true),
    matches('\t', '^[^\\S\\n]$', true),
    matches('\n', '^[^\\S\\n]$', false),
    matches('aaa', '^a{2}$', false),
    matches('aaa', '^a{2,}$', true),
    matches('a', '^a{,2}$', true),
    matches('a{b', 'a{b', true),
    matches('A', '\\x41', true),
    matches('😀', '\\x{1F600}', true),
    matches('a/b', 'a/b', true),
    matches('a b', '(?x) a \\ b # blanks do not count', true),
    matches('fail', '\\bfail\\b', true),
    matches('failed', '\\bfail\\b', false),
    matches('K', '(?i)k', true),
    matches('a\0b', 'a\0b', true),
    matches('', '', true),
    matches('&&--', '[&][&][-][-]', true),
  ]);
});

test('what the dialect or the engine does not have is refused', () => {
  const wrong = [
    '(',
    ')',
    '[',
    '*',
    'a**',
    '(?=a)',
    '(?<!a)',
    '\\1',
    '\\Q',
    '\\Z',
    'a{1001}',
    '[a&&b]',
    '[[a]b]',
    '\\p{Nope}',
    '[z-a]',
    '(?R)a',
    '(?-u)a',
    '\\',
    '[[:nope:]]',
    '\\b{start}',
    '[^\\w\\W]',
    '\\x{D800}',
    '(?P<a>x)(?P<a>y)',
  ];
  for (const pattern of wrong) assert.throws(() => translatePattern(pattern), PatternError, pattern);
});

test('a pattern that JavaScript could try for ever is left to the engine', () => {
  const row = regexFunctions.find(({ name }) => name === 'matches regex')!;
  const call = { name: row.name, argTypes: ['string', 'string'], type: 'bool' } as const;
  const long = `${'a'.repeat(40)}!`;
  for (const pattern of ['(a+)+$', '(a|a)*$', '(?:a{2,})*$', '(a*?)*$', '((a)?)*$', '.*.*.*.*.*x']) {
    assert.throws(() => row.evaluate([long, pattern], call), MailhuntError, pattern);
  }
  for (const pattern of ['(a+)$', '(a|b)?c', 'a+b+c*', '(?:ab)+'])
    assert.ok(!row.evaluate([long, pattern], call), pattern);
});

const extract = (pattern: string, group: bigint, source: string, expected: string): Case => ({
  name: 'extract',
  args: [string(pattern), long(group), string(source)],
  type: 'string',
  expected,
  constantArgs: [0, 1],
});

test('extract gives a group as text or as another type', async () => {
  await checkRows(regexFunctions, [
    extract('spf=([a-z]+)', 1n, 'x spf=softfail y', 'softfail'),
    extract('spf=([a-z]+)', 1n, 'x SPF=softfail y', ''),
    extract('User: ([^,]+)', 1n, 'User: James, Email: x', 'James'),
    extract('\\d+', 0n, 'Age: 29', '29'),
    extract('(a)|(b)', 1n, 'b', ''),
    extract('(a)', 2n, 'a', ''),
    { ...extract('-(\\d{2})-', 1n, '15-12-2024', ''), type: 'int', expected: 12n },
    { ...extract('-(\\w{2})-', 1n, '15-ab-2024', ''), type: 'int', expected: null },
  ]);
});

const all = (pattern: string, source: string, expected: Dynamic, groups?: string): Case => ({
  name: 'extract_all',
  args: [string(pattern), ...(groups === undefined ? [] : [dynamic(groups)]), string(source)],
  type: 'dynamic',
  expected,
  constantArgs: groups === undefined ? [0] : [0, 1],
});

test('extract_all gives every match of one group or of several', async () => {
  await checkRows(regexFunctions, [
    all('([\\da-f]{2})', '82b8-be', ['82', 'b8', 'be']),
    all('(\\w)(\\w+)(\\w)', 'abc-defg', [
      ['a', 'b', 'c'],
      ['d', 'ef', 'g'],
    ]),
    all('(?P<first>\\w)(?P<middle>\\w+)(?P<last>\\w)', 'abcd', [['a', 'd']], '["first",3]'),
    all('(\\w)(\\w)', 'abcd', ['a', 'c'], '[1]'),
    all('(x)', 'abc', null),
    all('(x)?(a)', 'xaa', [
      ['x', 'a'],
      ['', 'a'],
    ]),
  ]);
});

const three = (name: string, a: string, b: string, c: string, expected: string): Case => ({
  name,
  args: [string(a), string(b), string(c)],
  type: 'string',
  expected,
  constantArgs: [1, 2],
});
const trim = (name: string, pattern: string, source: string, expected: string): Case => ({
  name,
  args: [string(pattern), string(source)],
  type: 'string',
  expected,
  constantArgs: [0],
});

test('replace_regex and trim', async () => {
  await checkRows(regexFunctions, [
    three('replace_regex', 'Number is 5', 'is (\\d+)', 'was: \\1', 'Number was: 5'),
    three('replace_regex', 'abab', 'b', '[\\0]', 'a[b]a[b]'),
    three('replace_regex', 'baab', 'a*', '-', '-b-b-'),
    three('replace_regex', 'a', 'a', '\\\\x\\y', '\\x\\y'),
    three('replace_regex', 'a$1', 'a', '$1$&', '$1$&$1'),
    { ...three('replace', 'is (\\d+)', 'was: \\1', 'Number is 5', 'Number was: 5'), constantArgs: [0, 1] },
    { ...three('replace', 'is', 'was', 'it', 'it'), constantArgs: [0, 1] },
    trim('trim', '--', '--https://bing.com--', 'https://bing.com'),
    trim('trim', '[^\\w]+', '-  Te st1// $', 'Te st1'),
    trim('trim', '\\s+', '    Hello, world!    ', 'Hello, world!'),
    trim('trim', 'a+', 'aaa', ''),
    trim('trim_start', 'https://', 'https://bing.com', 'bing.com'),
    trim('trim_start', '\\s+', '  a  ', 'a  '),
    trim('trim_start', 'a|b', 'xa', 'xa'),
    trim('trim_end', '.com', 'bing.com', 'bing'),
    trim('trim_end', '\\s+', '  a  ', '  a'),
    trim('trim_end', 'a|b', 'ax', 'ax'),
  ]);
});

test('functions with a pattern agree with the engine on hostile text', async () => {
  const patterns = [
    '(a)|(b)',
    '\\w+',
    '(\\s)',
    '[^a-z]',
    '(?i)k|s|ß',
    'a*',
    '(=|$)',
    '\\b',
    '.',
    '(?s).$',
    '[[:punct:]]+',
    '\\d',
    '\\W',
    '[\\W_]+',
    '^|x',
    '(?i)[^k]',
    '\\S*',
  ];
  const texts = hostileLists(2, 120).map((parts) => parts.join(''));
  for (const pattern of patterns) {
    const row = (name: string) => regexFunctions.find((one) => one.name === name)!;
    const two = texts.map((text) => [text, pattern]);
    await checkAgreement(row('matches regex'), ['string', 'string'], 'bool', two, [[1]]);
    await checkAgreement(
      row('extract'),
      ['string', 'long', 'string'],
      'string',
      texts.map((text) => [pattern, 0n, text]),
      [[0, 1]],
    );
    const replaced = texts.map((text) => [text, pattern, '<\\0>']);
    await checkAgreement(row('replace_regex'), ['string', 'string', 'string'], 'string', replaced, [[1, 2]]);
    for (const name of ['trim', 'trim_start', 'trim_end']) {
      await checkAgreement(
        row(name),
        ['string', 'string'],
        'string',
        texts.map((text) => [pattern, text]),
        [[0]],
      );
    }
    if (/^\([a\\]/.test(pattern)) {
      await checkAgreement(
        row('extract_all'),
        ['string', 'string'],
        'dynamic',
        texts.map((text) => [pattern, text]),
        [[0]],
      );
    }
  }
});
