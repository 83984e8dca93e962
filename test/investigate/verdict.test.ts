import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Evidence, type HeaderFacts, signalTable } from '../../src/evidence/index.ts';
import { verdictOf, weightsWith } from '../../src/investigate/index.ts';
import { together } from '../../src/investigate/verdict/together.ts';
import { scoreOf } from '../../src/investigate/verdict/verdict-of.ts';
import { weights } from '../../src/investigate/verdict/weights.ts';
import { accuses, allWords } from '../../src/investigate/verdict/words.ts';
import {
  acquaintance,
  byPlatform,
  carrier,
  check,
  click,
  forgery,
  header,
  honest,
} from '../evidence/signals/made-evidence.ts';

const house = { acceptedDomains: ['contoso.com'], trustedSealers: ['lists.example'] };
const wordOf = (evidence: Evidence) => verdictOf(evidence, { house }).word;

test('each signal has its row of weights with a reason, and there is no row of no signal', () => {
  assert.deepEqual(weights.map(({ signal }) => signal).sort(), signalTable.map(({ name }) => name).sort());
  for (const { signal, points, reason } of weights) {
    assert.match(reason, /^[A-Z].{10,}\.$/, signal);
    assert.ok(Object.keys(points).length > 0, signal);
  }
});

test('what counts together only accuses, and names signals that there are', () => {
  const known = new Set([...signalTable.map(({ name }) => name), 'delivered', 'clicked', 'to-many-colleagues']);
  for (const { name, groups, points } of together) {
    for (const signal of groups.flat()) assert.ok(known.has(signal), `${name}: ${signal}`);
    for (const [word, value] of Object.entries(points)) assert.ok(accuses(word as 'spoof') && value > 0, name);
  }
});

test('a forgery is one, honest mail is honest, a platform that was seen for weeks is one', () => {
  assert.equal(wordOf(forgery()), 'spoof');
  assert.equal(wordOf(honest()), 'legitimate');
  const platform = byPlatform({}, { acquaintance: acquaintance({ carrier }) });
  assert.equal(wordOf(platform), 'third-party-platform');
  assert.equal(
    wordOf(
      byPlatform(
        {},
        { acquaintance: acquaintance({ carrier: { ...carrier, messages: 0, ofAuthor: 0, first: undefined } }) },
      ),
    ),
    'spoof',
  );
});

/** Four weak signals, each of which can be there or not. */
function weak({
  fails,
  isUnknown,
  isDelivered,
  isClicked,
}: {
  fails: boolean;
  isUnknown: boolean;
  isDelivered: boolean;
  isClicked: boolean;
}): Evidence {
  const base = fails ? forgery() : honest();
  const known = {
    identity: 'x',
    messages: 9,
    first: '2026-06-01T00:00:00Z',
    last: '2026-07-17T00:00:00Z',
    dmarcPass: 9,
    dmarcFail: 0,
    recipients: 1,
  };
  const history = {
    ...base.history,
    address: isUnknown ? base.history.address : known,
    source: isUnknown ? base.history.source : known,
  };
  const recipients = base.message.recipients.map((one) => ({
    ...one,
    deliveryAction: isDelivered ? 'Delivered' : 'Blocked',
    deliveryLocation: isDelivered ? 'Inbox/folder' : 'Quarantine',
    latestDeliveryLocation: '',
  }));
  return { ...base, history, message: { ...base.message, recipients }, clicks: isClicked ? [click] : [] };
}

test('weak signals together outrank each alone, in the points of the verdict and in the risk', () => {
  const none = { fails: false, isUnknown: false, isDelivered: false, isClicked: false };
  const spoofOf = (evidence: Evidence) =>
    verdictOf(evidence, { house }).ranking.find(({ word }) => word === 'spoof')!.points;
  const riskOf = (evidence: Evidence) => verdictOf(evidence, { house }).risk.points;
  const all = weak({ fails: true, isUnknown: true, isDelivered: true, isClicked: true });
  const base = spoofOf(weak(none));
  const alone = Object.keys(none).map((name) => weak({ ...none, [name]: true }));
  const sum = alone.reduce((total, one) => total + spoofOf(one) - base, base);
  assert.ok(spoofOf(all) > sum, 'together is more than the sum');
  for (const one of alone) {
    assert.ok(spoofOf(all) > spoofOf(one));
    assert.ok(riskOf(all) > riskOf(one));
  }
  for (const name of Object.keys(none)) {
    const without = weak({ fails: true, isUnknown: true, isDelivered: true, isClicked: true, [name]: false });
    assert.ok(spoofOf(all) > spoofOf(without) && riskOf(all) > riskOf(without), `without ${name}`);
  }
  assert.equal(verdictOf(all, { house }).risk.level, 'critical');
});

