import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { holdsPattern } from './pattern-match.ts';

const cases: readonly (readonly [pattern: string, found: readonly string[], not: readonly string[]])[] = [
  ['b.d', ['abcd', 'b d'], ['bd', 'b\nd']],
  ['(?s)b.d', ['b\nd'], ['bd']],
  ['^ab$', ['ab'], ['ab\n', 'xab', '']],
  ['(?m)^ab$', ['x\nab\ny'], ['x\nabc']],
  ['', ['', 'a'], []],
  ['(?i)STRASSE', ['Straße strasse'], ['Straße']],
  ['^[^a-c\\d]+$', ['xyz-'], ['xyzb', 'x1', '']],
  ['^[]x-]$', [']', 'x', '-'], ['y']],
  ['^(a|bc){2,3}?$', ['abc', 'bcbcbc'], ['a', 'aaaa', 'ab']],
  ['^(?P<k>x)(?:y)?$', ['x', 'xy'], ['xyy']],
  ['\\bcat\\b', ['a cat.', 'cat'], ['cats', '_cat']],
  ['^\\w+\\s\\W$', ['é1_ !'], ['é1_! ']],
  ['^(?:25[0-5]|1\\d{2}|[1-9]?\\d)\\.$', ['255.', '7.'], ['256.', '07.']],
  ['a|b(?i)c|d', ['bC', 'D'], ['A', 'Bc']],
  ['^((?i)a)b$', ['Ab'], ['AB']],
];

for (const [pattern, found, not] of cases)
  test(`a pattern matches what it should and nothing else: ${pattern}`, () => {
    for (const text of found) assert.equal(holdsPattern(text, pattern), true, text);
    for (const text of not) assert.equal(holdsPattern(text, pattern), false, text);
  });

test('what tries all ways one by one for ever is answered at once', () => {
  assert.equal(holdsPattern('a'.repeat(2_000), '^(a+)+$'), true);
  assert.equal(holdsPattern(`${'a'.repeat(2_000)}b`, '^(a+)+$'), false);
  assert.equal(holdsPattern('x'.repeat(500), '(x+x+)+y'), false);
});

test('what is not known says so', () => {
  for (const pattern of ['[[:alpha:]]', '[a&&b]', '\\pL', '(?x)a', 'a)', '(a', '[a', '\\', '*a', '(?=a)'])
    assert.equal(holdsPattern('a', pattern), undefined, pattern);
});

const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '(a|b)', '(?:ab|c)', '(b*)', '\\b', '^', '$');
const counted = fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{1,2}', '+?')).map((parts) => parts.join(''));
const sequence = fc.array(counted, { maxLength: 4 }).map((parts) => parts.join(''));
const pattern = fc.array(sequence, { minLength: 1, maxLength: 3 }).map((choices) => choices.join('|'));

test('patterns that both read alike match where those of JavaScript do', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', ' ', '\n'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, (source, subject) => {
      // a repetition of a place is no pattern in JavaScript
      fc.pre(!/(\\b|\^|\$)[*+?{]/.test(source));
      assert.equal(holdsPattern(subject, source), new RegExp(source, 'u').test(subject));
    }),
    { numRuns: 2_000 },
  );
});
