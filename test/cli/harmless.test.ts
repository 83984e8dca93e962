import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellsOf, textOf } from '../../src/cli/cells.ts';
import { harmless, harmlessJson } from '../../src/cli/harmless.ts';
import { cut, padded, widthOf } from '../../src/cli/width.ts';

const texts: readonly [what: string, text: string, shown: string][] = [
  ['plain text stays', 'Größe 10 € 日本', 'Größe 10 € 日本'],
  ['an escape sequence', '\u001b[31mred', '␛[31mred'],
  ['an operating system command', '\u001b]0;title\u0007', '␛]0;title␇'],
  ['the eight-bit form of it', '\u009b31m', '\\u009b31m'],
  ['line breaks', 'a\r\nb', 'a␍⏎b'],
  ['a bidi override', 'exe.\u202egnp', 'exe.\\u202egnp'],
  ['an isolate and a mark', '\u2066a\u200f', '\\u2066a\\u200f'],
  ['delete', 'a\u007f', 'a␡'],
  ['a family of pictures stays whole', '👩‍💻', '👩‍💻'],
  ['a joiner elsewhere', 'a\u200db', 'a\\u200db'],
  ['half a character', 'a\ud800', 'a\\ud800'],
];

for (const [what, text, shown] of texts) test(`harmless: ${what}`, () => assert.equal(harmless(text), shown));

test('JSON keeps its value and loses its sting', () => {
  const json = JSON.stringify({ a: '\u009b\u202e\u2028' });
  assert.doesNotMatch(harmlessJson(json), /[\u009b\u202e\u2028]/);
  assert.deepEqual(JSON.parse(harmlessJson(json)), JSON.parse(json));
});

const widths: readonly [text: string, width: number][] = [
  ['abc', 3],
  ['日本', 4],
  ['e\u0301', 1],
  ['👩‍💻', 2],
  ['ﬀ', 1],
  ['', 0],
];

for (const [text, width] of widths)
  test(`${JSON.stringify(text)} is ${width} wide`, () => assert.equal(widthOf(text), width));

const cuts: readonly [text: string, columns: number, expected: string][] = [
  ['Rechnung', 8, 'Rechnung'],
  ['Rechnung', 5, 'Rech…'],
  ['日本語', 6, '日本語'],
  ['日本語', 5, '日本…'],
  ['日本語', 4, '日…'],
];

for (const [text, columns, expected] of cuts) {
  test(`${text} cut to ${columns}`, () => {
    assert.equal(cut(text, columns), expected);
    assert.ok(widthOf(cut(text, columns)) <= columns);
  });
}

test('padding counts columns, not characters', () => assert.equal(padded('日', 4, 'right'), '  日'));

const cells: readonly [row: string, expected: string[]][] = [
  ['[]', []],
  ['[1]', ['1']],
  ['[1,"a,]\\"b",null]', ['1', '"a,]\\"b"', 'null']],
  ['[{"k":[1,{"x":"}"}]},[2,3]]', ['{"k":[1,{"x":"}"}]}', '[2,3]']],
  ['[9007199254740993, 1.50]', ['9007199254740993', '1.50']],
];

for (const [row, expected] of cells) test(`the cells of ${row}`, () => assert.deepEqual(cellsOf(row), expected));

test('a cell as text', () =>
  assert.deepEqual(['"a\\nb"', 'null', '{"a":1}', '7'].map(textOf), ['a\nb', '', '{"a":1}', '7']));
