import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { widthOf } from '../../src/cli/width.ts';
import { wrapped } from '../../src/cli/wrap.ts';

test('broken at blanks, and words that are too long where the line ends', () => {
  assert.deepEqual(wrapped('neither SPF nor DKIM passed', 12, 12), ['neither SPF', 'nor DKIM', 'passed']);
  assert.deepEqual(wrapped('abcdefgh ij', 3, 4), ['abc', 'defg', 'h ij']);
  assert.deepEqual(wrapped('', 3, 3), []);
});

test('law: no line is wider than it may be, and nothing but blanks is lost', () => {
  const text = fc
    .array(fc.constantFrom('a', 'bcd', ' ', '  ', '件名', '👩‍💻', 'é', 'x'.repeat(30)))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 20 }), (words, columns) => {
      const lines = wrapped(words, columns, columns);
      for (const line of lines) assert.ok(widthOf(line) <= columns, JSON.stringify([line, columns]));
      assert.equal(lines.join('').replaceAll(' ', ''), words.replaceAll(' ', ''));
    }),
  );
});
