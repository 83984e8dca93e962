import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf } from '../../../src/evidence/language/language-of.ts';
import { tokensOf } from '../../../src/evidence/language/tokens.ts';
import { inTime } from '../../in-time.ts';

const inSubject = (subject: string) => languageOf({ subject, displayName: '', body: '' });

/** Tricks with letters, and the theme that is found all the same. */
const tricks: readonly [what: string, subject: string, theme: string][] = [
  ['capitals', 'NEW BANK DETAILS', 'invoice-change'],
  ['Cyrillic letters among Latin ones', 'n\u0435w b\u0430nk d\u0435tails', 'invoice-change'],
  ['zero-width characters', 'new b\u200ban\u200bk de\u00adtails', 'invoice-change'],
  ['a hundred zero-width characters', `new b${'\u200b'.repeat(100)}ank details`, 'invoice-change'],
  ['full-width letters', 'ｎｅｗ ｂａｎｋ ｄｅｔａｉｌｓ', 'invoice-change'],
  ['mathematical letters', '𝐧𝐞𝐰 𝐛𝐚𝐧𝐤 𝐝𝐞𝐭𝐚𝐢𝐥𝐬', 'invoice-change'],
  ['letters in circles', 'ⓝⓔⓦ ⓑⓐⓝⓚ ⓓⓔⓣⓐⓘⓛⓢ', 'invoice-change'],
  ['digits for letters', 'n3w b4nk deta1ls', 'invoice-change'],
  ['letters set apart', 'u r g e n t', 'urgency'],
  ['accents that are not there', 'Uberweisen Sie den Betrag heute', 'payment'],
  ['accents made of two characters', 'A\u0308nderung der Bankdaten', 'invoice-change'],
  ['signs between', '»new bank-details«', 'invoice-change'],
];

for (const [what, subject, theme] of tricks)
  test(`${what} hide nothing`, () => {
    assert.ok(inSubject(subject).some((finding) => finding.theme === theme));
  });

test('a word inside another is none', () => {
  assert.deepEqual(inSubject('The insurgents of newbank details'), []);
});

test('who a name says he is counts in names alone', () => {
  assert.deepEqual(languageOf({ subject: 'A new managing director', displayName: '', body: '' }), []);
  assert.deepEqual(
    languageOf({ subject: '', displayName: 'Managing Director', body: '' }).map(({ theme, where }) => [theme, where]),
    [['executive', 'display-name']],
  );
});

test('the language is that of which the message has most', () => {
  const found = languageOf({
    subject: 'Urgent',
    displayName: '',
    body: 'Veuillez vérifier votre compte. Voici notre nouveau RIB.',
  });
  assert.ok(found.length > 1);
  assert.deepEqual([...new Set(found.map(({ language }) => language))], ['fr']);
});

test('words are as they stand, and a theme is found three times at most in one text', () => {
  const [first, ...others] = languageOf({ subject: '', displayName: '', body: 'It is URGENT. '.repeat(50) });
  assert.deepEqual([first?.words, first?.where, others.length], ['URGENT', 'body', 2]);
});

test('long and hostile texts take linear time', async () => {
  for (const body of [
    'new '.repeat(50_000),
    'a'.repeat(1_000_000),
    '\u200b'.repeat(1_000_000),
    'u r g '.repeat(100_000),
    'pay _ invoice '.repeat(20_000),
  ]) {
    await inTime(3000, () => languageOf({ subject: '', displayName: '', body }));
  }
});

test('tokens keep their places', () => {
  const text = 'Pay  n\u200bow!';
  assert.deepEqual(
    tokensOf(text).map(({ forms, start, end }) => [forms[0], text.slice(start, end)]),
    [
      ['pay', 'Pay'],
      ['now', 'n\u200bow'],
    ],
  );
});
