import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { recordLookup } from '../../../src/mail/dmarc/record-lookup.ts';
import { applicableRecord, organizationalDomainOf, stations, treeWalk } from '../../../src/mail/dmarc/tree-walk.ts';
import { type DmarcZone, resolverOf } from './zone.ts';

test('RFC 9989 section 4.10: the eight questions of the example', () => {
  assert.deepEqual(stations('a.b.c.d.e.f.g.h.i.j.mail.example.com'), [
    'a.b.c.d.e.f.g.h.i.j.mail.example.com',
    'g.h.i.j.mail.example.com',
    'h.i.j.mail.example.com',
    'i.j.mail.example.com',
    'j.mail.example.com',
    'mail.example.com',
    'example.com',
    'com',
  ]);
});

/** How many labels a name has, and how many names a walk asks about. */
const lengths: readonly (readonly [number, number])[] = [
  [1, 1],
  [2, 2],
  [7, 7],
  [8, 8],
  [9, 8],
  [120, 8],
];

for (const [labels, questions] of lengths)
  test(`RFC 9989 section 4.10: a name of ${labels} labels takes ${questions} questions`, async () => {
    const resolver = resolverOf({});
    const name = Array.from({ length: labels }, (_, i) => String.fromCharCode(97 + (i % 26))).join('.');
    await treeWalk(name, recordLookup(resolver));
    assert.equal(resolver.asked.length, questions);
    assert.equal(resolver.asked[0], `_dmarc.${name} TXT`);
  });

/** Start, DNS, questions asked, organizational domain, and where the record that applies was found. */
const walks: readonly (readonly [string, string, DmarcZone, number, string | undefined, string | undefined])[] = [
  ['no record', 'a.example.com', {}, 3, 'a.example.com', undefined],
  [
    'the fewest labels',
    'a.mail.example.com',
    { 'mail.example.com': '', 'example.com': '' },
    4,
    'example.com',
    'example.com',
  ],
  [
    'psd=n stops',
    'a.mail.example.com',
    { 'mail.example.com': 'psd=n', 'example.com': '' },
    2,
    'mail.example.com',
    'mail.example.com',
  ],
  ['psd=n stops at the start', 'example.com', { 'example.com': 'psd=n' }, 1, 'example.com', 'example.com'],
  ['psd=y at the top', 'a.mail.example.com', { com: 'psd=y' }, 4, 'example.com', 'com'],
  [
    'psd=y with a record below',
    'a.mail.example.com',
    { com: 'psd=y', 'example.com': '' },
    4,
    'example.com',
    'example.com',
  ],
  [
    'psd=y with a record too far below',
    'a.mail.example.com',
    { com: 'psd=y', 'mail.example.com': '' },
    4,
    'example.com',
    'com',
  ],
  [
    'psd=y at the start stops and is its own',
    'bank.example',
    { 'bank.example': 'psd=y', example: '' },
    1,
    'bank.example',
    'bank.example',
  ],
  [
    'psd=y right above the start',
    'giant.bank.example',
    { 'bank.example': 'psd=y', example: '' },
    2,
    'giant.bank.example',
    'bank.example',
  ],
  [
    'psd=u goes on',
    'a.example.com',
    { 'a.example.com': 'psd=u', 'example.com': 'psd=u' },
    3,
    'example.com',
    'a.example.com',
  ],
  ['a failure ends it', 'a.b.example.com', { 'b.example.com': '!timeout' }, 2, undefined, undefined],
  [
    'a failure above the own record',
    'a.example.com',
    { 'a.example.com': '', 'example.com': '!timeout' },
    2,
    undefined,
    'a.example.com',
  ],
  [
    'a failure above psd=n is not met',
    'a.example.com',
    { 'a.example.com': 'psd=n', 'example.com': '!timeout' },
    1,
    'a.example.com',
    'a.example.com',
  ],
  [
    'psd=n in one of two records is not read',
    'a.example.com',
    { 'a.example.com': ['psd=n', 'psd=n'], 'example.com': '' },
    3,
    'example.com',
    'example.com',
  ],
];

for (const [title, start, zone, questions, organizational, place] of walks)
  test(`RFC 9989 section 4.10.2: ${title}`, async () => {
    const resolver = resolverOf(zone);
    const walk = await treeWalk(start, recordLookup(resolver));
    assert.equal(resolver.asked.length, questions);
    assert.equal(organizationalDomainOf(walk), organizational);
    assert.equal(applicableRecord(walk)?.domain, place);
  });

test('walks that share names ask for each once', async () => {
  const resolver = resolverOf({ 'example.com': '' });
  const lookup = recordLookup(resolver);
  await treeWalk('a.b.example.com', lookup);
  await treeWalk('c.b.example.com', lookup);
  assert.equal(lookup.questions(), 5);
  assert.equal(new Set(resolver.asked).size, resolver.asked.length);
});

test('names that DNS cannot hold are not asked for', async () => {
  const resolver = resolverOf({ 'example.com': '' });
  const walk = await treeWalk(`${'x'.repeat(64)}.a..example.com`, recordLookup(resolver));
  assert.deepEqual(resolver.asked, ['_dmarc.example.com TXT', '_dmarc.com TXT']);
  assert.equal(organizationalDomainOf(walk), 'example.com');
});

test('RFC 9989 section 4.10: never more than eight questions, and the organization is the start or above it', async () => {
  const label = fc.constantFrom('a', 'b', 'example', 'com');
  const name = fc.array(label, { minLength: 1, maxLength: 20 }).map((labels) => labels.join('.'));
  const zone = fc.dictionary(name, fc.constantFrom('', 'psd=y', 'psd=n', '!timeout'), { maxKeys: 6 });
  await fc.assert(
    fc.asyncProperty(name, zone, async (start, records) => {
      const resolver = resolverOf(records);
      const organizational = organizationalDomainOf(await treeWalk(start, recordLookup(resolver)));
      assert.ok(resolver.asked.length <= 8);
      assert.ok(organizational === undefined || start === organizational || start.endsWith(`.${organizational}`));
    }),
    { numRuns: 500 },
  );
});
