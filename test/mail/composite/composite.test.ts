import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CompositeQuery, composite } from '../../../src/mail/composite/composite.ts';
import { author, authorsOf, dkim, dmarc, now, query, resolverOf, spf } from './queries.ts';

/** DMARC's verdict and the words that Defender has for it. */
const words: readonly (readonly [string, Partial<CompositeQuery>, string, string])[] = [
  ['pass', { dmarc: dmarc('pass', 'reject') }, 'pass', 'none'],
  ['p=none', { dmarc: dmarc('fail', 'none') }, 'fail', 'none'],
  ['p=quarantine', { dmarc: dmarc('fail', 'quarantine') }, 'fail', 'quarantine'],
  ['p=reject', { dmarc: dmarc('fail', 'reject') }, 'fail', 'oreject'],
  ['p=reject outside the sample', { dmarc: dmarc('fail', 'reject', 'quarantine') }, 'fail', 'pct.reject'],
  ['p=quarantine outside the sample', { dmarc: dmarc('fail', 'quarantine', 'none') }, 'fail', 'pct.quarantine'],
  ['no record', {}, 'none', 'none'],
  ['no record, SPF aligned', { spf: spf('pass') }, 'bestguesspass', 'none'],
  ['no record, SPF of another', { spf: spf('pass', 'example.net') }, 'none', 'none'],
  ['no record, a signature that leaves part open', { dkim: [dkim(author, false)] }, 'none', 'none'],
  ['temperror', { dmarc: dmarc('temperror', 'reject') }, 'temperror', 'none'],
  ['permerror, SPF aligned', { dmarc: dmarc('permerror'), spf: spf('pass') }, 'permerror', 'none'],
];

for (const [title, more, word, action] of words)
  test(`Defender's words for ${title}: dmarc=${word} action=${action}`, async () => {
    const result = await composite(query(more));
    assert.deepEqual([result.dmarc, result.action], [word, action]);
  });

const allowed = (expires?: number) => [
  { sender: author, infrastructure: '*', ...(expires === undefined ? {} : { expires }) },
];

test('an allow-list entry leaves the verdict as it is and names the override', async () => {
  const { compauth, reason, override } = await composite(query({ dmarc: dmarc('fail', 'reject'), allowed: allowed() }));
  assert.deepEqual([compauth, reason, override], ['fail', '000', 'the allow list lets * send for example.com']);
});

test('an allow-list entry counts until it expires, and not from then on', async () => {
  const at = async (expires: number) => (await composite(query({ allowed: allowed(expires) }))).override;
  assert.equal(await at(now + 1), 'the allow list lets * send for example.com until 2026-09-01T00:00:00.001Z');
  assert.equal(await at(now), undefined);
  assert.equal(await at(Number.POSITIVE_INFINITY), 'the allow list lets * send for example.com');
});

test('an allow-list entry for another sender, and one for a message that passes, say nothing', async () => {
  assert.equal(
    (await composite(query({ allowed: [{ sender: 'example.net', infrastructure: '*' }] }))).override,
    undefined,
  );
  assert.equal((await composite(query({ allowed: allowed(), spf: spf('pass') }))).override, undefined);
});

test('a block-list entry wins over an allow-list entry', async () => {
  const { reason } = await composite(query({ blocked: allowed(), allowed: allowed() }));
  assert.equal(reason, '002');
});

test('DNS is asked only where a rule needs it, and each thing once', async () => {
  const passes = resolverOf({});
  await composite(query({ dmarc: dmarc('pass', 'reject'), resolver: passes, allowed: allowed() }));
  assert.deepEqual(passes.asked, []);
  const fails = resolverOf({
    '10.2.0.192.in-addr.arpa PTR': ['mail.host.example'],
    'mail.host.example A': ['192.0.2.10'],
  });
  await composite(
    query({ resolver: fails, blocked: [{ sender: '*', infrastructure: 'bulk.example' }], allowed: allowed() }),
  );
  assert.deepEqual(fails.asked, [
    '10.2.0.192.in-addr.arpa PTR',
    'mail.host.example A',
    'example.com MX',
    'example.com A',
  ]);
});

test('no settings: nobody is trusted, nothing is accepted, blocked or allowed', async () => {
  const { reason, override } = await composite(query({ authors: authorsOf('example.net') }));
  assert.deepEqual([reason, override], ['001', undefined]);
});
