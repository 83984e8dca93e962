import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PhraseMatcher } from '../../../src/evidence/language/phrase-matcher.ts';
import { phraseTables } from '../../../src/evidence/language/phrase-tables.ts';

for (const { language, themes, displayNames } of phraseTables) {
  for (const [theme, phrases] of [...Object.entries(themes), ['display-name', displayNames] as const]) {
    test(`${language}: each phrase of ${theme} is in the sentence that holds it, and not in the one that nearly does`, () => {
      assert.ok(phrases.length > 0);
      for (const [pattern, holds, nearly] of phrases) {
        const matcher = new PhraseMatcher([[pattern, theme]]);
        assert.equal(matcher.matches(holds).length > 0, true, `${pattern} in: ${holds}`);
        assert.equal(matcher.matches(nearly).length, 0, `${pattern} in: ${nearly}`);
      }
    });
  }
}
