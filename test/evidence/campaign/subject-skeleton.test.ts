import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutPrefixes } from '../../../src/evidence/campaign/reply-prefixes.ts';
import { isTelling, needlesOf, skeletonOf } from '../../../src/evidence/campaign/subject-skeleton.ts';
import { fileSkeletonOf, urlShapeOf } from '../../../src/evidence/campaign/url-shape.ts';
import { inTime } from '../../in-time.ts';

const anna = ['anna.berg@contoso.com'];

/** Subjects and their skeletons. */
const skeletons: readonly [subject: string, skeleton: string][] = [
  ['Invoice 4711 is due', 'invoice # is due'],
  ['invoice A-99/2026 IS DUE!', 'invoice a # is due'],
  ['AW: WG: [EXTERN] Invoice 1 is due', 'invoice # is due'],
  ['RE[2]: Invoice 1 is due', 'invoice # is due'],
  ['回复：发票 7', '发票 #'],
  ['Anna, your invoice', '~ your invoice'],
  ['Dear Berg: a mail for anna.berg@contoso.com', 'dear ~ a mail for ~'],
  ['Ｉｎ\u200bvoice 1', 'invoice #'],
  ['Report: all is well', 'report all is well'],
  ['RE:', ''],
  ['', ''],
];

for (const [subject, skeleton] of skeletons)
  test(`the skeleton of "${subject}" is "${skeleton}"`, () => {
    assert.equal(skeletonOf(subject, anna).text, skeleton);
  });

test('prefixes in many languages, and words that are none', () => {
  for (const [subject, prefixes] of [
    ['Re: x', ['reply']],
    ['SV: VS: x', ['reply', 'reply']],
    ['Fwd: AW: x', ['forward', 'reply']],
    ['Odp: Pd: x', ['reply', 'forward']],
    ['RIF: I: x', ['reply', 'forward']],
    ['Ynt: İlt: x', ['reply', 'forward']],
    ['转发：x', ['forward']],
    ['Note: x', []],
    ['Re x', []],
    ['[list] x', []],
  ] as const)
    assert.deepEqual(withoutPrefixes(subject).prefixes, prefixes, subject);
});

test('what says enough to belong together', () => {
  const telling = (subject: string): boolean => isTelling(skeletonOf(subject, []));
  assert.deepEqual(
    ['Your parcel is waiting', 'Hello', 'A b c', 'Invoice 77', '发票已经逾期请支付', '发票'].map(telling),
    [true, false, false, false, true, false],
  );
});

test('needles are the longest words, never a number or a name', () => {
  assert.deepEqual(needlesOf(skeletonOf('Anna: bill 12345678 for the ordered machinery', anna)), [
    'machinery',
    'ordered',
    'bill',
    'for',
  ]);
});

test('a subject of a million characters takes no time', async () => {
  for (const hostile of ['Re: '.repeat(250_000), '['.repeat(1_000_000), 'a@'.repeat(500_000), 'x'.repeat(1_000_000)]) {
    await inTime(500, () => skeletonOf(hostile, anna));
  }
});

test('the shape of a URL', () => {
  for (const [url, shape] of [
    ['https://a.test/pay/8f3e1?c=1', 'a.test/pay/#'],
    ['https://a.test/pay/aaaaaaaaaaaaaaaaaaaa/x#top', 'a.test/pay/#/x'],
    ['https://a.test/', undefined],
    ['https://a.test', undefined],
    ['mailto:a@a.test', undefined],
    ['https://a.test/login', 'a.test/login'],
  ] as const)
    assert.equal(urlShapeOf(url, 'A.test'), shape, url);
});

test('the form of a file name', () => {
  assert.deepEqual(['Invoice_4711.PDF', 'Invoice_99.pdf', 'a1.pdf', ''].map(fileSkeletonOf), [
    'invoice_#.pdf',
    'invoice_#.pdf',
    undefined,
    undefined,
  ]);
});
