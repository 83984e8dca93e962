import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { holdsPhrase, phraseOf } from '../../../src/policy/matching/words.ts';

const rows: readonly [text: string, words: string, holds: boolean][] = [
  ['spf=pass; dmarc=fail action=oreject', 'dmarc=fail', true],
  ['spf=pass; dmarc=fail action=oreject', 'DMARC=Fail Action=OReject', true],
  ['spf=pass;\r\n dmarc=fail\r\n action=oreject', 'dmarc=fail  action=oreject', true],
  ['dmarc=fail header.from=x action=oreject', 'dmarc=fail action=oreject', false],
  ['dmarc=failed', 'dmarc=fail', false],
  ['xdmarc=fail', 'dmarc=fail', false],
  ['contoso', 'contoso', true],
  ['Acontoso', 'contoso', false],
  ['contoso2', 'contoso', false],
  ['(contoso)', 'contoso', true],
  ['contoso.com', 'contoso', true],
  ['anything', '*', false],
  ['a * b', '*', true],
  ['reason=000', 'reason=00', false],
  // The first place is inside a word, the second is not.
  ['dmarc=failure dmarc=fail', 'dmarc=fail', true],
  ['ΣΊΣΥΦΟΣ', 'σίσυφος', true],
  ['naïve', 'nai', false],
  ['𝒳contoso', 'contoso', false],
  ['', 'x', false],
];

for (const [text, words, holds] of rows) {
  test(`${JSON.stringify(text)} ${holds ? 'holds' : 'does not hold'} ${words}`, () => {
    assert.equal(holdsPhrase(text, phraseOf(words)), holds);
  });
}

test('a text of one word holds that word in any case, and no longer one', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9]{1,12}$/), fc.stringMatching(/^[ ,;()]{0,3}$/), (word, around) => {
      assert.ok(holdsPhrase(`${around}${word.toUpperCase()}${around}`, phraseOf(word)));
      assert.ok(!holdsPhrase(`${around}${word}${around}`, phraseOf(`${word}x`)));
      assert.ok(!holdsPhrase(`${around}${word}x${around}`, phraseOf(word)));
    }),
  );
});