const anyPoints = fc.dictionary(fc.constantFrom(...allWords), fc.double({ min: -8, max: 8, noNaN: true }));

test('no set of signals that can be forged moves an accusation to an excuse, whatever the table says', () => {
  const counted = (isForgeable: boolean) => anyPoints.map((points) => ({ signal: { isForgeable }, points }));
  fc.assert(
    fc.property(
      fc.array(counted(false), { maxLength: 12 }),
      fc.array(counted(true), { maxLength: 12 }),
      (real, forged) => {
        fc.pre(accuses(scoreOf(real).ranking[0]!.word));
        assert.ok(accuses(scoreOf([...real, ...forged]).ranking[0]!.word));
      },
    ),
    { numRuns: 2000 },
  );
});

/** A header as a forger likes it: lists, threads, hops, seals. */
const forgedHeader: fc.Arbitrary<Partial<HeaderFacts>> = fc.record(
  {
    listId: fc.constantFrom('', '<ledgers.lists.example>', '<bank.example>'),
    listPost: fc.constantFrom('', '<mailto:ledgers@lists.example>'),
    listUnsubscribe: fc.constantFrom('', '<https://platform.example/u/1>'),
    precedence: fc.constantFrom('', 'list', 'bulk'),
    autoSubmitted: fc.constantFrom('', 'auto-replied'),
    sender: fc.constantFrom('', 'invitations@calendar.example'),
    inReplyTo: fc.constantFrom('', '<7f31c2@contoso.com>'),
    references: fc.constantFrom([], ['<7f31c2@contoso.com>']),
    mailer: fc.constantFrom('', 'Mailman 3'),
    returnPath: fc.constantFrom('', 'accounts@bank.example'),
    hops: fc
      .array(
        fc.record({
          by: fc.constantFrom('mail.lists.example', 'mx.contoso.com', 'mail.bank.example'),
          helo: fc.constantFrom('mail.bank.example', 'mail.lists.example'),
          ip: fc.constantFrom('192.0.2.13', '203.0.113.66'),
          reverse: fc.constantFrom('mail.bank.example', 'mail.lists.example'),
          at: fc.constant(1784383000000),
        }),
        { maxLength: 6 },
      )
      .map((below) => [
        { by: 'mx.contoso.com', ip: '203.0.113.66', helo: 'mail.bank.example', at: 1784383080000 },
        ...below,
      ]),
  },
  { requiredKeys: [] },
);

/** Checks as a forger can bring them about: broken, unfindable and refused signatures of the bank, good ones of his own, seals. */
const forgedChecks = fc.record({
  dkim: fc.array(
    fc.oneof(
      fc
        .constantFrom('fail', 'policy', 'neutral', 'temperror', 'permerror')
        .map((result) => check('DKIM', result, { domain: 'bank.example', selector: 'x' })),
      fc
        .constantFrom('throwaway.example', 'lists-example.throwaway.example')
        .map((domain) => check('DKIM', 'pass', { domain, selector: 'x' })),
    ),
    { maxLength: 4 },
  ),
  arc: fc.constantFrom('throwaway.example', 'lists.throwaway.example').chain((domain) =>
    fc.constantFrom('none', 'pass', 'fail').map((result) =>
      check('ARC', result, {
        domain,
        details: {
          sets: [
            {
              sealer: domain,
              results: 'mx.lists.example; dkim=pass header.d=bank.example; dmarc=pass header.from=bank.example',
            },
          ],
        },
      }),
    ),
  ),
});

