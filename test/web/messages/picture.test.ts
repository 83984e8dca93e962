import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckFacts, MessageFacts } from '../../../src/evidence/index.ts';
import { pictureOf } from '../../../web/src/messages/picture/picture.ts';
import { check as madeCheck } from '../../evidence/signals/made-evidence.ts';

const check = (method: string, result: string, more: Partial<CheckFacts> = {}): CheckFacts =>
  madeCheck(method, result, { clientIp: '203.0.113.9', helo: '', checkedAt: '', ...more });

const message = (checks: readonly CheckFacts[], more: Partial<MessageFacts> = {}): MessageFacts =>
  ({
    senderDisplayName: 'Anna Baker',
    senderFromAddress: 'anna@contoso.com',
    senderFromDomain: 'contoso.com',
    senderMailFromDomain: 'evil.example',
    senderIp: '203.0.113.9',
    words: { spf: '', dkim: '', dmarc: '', compAuth: '', action: '', reason: '' },
    recipients: [],
    checks,
    ...more,
  }) as MessageFacts;

const dmarc = (result: string, more: Partial<CheckFacts> = {}) =>
  check('DMARC', result, { domain: 'contoso.com', organizationalDomain: 'contoso.com', policy: 'reject', ...more });

const steps = (facts: MessageFacts) =>
  pictureOf(facts).paths.map(({ method, proof, alignment, breaksAt }) => [
    method,
    proof.state,
    alignment.state,
    breaksAt,
  ]);

test('SPF that passed for another owner breaks at the alignment', () => {
  const facts = message([
    check('SPF', 'pass', { domain: 'evil.example', isAligned: false }),
    check('DKIM', 'none'),
    dmarc('fail'),
  ]);
  assert.deepEqual(steps(facts), [
    ['SPF', 'good', 'bad', 'alignment'],
    ['DKIM', 'none', 'none', 'proof'],
  ]);
  assert.equal(
    pictureOf(facts).summary,
    'Nothing proves that contoso.com sent it: SPF passed, but for evil.example; it is not signed.',
  );
});

test('a signature of the author reaches him, though SPF breaks', () => {
  const facts = message([
    check('SPF', 'softfail', { domain: 'lists.example' }),
    check('DKIM', 'pass', { domain: 'contoso.com', isAligned: true, alignment: 'strict', selector: 's1' }),
    dmarc('pass'),
  ]);
  assert.deepEqual(steps(facts), [
    ['SPF', 'bad', 'bad', 'proof'],
    ['DKIM', 'good', 'good', undefined],
  ]);
  assert.equal(pictureOf(facts).summary, 'DKIM proves that contoso.com sent it.');
  assert.match(
    pictureOf(facts).paths[1]?.sentence ?? '',
    /^DKIM: Signed by d= contoso\.com: pass\. .* It proves contoso\.com\.$/,
  );
});

test('what is aligned loosely does not count where the owner is strict', () => {
  const facts = message([check('DKIM', 'pass', { domain: 'mail.contoso.com', isAligned: false }), dmarc('fail')]);
  assert.deepEqual(steps(facts), [['DKIM', 'good', 'bad', 'alignment']]);
  assert.match(pictureOf(facts).paths[0]?.alignment.words ?? '', /strict/);
});

test('a seal of a forwarder proves nobody: it never reaches the author', () => {
  const sets = [{ sealer: 'a.example' }, { sealer: 'b.example' }];
  const facts = message([check('ARC', 'pass', { domain: 'b.example', details: { sets } }), dmarc('fail')]);
  assert.deepEqual(steps(facts), [['ARC', 'good', 'none', undefined]]);
  assert.equal(pictureOf(facts).paths[0]?.claim.detail, 'a.example → b.example');
  assert.equal(pictureOf(message([check('ARC', 'none'), dmarc('fail')])).paths.length, 0);
});

test('a failed look-up is no failure', () => {
  const { verdict, summary } = pictureOf(
    message([check('SPF', 'temperror', { domain: 'contoso.com' }), dmarc('temperror')]),
  );
  assert.equal(verdict.state, 'unknown');
  assert.match(summary, /DNS did not answer/);
});

test('an export has words and no reasons, and nothing is made up', () => {
  const words = { spf: 'pass', dkim: 'pass', dmarc: 'fail', compAuth: 'fail', action: '', reason: '000' };
  const { paths, isWhole, outcomes } = pictureOf(message([], { words }));
  assert.equal(isWhole, false);
  assert.deepEqual(
    paths.map(({ method, claim, alignment }) => [method, claim.value, alignment.state]),
    [
      ['SPF', 'evil.example', 'unknown'],
      ['DKIM', 'not in the export', 'unknown'],
    ],
  );
  assert.deepEqual(outcomes, [{ label: 'Receiver concluded', value: 'compauth=fail reason=000', state: 'bad' }]);
});

test('what followed stands in its order, delivery of a failure in red', () => {
  const recipient = { deliveryAction: 'Delivered', deliveryLocation: 'Inbox/folder' };
  const facts = message([dmarc('fail', { action: 'oreject' }), check('CompAuth', 'fail', { reasonCode: '000' })], {
    recipients: [recipient, recipient, { deliveryAction: 'Blocked', deliveryLocation: 'Quarantine' }] as never,
  });
  assert.deepEqual(
    pictureOf(facts).outcomes.map(({ label, value, state }) => [label, value, state]),
    [
      ['The owner asks', 'p=reject', 'none'],
      ['DMARC action', 'oreject', 'bad'],
      ['Receiver concluded', 'compauth=fail reason=000', 'bad'],
      ['What happened', 'Delivered (Inbox/folder) × 2', 'bad'],
      ['What happened', 'Blocked (Quarantine) × 1', 'good'],
    ],
  );
});
