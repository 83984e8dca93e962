import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { unifiedDiff } from '../../../src/rules/feed/unified-diff.ts';

/** What a diff makes of the old text, as `patch` would. */
function patched(before: string, diff: string): string {
  const [old, now] = [before.split('\n'), [] as string[]];
  let at = 0;
  for (const line of diff === '' ? [] : diff.split('\n')) {
    const [, start] = /^@@ -(\d+),\d+ \+\d+,\d+ @@$/.exec(line) ?? [];
    if (start !== undefined) while (at < Number(start) - 1) now.push(old[at++]!);
    else if (line.startsWith('+')) now.push(line.slice(1));
    else {
      assert.equal(old[at], line.slice(1));
      if (line.startsWith(' ')) now.push(old[at]!);
      at++;
    }
  }
  return [...now, ...old.slice(at)].join('\n');
}

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 25 }).map((lines) => lines.join('\n'));

test('a diff makes the new text of the old one', () => {
  fc.assert(
    fc.property(text, text, (before, after) => assert.equal(patched(before, unifiedDiff(before, after)), after)),
    { numRuns: 2000 },
  );
});

test('three lines around a change, and hunks far from each other apart', () => {
  const lines = [...'abcdefghijklmnop'];
  const after = lines.map((line) => (line === 'b' || line === 'n' ? line.toUpperCase() : line)).join('\n');
  assert.equal(
    unifiedDiff(lines.join('\n'), after),
    '@@ -1,5 +1,5 @@\n a\n-b\n+B\n c\n d\n e\n@@ -11,6 +11,6 @@\n k\n l\n m\n-n\n+N\n o\n p',
  );
});

test('a long diff is cut, and one of long texts does not take long', () => {
  const numbers = (from: number): string => Array.from({ length: 20_000 }, (_, i) => String(from + i)).join('\n');
  const diff = unifiedDiff(numbers(0), numbers(100_000));
  assert.match(diff, /\n… 39941 more lines$/);
});
