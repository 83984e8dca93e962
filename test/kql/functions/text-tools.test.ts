import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { byteSizeFunctions } from '../../../src/kql/functions/byte-size.ts';
import { argumentsOf, commandLineFunctions } from '../../../src/kql/functions/command-line.ts';
import { csvFunctions, firstRecord } from '../../../src/kql/functions/csv-record.ts';
import { dynamicShapeFunctions } from '../../../src/kql/functions/dynamic-shape.ts';
import { pathFunctions, pathParts } from '../../../src/kql/functions/file-path.ts';
import { regexPlaceFunctions } from '../../../src/kql/functions/regex-place.ts';
import { repeatFunctions } from '../../../src/kql/functions/repeated.ts';
import { severalTextFunctions } from '../../../src/kql/functions/several-texts.ts';
import { textCheckFunctions } from '../../../src/kql/functions/text-checks.ts';
import { urlEncodingFunctions } from '../../../src/kql/functions/url-encoding.ts';
import { versionFunctions, versionNumber } from '../../../src/kql/functions/version.ts';
import type { KqlType, Value } from '../../../src/values/index.ts';
import { type Case, checkRows, dynamic, int, long, real, string, type TypedValue } from './check.ts';

const row =
  (type: KqlType) =>
  (name: string, expected: Value, ...args: TypedValue[]): Case => ({ name, args, type, expected });
const text = row('string');
const number = row('long');
const value = row('dynamic');
const is = row('bool');

test('percent-encoding', async () => {
  await checkRows(urlEncodingFunctions, [
    text('url_encode', 'https%3a%2f%2fwww.example.com%2fhello+world', string('https://www.example.com/hello world')),
    text('url_encode_component', 'hello%20world%c3%a9%f0%9f%98%80', string('hello worldé😀')),
    text('url_encode', 'a-b_c.d%26', string('a-b_c.d&')),
    text('url_encode', '', string('')),
    text('url_decode', 'https://www.example.com/é', string('https%3a%2F%2fwww.example.com%2f%C3%A9')),
    text('url_decode', 'a b%zz%', string('a+b%zz%')),
    text('url_decode', '%41', string('%2541')),
    text('url_decode', '\ufffd', string('%ff')),
  ]);
});

test('what is encoded is decoded to the same', () => {
  const [encode, , decode] = urlEncodingFunctions;
  const call = { name: '', argTypes: ['string'], type: 'string' } as const;
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (source) => {
      if (source.isWellFormed()) assert.equal(decode!.evaluate([encode!.evaluate([source], call)], call), source);
    }),
  );
});

test('replace_strings takes the earlier text first and no place twice', async () => {
  const source = 'This is an example of using replace_strings()';
  const replaced = (expected: string, source: string, lookups: string, rewrites: string): Case =>
    text('replace_strings', expected, string(source), dynamic(lookups), dynamic(rewrites));
  await checkRows(severalTextFunctions, [
    replaced('a dog into a pigeon', 'a cat into a dog', '["cat","dog"]', '["dog","pigeon"]'),
    replaced('This was an example of using replace_strings()', source, '["This","is"]', '["This","was"]'),
    replaced('Thwas was an example of using replace_strings()', source, '["is","This"]', '["was","This"]'),
    replaced('This was an example of using replace_strings()', source, '["This","is"]', '[12345,"was"]'),
    replaced('abc', 'abc', '["",1]', '["x","y"]'),
    replaced('xc', 'abc', '["b","a","ac"]', '["","x","y"]'),
    replaced('abc', 'abc', 'null', '["x"]'),
  ]);
});

test('has_any_index gives the place of the first term in the array', async () => {
  const source = string('this is an example');
  await checkRows(severalTextFunctions, [
    number('has_any_index', 0n, source, dynamic('["this","example"]')),
    number('has_any_index', 1n, source, dynamic('["not","EXAMPLE"]')),
    number('has_any_index', -1n, source, dynamic('["not","exam"]')),
    number('has_any_index', 1n, string('Example number 2'), dynamic('[1,2,3]')),
    number('has_any_index', -1n, source, dynamic('[]')),
    number('has_any_index', -1n, source, dynamic('null')),
  ]);
});

