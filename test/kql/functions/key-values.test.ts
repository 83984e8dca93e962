import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyValueFunctions } from '../../../src/kql/functions/key-values.ts';
import type { Dynamic } from '../../../src/values/index.ts';

const row = keyValueFunctions.find(({ name }) => name === 'parse-kv')!;
const call = { name: 'parse-kv', argTypes: ['string', 'dynamic'], type: 'dynamic' } as const;

function read(text: string, keys: string[], given: Record<string, Dynamic> = {}): unknown {
  const layout = { keys, pair_delimiter: ';', kv_delimiter: '=', quote: [], escape: [], greedy: false, ...given };
  return row.evaluate([text, new Map<string, Dynamic>(Object.entries(layout))], call);
}

const quoted = { quote: ['"', '()'], escape: ['\\'] };
const greedy = { pair_delimiter: ' ', greedy: true };
const words = { pair_delimiter: '', kv_delimiter: '', quote: ['"'] };

/** Text, keys, layout, values. */
const cases: [string, string[], Record<string, Dynamic>, string[]][] = [
  ['a=1;b=2', ['b', 'a'], {}, ['2', '1']],
  ['a=1;a=2', ['a'], {}, ['1']],
  ['A=1;b', ['a', 'b'], {}, ['', '']],
  [' a = x y ;b= ', ['a', 'b'], {}, ['x y', '']],
  ['junk;a=1;;b=2=3;', ['a', 'b'], {}, ['1', '2=3']],
  ['é=ß;😀=x', ['é', '😀'], {}, ['ß', 'x']],
  ['', ['a'], {}, ['']],
  ['a="1;b=2";"b"=3', ['a', 'b'], quoted, ['1;b=2', '3']],
  [String.raw`a="x\"y\\";b=(c)d;c=1`, ['a', 'b', 'c'], quoted, ['x"y\\', 'c', '1']],
  ['a="open;b=1', ['a', 'b'], quoted, ['"open', '1']],
  ['a=x y b=z "c"=q r', ['a', 'b', 'c'], { ...greedy, ...quoted }, ['x y', 'z', 'q r']],
  ['a=x "b=1" y c=2', ['a', 'b', 'c'], { ...greedy, ...quoted }, ['x "b=1" y', '', '2']],
  ['a=x  y', ['a', 'b'], greedy, ['x  y', '']],
  ['[a] b:1, a: "x y" a:2', ['a', 'b'], words, ['b', '']],
  ['q a: "x y", b=1_b', ['a', 'b'], words, ['x y', '1']],
];
for (const [text, keys, layout, values] of cases)
  test(`parse-kv of ${text}`, () => {
    assert.deepEqual(read(text, keys, layout), values);
  });

test('a text of a million signs is read in one go, whatever they are', { timeout: 10_000 }, () => {
  for (const sign of ['=', ';', '"', '(', ' ', '=;', '="', ' "', '(;', ') '])
    for (const layout of [quoted, { ...quoted, ...greedy }, { ...quoted, ...words }])
      assert.ok(Array.isArray(read(sign.repeat(500_000), ['a'], layout)));
});
