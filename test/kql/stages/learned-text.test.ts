import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LearnedText } from '../../../src/kql/stages/index.ts';

const original = 'T | evaluate a(x) | evaluate b(y) | where z';
const learned = (name: string) => ({
  columns: [{ name, type: 'long', fromData: true }] as const,
  inputs: new Set(['1']),
});
const endOf = (text: string, part: string): number => text.indexOf(part) + part.length;

test('columns stand behind their call, whatever was learned first', () => {
  const second = new LearnedText(original).with(endOf(original, 'b(y)'), learned('q'));
  const both = second.with(endOf(second.text, 'a(x)'), learned('p'));
  assert.equal(both.text, "T | evaluate a(x) : (['p']:long) | evaluate b(y) : (['q']:long) | where z");
  assert.equal(both.at(endOf(both.text, 'b(y)'))?.columns[0]?.name, 'q');
  assert.equal(both.at(endOf(both.text, 'a(x)'))?.columns[0]?.name, 'p');
  assert.equal(both.at(3), undefined);
  assert.equal(both.size, 2);
});

test('a place behind learned columns is that of the original text; one inside them is the end of the call', () => {
  const text = new LearnedText(original).with(endOf(original, 'a(x)'), learned('p'));
  const spot = (part: string) => ({ start: text.text.indexOf(part), length: part.length });
  assert.deepEqual(text.original(spot('where z')), { start: original.indexOf('where z'), length: 7 });
  assert.deepEqual(text.original(spot('a(x)')), { start: original.indexOf('a(x)'), length: 4 });
  assert.deepEqual(text.original(spot("['p']")), { start: endOf(original, 'a(x)'), length: 0 });
});

test('a hostile name is one bracketed name', () => {
  const name = `']:long) | take 0 // "\\\n\u2028`;
  const { text } = new LearnedText('a(x)').with(4, learned(name));
  assert.equal(text, String.raw`a(x) : (['\']:long) | take 0 // \"\\\u000a\u2028']:long)`);
});

test('names take the place of a part of the text, beside learned columns, and errors behind them keep their place', () => {
  const union = 'T | evaluate a(x) | union E*, F | where z';
  const named = new LearnedText(union)
    .with(endOf(union, 'a(x)'), learned('p'))
    .withNames({ start: union.indexOf('E*') + " : (['p']:long)".length, length: 2 }, "['E1'], ['E2']");
  assert.equal(named.text, "T | evaluate a(x) : (['p']:long) | union ['E1'], ['E2'], F | where z");
  assert.deepEqual([named.named, named.size, named.isGiven], [1, 1, false]);
  const spot = (part: string) => ({ start: named.text.indexOf(part), length: part.length });
  assert.deepEqual(named.original(spot('where z')), { start: union.indexOf('where z'), length: 7 });
  assert.deepEqual(named.original(spot("['E1'], ['E2']")), { start: union.indexOf('E*'), length: 2 });
  const both = named.withNames({ start: named.text.indexOf('where'), length: 0 }, 'in (T) ');
  assert.equal(both.text, "T | evaluate a(x) : (['p']:long) | union ['E1'], ['E2'], F | in (T) where z");
  assert.equal(new LearnedText(union).isGiven, true);
});

test('a value stands for the same plan wherever it is read, and for no other', () => {
  const schema = [{ name: 'a', type: 'string' }] as const;
  const table = (name: string) => ({ kind: 'scan', table: name, schema }) as const;
  const text = new LearnedText('print 1').withValue(table('A'), 'x');
  assert.deepEqual([text.valueOf(table('A')), text.valueOf(table('B')), text.size], ['x', undefined, 1]);
  assert.equal(text.withNames({ start: 0, length: 5 }, 'p').valueOf(table('A')), 'x');
});