test('parse_command_line cuts as Windows does', async () => {
  await checkRows(commandLineFunctions, [
    {
      ...value('parse_command_line', ['echo', 'hello world!'], string('echo "hello world!"'), string('windows')),
      constantArgs: [1],
    },
  ]);
  const lines: [string, string[]][] = [
    ['', []],
    ['a', ['a']],
    ['a  b\tc ', ['a', 'b', 'c']],
    [' a', ['', 'a']],
    ['"C:\\Program Files\\a.exe" -x', ['C:\\Program Files\\a.exe', '-x']],
    ['a ""', ['a', '']],
    ['a "b" "c d"e f', ['a', 'b', 'c de', 'f']],
    ['a b\\\\c "d\\\\" e', ['a', 'b\\\\c', 'd\\', 'e']],
    ['a b\\"c d', ['a', 'b"c', 'd']],
    ['a b\\\\\\"c', ['a', 'b\\"c']],
    ['a "b""c d" e', ['a', 'b"c', 'd e']],
    ['a "open end ', ['a', 'open end ']],
  ];
  for (const [line, expected] of lines) assert.deepEqual(argumentsOf(line), expected, line);
});

test('parse_csv reads the first record', async () => {
  await checkRows(csvFunctions, [value('parse_csv', ['record1', 'a', ''], string('record1,a,\nrecord2'))]);
  const records: [string, string[]][] = [
    [
      'aa,"b,b,b",cc,"Escaping quotes: ""Title""","line1\nline2"',
      ['aa', 'b,b,b', 'cc', 'Escaping quotes: "Title"', 'line1\nline2'],
    ],
    ['', ['']],
    [',', ['', '']],
    ['a, b ', ['a', ' b ']],
    ['a\r\nb', ['a']],
    ['"open,', ['open,']],
    ['a"b",c', ['a"b"', 'c']],
  ];
  for (const [record, expected] of records) assert.deepEqual(firstRecord(record), expected, record);
});

test('parse_path', async () => {
  const parts = (path: string): string[] => [...pathParts(path).values()].map(String);
  await checkRows(pathFunctions, [value('parse_path', pathParts('a/b.c'), string('a/b.c'))]);
  const paths: [string, string[]][] = [
    ['C:\\temp\\file.txt', ['', 'C:', 'C:\\temp', 'temp', 'file.txt', 'txt', '']],
    ['temp\\file.txt', ['', '', 'temp', 'temp', 'file.txt', 'txt', '']],
    ['file://C:/temp/file.txt:some.exe', ['file', 'C:', 'C:/temp', 'temp', 'file.txt', 'txt', 'some.exe']],
    ['\\\\shared\\users\\temp\\file.txt.gz', ['', '', '\\\\shared\\users\\temp', 'temp', 'file.txt.gz', 'gz', '']],
    ['/usr/lib/temp/file.txt', ['', '', '/usr/lib/temp', 'temp', 'file.txt', 'txt', '']],
    ['file', ['', '', '', '', 'file', '', '']],
    ['', ['', '', '', '', '', '', '']],
  ];
  for (const [path, expected] of paths) assert.deepEqual(parts(path), expected, path);
});

test('format_bytes', async () => {
  await checkRows(byteSizeFunctions, [
    text('format_bytes', '564 Bytes', long(564n)),
    text('format_bytes', '10.1 KB', long(10332n), int(1n)),
    text('format_bytes', '19 MB', long(20010332n)),
    text('format_bytes', '19.08 MB', real(20010332), int(2n)),
    text('format_bytes', '19541 KB', long(20010332n), int(0n), string('KB')),
    text('format_bytes', '1 KB', long(1024n), int(2n)),
    text('format_bytes', '1023 Bytes', long(1023n)),
    text('format_bytes', '-2 KB', long(-2048n)),
    text('format_bytes', '', long(null)),
  ]);
});

