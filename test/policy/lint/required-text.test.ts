import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { requires } from '../../../src/policy/lint/required-text.ts';
import { type Pattern, patternOf } from '../../../src/policy/matching/patterns.ts';

/** A pattern, and whether each of its matches has `ab` or `cd` in it. */
const rows: readonly [source: string, isRequired: boolean][] = [
  ['ab', true],
  ['xAbx', true],
  ['^ab$', true],
  ['a\\bb', true],
  ['(?i)ab', true],
  ['ab|cd', true],
  ['(?:ab|xcd).*', true],
  ['(?P<n>ab)+x', true],
  ['((x)(ab))', true],
  ['(ab){1,3}', true],
  ['.*[^;]*ab\\d', true],
  ['ab+', true],
  ['[a]b|ab', false],
  ['ab|x', false],
  ['ab|', false],
  ['a.b', false],
  ['a b', false],
  ['a+b', false],
  ['ab?', false],
  ['ab*', false],
  ['ab{0,2}', false],
  ['(ab)?', false],
  ['(ab)*x', false],
  ['(ab){0}x', false],
  ['(ab|x)', false],
  ['[ab]', false],
  ['[]ab]', false],
  ['\\Qab\\E', false],
  ['(?x)a b', false],
  ['', false],
  ['(ab', false],
];

for (const [source, isRequired] of rows)
  test(`${source || 'nothing'} ${isRequired ? 'needs' : 'does not need'} a text`, () =>
    assert.equal(requires(source, ['ab', 'cd']), isRequired));

/** Undefined where it is none. */
const patternIn = (source: string): Pattern | undefined => {
  try {
    return patternOf(source, () => assert.fail(source));
  } catch {
    return undefined;
  }
};

test('a text without what a pattern needs is never matched by it', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    'c',
    'd',
    'ab',
    '(',
    ')',
    '(?:',
    '|',
    '?',
    '*',
    '+',
    '.',
    '[ab]',
    '{0,1}',
    '\\b',
  );
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', ' '), maxLength: 12 });
  let needed = 0;
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 8 }),
      fc.array(texts, { minLength: 20, maxLength: 20 }),
      (pieces, tried) => {
        const source = pieces.join('');
        if (!requires(source, ['ab', 'cd'])) return;
        const pattern = patternIn(source);
        if (pattern === undefined) return;
        needed += 1;
        for (const text of tried.map((one) => one.replaceAll(/ab|cd/g, 'x')))
          assert.ok(!pattern.found(text), `${source} matches ${text}`);
      },
    ),
    { numRuns: 5000, seed: 4711 },
  );
  assert.ok(needed > 100, `${needed} patterns`);
});
