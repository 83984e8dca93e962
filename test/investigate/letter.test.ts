import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageFacts } from '../../src/evidence/index.ts';
import { letterOf } from '../../src/investigate/index.ts';
import { withMechanism } from '../../src/investigate/letter/record.ts';
import { byPlatform, check, forgery, honest } from '../evidence/signals/made-evidence.ts';

const spf = (result: string, more = {}) => check('SPF', result, { domain: 'bank.example', ...more });
const dmarc = check('DMARC', 'fail', { domain: 'bank.example', policy: 'none' });
const letter = (...checks: MessageFacts['checks']) => letterOf(forgery({ checks }), 'misconfigured-sender')!;

test('the record as it stands, with the address that sent', () => {
  const { to, record, body } = letter(
    spf('softfail', { record: 'v=spf1 ip4:192.0.2.45 ~all' }),
    check('DKIM', 'none'),
    dmarc,
  );
  assert.equal(to, 'postmaster@bank.example');
  assert.deepEqual(record, {
    name: 'bank.example.',
    type: 'TXT',
    value: 'v=spf1 ip4:192.0.2.45 ip4:203.0.113.66 ~all',
  });
  assert.match(body, /bank\.example\. TXT "v=spf1 ip4:192\.0\.2\.45 ip4:203\.0\.113\.66 ~all"/);
});

test('no record is made up: where it is not known, the letter says what is missing', () => {
  const words = letterOf(forgery({ checks: [] }), 'misconfigured-sender')!;
  assert.equal(words.record, undefined);
  assert.match(words.body, /cannot know from here:\n- the record as it stands/);
  const none = letter(spf('none'), check('DKIM', 'none'), dmarc);
  assert.equal(none.record, undefined);
  assert.match(none.body, /which other servers send for you/);
  const platform = letterOf(byPlatform(), 'third-party-platform')!;
  assert.equal(platform.record, undefined);
  assert.match(platform.body, /_domainkey\.bank\.example/);
  assert.match(platform.body, /selector p1/);
  assert.match(platform.body, /only it knows them/);
});

test('an address that a Received field alone names is put into no record', () => {
  const assumed = letter(spf('fail', { record: 'v=spf1 -all', clientKnown: 'assumed' }), dmarc);
  assert.equal(assumed.record, undefined);
  assert.match(assumed.body, /not written by a receiver that we trust/);
});

test('strict alignment is relaxed in the record that there is', () => {
  const strict = check('DMARC', 'fail', {
    domain: 'bank.example',
    recordDomain: 'bank.example',
    record: 'v=DMARC1; p=reject; adkim=s; aspf=s',
  });
  const { record } = letter(spf('pass', { domain: 'mail.bank.example' }), check('DKIM', 'none'), strict);
  assert.equal(record?.value, 'v=DMARC1; p=reject; adkim=r; aspf=r');
});

test('a lost key, a broken record, no DMARC record', () => {
  assert.match(
    letter(
      spf('fail'),
      check('DKIM', 'none', { domain: 'bank.example', selector: 's9', reason: 'no key for signature' }),
      dmarc,
    ).body,
    /s9\._domainkey\.bank\.example/,
  );
  assert.match(
    letter(spf('permerror', { reason: 'it includes itself' }), dmarc).body,
    /cannot be evaluated \(it includes itself\)/,
  );
  const { record } = letter(spf('pass'), check('DMARC', 'none', { domain: 'bank.example' }));
  assert.deepEqual(record, { name: '_dmarc.bank.example.', type: 'TXT', value: 'v=DMARC1; p=none' });
});

test('no letter for a forgery, for honest mail, or to what is no domain', () => {
  assert.equal(letterOf(forgery(), 'spoof'), undefined);
  assert.equal(letterOf(honest(), 'misconfigured-sender'), undefined);
  assert.equal(letterOf(forgery({ senderFromDomain: 'bank example\r\nBcc: x' }), 'misconfigured-sender'), undefined);
});

test('nothing of the message ends a line of the letter', () => {
  const hostile = letterOf(
    forgery({ subject: 'x\r\nBcc: victim@x.example\u202e', internetMessageId: '<a\n.\nQUIT>' }),
    'misconfigured-sender',
  )!;
  assert.doesNotMatch(hostile.body, /^(?:Bcc|QUIT|\.)/m);
  assert.doesNotMatch(hostile.body, /[\r\u202e]/);
});

test('a mechanism goes before what ends the record, and into nothing else', () => {
  assert.equal(withMechanism('v=spf1 a -all', 'ip4:192.0.2.9'), 'v=spf1 a ip4:192.0.2.9 -all');
  assert.equal(
    withMechanism('v=spf1 redirect=_spf.x.example', 'ip4:192.0.2.9'),
    'v=spf1 ip4:192.0.2.9 redirect=_spf.x.example',
  );
  assert.equal(withMechanism('v=spf1 a', 'ip6:2001:db8::1'), 'v=spf1 a ip6:2001:db8::1');
  assert.equal(withMechanism('v=spf1 ip4:192.0.2.9 -all', 'ip4:192.0.2.9'), undefined);
  assert.equal(withMechanism('not a record', 'ip4:192.0.2.9'), undefined);
});
