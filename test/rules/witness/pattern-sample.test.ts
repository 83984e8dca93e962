import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sampleOf } from '../../../src/rules/witness/pattern-sample.ts';

describe('a sample of a pattern', () => {
  it('matches it', () => {
    for (const pattern of ['(?:ab){3}[0-9]+$', '^a(b|c)?d{2,}\\.$', '[^a]x', '(?i)pay(pal|ment)'])
      assert.match(sampleOf(pattern), new RegExp(pattern.replace('(?i)', '')));
    assert.equal(sampleOf('a(b+)c', 1, 'x'), 'axc');
  });

  it('stays short, however often what repeats repeats', () => {
    const nested = (levels: number) => `${'('.repeat(levels)}x${'{9}){9}'.repeat(levels)}`;
    assert.ok(sampleOf(nested(30)).length <= 65_536);
    assert.ok(sampleOf('a{99999999}').length <= 65_536);
    assert.equal(sampleOf('('.repeat(100_000)).length, 0);
  });
});
