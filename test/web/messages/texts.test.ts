import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSearch } from '../../../src/server/workbench/messages/search/parse-search.ts';
import { addressParts, deliveryOf, recipientsOf } from '../../../web/src/messages/list/row-words.ts';
import { givenSearches, readSaved, withSaved } from '../../../web/src/messages/search/saved-searches.ts';
import { suggestionsAt, withSuggestion } from '../../../web/src/messages/search/suggestions.ts';
import { defanged } from '../../../web/src/messages/text/defang.ts';
import { clipped, plainText, stretchesOf } from '../../../web/src/messages/text/hostile-text.ts';
import { minuteOf, secondOf, spanOf } from '../../../web/src/messages/text/times.ts';
import { shownHops } from '../../../web/src/messages/view/hops.ts';

test('characters that deceive are shown by name, those that writing needs stay', () => {
  assert.deepEqual(stretchesOf('a\u202eb'), [
    { text: 'a' },
    { code: 'U+202E', name: 'right-to-left override' },
    { text: 'b' },
  ]);
  for (const text of ['\u0000', '\u200b', '\ufeff', 'a\u200db', '\u2066', '\u0085'])
    assert.match(plainText(text), /\[U\+/, text);
  for (const text of ['п\u200dа', 'e\u0301\u200db', '\u{E0041}', '\u3164'])
    assert.match(plainText(text), /\[U\+/, text);
  for (const honest of ['می\u200cخواهم', 'Grüße', 'שלום', '👩\u200d💻', 'क\u094d\u200dष', 'a b', '日本'])
    assert.equal(plainText(honest), honest);
});

test('a long text is clipped between characters', () => {
  assert.equal(clipped('abcdef', 3), 'abc…');
  assert.equal(clipped('ab👩', 3), 'ab…');
  assert.equal(clipped('abc', 3), 'abc');
});

test('a URL is defanged so that no program makes a link of it', () => {
  assert.equal(defanged('https://a.example/b.c?d=e.f'), 'hxxps://a[.]example/b.c?d=e.f');
  assert.equal(defanged('ftp://a.example'), 'fxp://a[.]example');
  assert.equal(defanged('no url'), 'no url');
});

test('times and spans are short', () => {
  assert.equal(minuteOf('2026-11-21T15:57:20.0000000Z'), '2026-11-21 15:57');
  assert.equal(secondOf('2026-11-21T15:57:20.0000000Z'), '2026-11-21 15:57:20');
  assert.equal(minuteOf('no time'), '');
  assert.deepEqual([0, 59, 3725, 90_061, -5].map(spanOf), ['0 s', '59 s', '1 h 2 min', '1 d 1 h', '−5 s']);
});

test('suggestions are fields, then values, for the word at the caret', () => {
  assert.deepEqual(
    suggestionsAt('au', 2).all.map(({ text }) => text),
    ['auth:'],
  );
  assert.deepEqual(
    suggestionsAt('x -deliv', 8).all.map(({ text }) => text),
    ['-delivered:'],
  );
  assert.deepEqual(
    suggestionsAt('delivered:', 10).all.map(({ text }) => text),
    ['delivered:yes', 'delivered:no'],
  );
  assert.equal(suggestionsAt('auth:dm', 7).all[0]?.text, 'auth:dmarc=pass');
  assert.deepEqual(suggestionsAt('subject:"from', 13).all, []);
  assert.deepEqual(suggestionsAt('', 0).all, []);
  const found = suggestionsAt('au to:x', 2);
  assert.deepEqual(withSuggestion('au to:x', found, found.all[0]!), { text: 'auth:to:x', caret: 5 });
  const value = suggestionsAt('clicked:y to:x', 9);
  assert.deepEqual(withSuggestion('clicked:y to:x', value, value.all[0]!), { text: 'clicked:yes to:x', caret: 12 });
});

test('saved searches survive what a browser may hold, and those that come with the page can be read', () => {
  assert.deepEqual(readSaved([{ name: 'a', text: 'b' }, 1, { name: 2 }]), [{ name: 'a', text: 'b' }]);
  assert.equal(readSaved('x'), undefined);
  assert.deepEqual(withSaved([{ name: 'a', text: 'b' }], { name: 'a', text: 'c' }), [{ name: 'a', text: 'c' }]);
  for (const { text } of givenSearches) assert.deepEqual(parseSearch(text).problems, [], text);
});

test('delivery in a word, a delivered failure in red', () => {
  assert.deepEqual(deliveryOf({ deliveries: { Delivered: 2 }, dmarc: 'fail' }), { words: 'Delivered', tone: 'bad' });
  assert.deepEqual(deliveryOf({ deliveries: { Delivered: 2 }, dmarc: 'pass' }), { words: 'Delivered', tone: 'quiet' });
  assert.deepEqual(
    deliveryOf({ deliveries: { Delivered: 2, Blocked: 1 }, dmarc: 'fail' }).words,
    '2 delivered, 1 blocked',
  );
  assert.deepEqual(recipientsOf({ recipients: ['a', 'b'], recipientCount: 9 }), { first: 'a', more: 8 });
});

test('hops are told oldest first, with delays and the border of belief', () => {
  const at = Date.UTC(2026, 6, 17, 10);
  const hops = [
    { by: 'mailbox.contoso.com', ip: '10.0.0.1', at: at + 65_000 },
    { by: 'mx.contoso.com', helo: 'evil.example', ip: '203.0.113.9', at: at + 60_000 },
    { by: 'evil.example', helo: 'laptop', ip: '127.0.0.1', at },
  ];
  const shown = shownHops(hops, '203.0.113.9');
  assert.deepEqual(
    shown.map(({ number, by, delay, trust }) => [number, by, delay, trust]),
    [
      [1, 'evil.example', undefined, 'claimed'],
      [2, 'mx.contoso.com', 60, 'border'],
      [3, 'mailbox.contoso.com', 5, 'believed'],
    ],
  );
  assert.ok(shownHops(hops, '').every(({ trust }) => trust === 'claimed'));
  assert.deepEqual(shownHops([{ at: Number.POSITIVE_INFINITY, by: 7 }], '')[0]?.at, '');
});

test('the domain of an address stays, its end above all', () => {
  assert.deepEqual(addressParts('anna@contoso.com'), { local: 'anna', domain: 'contoso.com' });
  assert.deepEqual(addressParts('"a@b"@evil.example'), { local: '"a@b"', domain: 'evil.example' });
  assert.deepEqual(addressParts('no address'), { local: 'no address', domain: '' });
  const { domain } = addressParts(`a@contoso.com.${'login.'.repeat(20)}evil.example`);
  assert.equal(domain.length, 34);
  assert.match(domain, /^….*\.evil\.example$/);
});