test('treepath and dynamic_to_json', async () => {
  await checkRows(dynamicShapeFunctions, [
    value('treepath', ["['a']", "['c']"], dynamic('{"a":"b","c":123}')),
    value('treepath', ["['l']", "['l'][0]", "['l'][0]['x']"], dynamic('{"l":[100,"abcde",{"x":"y"}]}')),
    value('treepath', ["['a']", "['a']['b']"], dynamic('{"a":{"b":1}}')),
    value('treepath', null, dynamic('[1]')),
    text('dynamic_to_json', '{"A":[{"a":1,"b":[]}],"a":"x"}', dynamic('{"a":"x","A":[{"b":[],"a":1}]}')),
    text('dynamic_to_json', '[2,1]', dynamic('[2,1]')),
    text('dynamic_to_json', 'x', string('x')),
  ]);
});

test('indexof_regex and regex_quote', async () => {
  const place = (expected: bigint | null, source: string, pattern: string, ...numbers: bigint[]): Case => ({
    ...number('indexof_regex', expected, string(source), string(pattern), ...numbers.map(long)),
    constantArgs: [1, 4],
  });
  await checkRows(regexPlaceFunctions, [
    place(0n, 'abcabc', 'a.c'),
    place(2n, '😀\nab', 'a|ab'),
    place(2n, 'aba b', '\\bb|(?-s:a.b)'),
    place(-1n, 'abc', '^b'),
    place(0n, 'abc', ''),
    place(3n, 'abcabcdefg', 'a.c', 0n, 9n, 2n),
    place(-1n, 'abcabc', 'a.c', 1n, -1n, 2n),
    place(-1n, 'ababaa', 'a.a', 0n, -1n, 2n),
    place(null, 'abcabc', 'a|ab', -1n),
    place(null, 'abcabc', 'a', 0n, -2n),
    place(4n, '😀a😀😀a', 'a', 2n),
    text('regex_quote', '\\(so\\$me\\.Te\\^xt\\)', string('(so$me.Te^xt)')),
    text('regex_quote', 'a_1é\\-\\ ', string('a_1é- ')),
  ]);
});

test('isascii and isutf8', async () => {
  await checkRows(textCheckFunctions, [
    is('isascii', true, string('some\0 string')),
    is('isascii', false, string('é')),
    is('isascii', true, string('')),
    is('isutf8', true, string('é😀')),
  ]);
});

test('repeat', async () => {
  await checkRows(repeatFunctions, [
    value('repeat', [1n, 1n, 1n], long(1n), int(3n)),
    value('repeat', ['00:00:01'], ['timespan', 10_000_000n], int(1n)),
    value('repeat', [], string('a'), int(0n)),
    value('repeat', null, string('a'), int(-1n)),
  ]);
  const call = { name: 'repeat', argTypes: ['long', 'long'], type: 'dynamic' } as const;
  assert.throws(() => repeatFunctions[0]!.evaluate([1n, 10n ** 12n], call), /up to 1048576 items/);
});

test('parse_version', async () => {
  const number = row('decimal');
  await checkRows(versionFunctions, [
    number('parse_version', '5', string('0.0.0.5')),
    number('parse_version', '700000000', string('0.0.7.0')),
    number('parse_version', '20000000000000000', string('0.2')),
    number('parse_version', '10000000200000000', string('0.1.2.0')),
    ...['', '1.', '1.2.3.4.5', '123456789', 'a', '-1', '1 '].map((version) =>
      number('parse_version', null, string(version)),
    ),
  ]);
  assert.equal(versionNumber('1.2.3.4'), '1000000020000000300000004');
});
