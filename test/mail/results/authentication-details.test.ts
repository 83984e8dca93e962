import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { authenticationDetails, knownWords } from '../../../src/mail/results/authentication-details.ts';
import type { VerdictWords } from '../../../src/mail/results/words.ts';

const all = { spf: 'fail', dkim: 'none', dmarc: 'fail', action: 'oreject', compauth: 'fail', reason: '000' };

const rows: readonly (readonly [what: string, words: VerdictWords, withHeaderForm: boolean, text: string])[] = [
  [
    'all words',
    all,
    true,
    '{"SPF":"fail","DKIM":"none","DMARC":"fail","CompAuth":"fail","AuthenticationResults":"spf=fail dkim=none dmarc=fail action=oreject compauth=fail reason=000"}',
  ],
  [
    'without the header form, as Defender has it',
    all,
    false,
    '{"SPF":"fail","DKIM":"none","DMARC":"fail","CompAuth":"fail"}',
  ],
  ['what is absent is left out', { dmarc: 'pass' }, true, '{"DMARC":"pass","AuthenticationResults":"dmarc=pass"}'],
  ['an action alone has no key', { action: 'none' }, false, '{}'],
  ['nothing said', {}, true, ''],
  ['nothing known', { spf: 'x', reason: '1' }, true, ''],
  [
    'an unknown word is absent',
    { ...all, dmarc: 'fail","SPF":"pass' },
    false,
    '{"SPF":"fail","DKIM":"none","CompAuth":"fail"}',
  ],
  [
    'a reason has three digits',
    { compauth: 'pass', reason: '1000' },
    true,
    '{"CompAuth":"pass","AuthenticationResults":"compauth=pass"}',
  ],
  ['lower case', { spf: 'PASS' }, false, '{"SPF":"pass"}'],
  ['words that were renamed (RFC 8601 appendix)', { spf: 'hardfail' }, false, '{"SPF":"fail"}'],
  ['a word of another check', { spf: 'bestguesspass', dmarc: 'bestguesspass' }, false, '{"DMARC":"bestguesspass"}'],
  ['a word that every object has', { spf: 'constructor', dkim: '__proto__' }, false, ''],
];

for (const [what, words, withHeaderForm, text] of rows) {
  test(`AuthenticationDetails: ${what}`, () => assert.equal(authenticationDetails(words, { withHeaderForm }), text));
}

const checks = ['spf', 'dkim', 'dmarc', 'action', 'compauth', 'reason'] as const;

test('AuthenticationDetails: no text of a sender gets in', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('pass', 'fail', 'none', '000'),
    fc.constantFrom('pass', 'fail').chain((known) => fc.string({ maxLength: 4 }).map((more) => known + more)),
  );
  const words = fc.record(Object.fromEntries(checks.map((check) => [check, word])), { requiredKeys: [] });
  // Written here once more, so that a word slipped into the table is seen.
  const only =
    /^(?:|\{(?:"(?:SPF|DKIM|DMARC|CompAuth|AuthenticationResults)":"(?: ?(?:(?:spf|dkim|dmarc|action|compauth)=)?(?:pass|fail|softfail|neutral|none|temperror|permerror|policy|timeout|ignore|test|bestguesspass|softpass|o?\.?quarantine|o?\.?reject|pct\.(?:quarantine|reject)|opct(?:quarantine|reject))| ?reason=[0-9]{3})+",?)*\})$/;
  fc.assert(
    fc.property(words, fc.boolean(), (given, withHeaderForm) => {
      const text = authenticationDetails(given, { withHeaderForm });
      assert.match(text, only);
      if (text !== '') assert.equal(JSON.stringify(JSON.parse(text)), text);
    }),
    { numRuns: 1000 },
  );
});

test('AuthenticationDetails: known words are known once more', () => {
  const words = fc.record(
    Object.fromEntries(checks.map((check) => [check, fc.constantFrom('hardfail', 'PASS', 'none', '001', 'x')])),
  );
  fc.assert(fc.property(words, (given) => assert.deepEqual(knownWords(knownWords(given)), knownWords(given))));
});