test('a forger may write what he likes into his header, his signatures and his seals: it stays an accusation', () => {
  const envelopes = fc.constantFrom(
    'accounts@bank.example',
    'SRS0=Tx5q=ZK=bank.example=accounts@throwaway.example',
    '',
  );
  fc.assert(
    fc.property(forgedHeader, forgedChecks, envelopes, ({ ...fields }, { dkim, arc }, senderMailFromAddress) => {
      const plain = forgery();
      const kept = plain.message.checks.filter(({ method }) => method !== 'DKIM' && method !== 'ARC');
      const forged = forgery({ headers: header(fields), checks: [...kept, ...dkim, arc], senderMailFromAddress });
      assert.ok(accuses(wordOf(forged)), wordOf(forged));
    }),
    { numRuns: 500 },
  );
});

test('what could be forged and does not count says so among the reasons', () => {
  const reasons = verdictOf(forgery({ headers: header({ listId: '<ledgers.lists.example>' }) }), { house }).reasons;
  const list = reasons.find(({ signal }) => signal === 'list-headers');
  assert.equal(list?.points, 0);
  assert.match(list?.words ?? '', /could have written that, so it does not count/);
});

test('reasons stand by weight, and the ranking names each word once', () => {
  const { reasons, ranking, confidence } = verdictOf(forgery(), { house });
  const sizes = reasons.map(({ points }) => Math.abs(points));
  assert.deepEqual(
    sizes,
    [...sizes].sort((one, other) => other - one),
  );
  assert.deepEqual(ranking.map(({ word }) => word).sort(), [...allWords].sort());
  assert.ok(confidence > 0.9 && confidence <= 1);
});

test('an export that says nothing of authentication accuses nobody', () => {
  const empty = { spf: '', dkim: '', dmarc: '', compAuth: '', action: '', reason: '' };
  const { word, confidence } = verdictOf(forgery({ words: empty, checks: [], headers: undefined }), { house });
  assert.equal(word, 'legitimate');
  assert.ok(confidence < 0.6, 'and is not sure of it');
});

test('a table that somebody argues about: his points count, the others stay', () => {
  const own = weightsWith({ 'dmarc-fail': { spoof: 0 } });
  const points = (table?: typeof own) =>
    verdictOf(forgery(), { house, ...(table ? { weights: table } : {}) }).ranking.find(({ word }) => word === 'spoof')!
      .points;
  assert.equal(Math.round((points() - points(own)) * 10) / 10, 2);
  assert.throws(() => weightsWith({ nonsense: {} }), { code: 'INV0001' });
  assert.throws(() => weightsWith({ 'dmarc-fail': { spam: 1 } }), { code: 'INV0001' });
  assert.throws(() => weightsWith({ 'dmarc-fail': { spoof: 99 } }), { code: 'INV0001' });
  assert.throws(() => weightsWith({ 'dmarc-fail': 'no' }), { code: 'INV0001' });
});

/** Mail inside, to so many colleagues, with a link that nobody here knows or without. */
const inside = (colleagues: number, direction: string, hasLink: boolean): Evidence => {
  const plain = honest();
  const [recipient] = plain.message.recipients;
  const domain = 'files.throwaway.example';
  return honest(
    {
      direction,
      checks: [],
      words: { spf: '', dkim: '', dmarc: '', compAuth: '', action: '', reason: '' },
      recipients: Array.from({ length: colleagues }, (_, i) => ({ ...recipient!, address: `c${i}@contoso.com` })),
      urls: hasLink ? [{ url: `https://${domain}/a`, domain, location: 'Body' }] : [],
    },
    { acquaintance: acquaintance({ urlDomains: [{ domain, messages: 0 }] }) },
  );
};

const sendings: readonly [what: string, evidence: Evidence, counts: boolean][] = [
  ['five colleagues', inside(5, 'Intra-org', true), true],
  ['four', inside(4, 'Intra-org', true), false],
  ['five without a link', inside(5, 'Intra-org', false), false],
  ['five outsiders', inside(5, 'Outbound', true), false],
];

for (const [what, evidence, counts] of sendings)
  test(`a strange link from inside to many colleagues: ${what}`, () => {
    const { word, reasons } = verdictOf(evidence, { house });
    assert.equal(
      reasons.some(({ signal }) => signal === 'strange-link-to-many-colleagues'),
      counts,
    );
    assert.equal(word, 'legitimate');
  });
