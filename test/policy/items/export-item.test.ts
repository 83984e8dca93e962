import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide, readPolicy } from '../../../src/policy/index.ts';
import { type StoredRow, storedMail } from '../../../src/policy/items/stored-item.ts';
import { Reputation } from '../../../src/policy/reputation/reputation.ts';
import { ruleOf } from '../made-item.ts';

const AT = Date.parse('2026-07-18T12:00:00Z');

/** A message as Defender exports it: no checks, no header, no To and Cc. */
const exported = (changes: Partial<StoredRow> = {}): StoredRow => ({
  NetworkMessageId: '00000000-0000-4000-8000-000000000001',
  Timestamp: '2026-07-18T12:00:00.000Z',
  Recipients: ['anna.berg@receiver.example'],
  SenderFromAddress: 'ceo@bank.example',
  SenderFromDomain: 'bank.example',
  SenderMailFromAddress: 'x@mailer.example',
  SenderMailFromDomain: 'mailer.example',
  Ip: '192.0.2.7',
  Subject: 'Invoice',
  AuthenticationDetails: '{"SPF":"fail","DKIM":"none","DMARC":"fail","CompAuth":"fail"}',
  To: '',
  Cc: '',
  EmailSize: null,
  ConfidenceLevel: '',
  FirstContact: null,
  DeliveryAction: 'Delivered',
  DeliveryLocation: 'Inbox/folder',
  Checks: null,
  VerdictSource: null,
  ClientIP: null,
  ClientKnown: null,
  Helo: null,
  FromDomains: null,
  HeaderNames: null,
  ...changes,
});

const json = (words: string) => exported({ AuthenticationDetails: `{${words}}` });
const header = exported({
  AuthenticationDetails:
    'spf=fail (sender IP is 192.0.2.7) smtp.mailfrom=mailer.example; dkim=none; dmarc=fail action=oreject header.from=bank.example;compauth=fail reason=000',
});

/** What the row says, what a rule asks, and what becomes of the rule. */
const rows: readonly [row: StoredRow, when: string, outcome: 'matched' | 'missed' | 'unknown'][] = [
  [exported(), '{ DMARC: fail }', 'matched'],
  [exported(), '{ DMARC: pass }', 'missed'],
  // Defender's JSON does not say what the owner asks for.
  [exported(), '{ DMARCPolicy: reject }', 'unknown'],
  [exported(), '{ DMARCPolicy: unknown }', 'unknown'],
  [header, '{ DMARCPolicy: reject }', 'matched'],
  [header, '{ DMARCPolicy: quarantine }', 'missed'],
  [json('"DMARC":"none"'), '{ DMARCPolicy: none }', 'matched'],
  [json('"DMARC":"temperror"'), '{ DMARCPolicy: unknown }', 'matched'],
  [json('"DMARC":"pass"'), '{ DMARCPolicy: [none, quarantine, reject, unknown] }', 'unknown'],
  [exported(), '{ Aligned: none }', 'matched'],
  [json('"DMARC":"pass"'), '{ Aligned: none }', 'unknown'],
  [json('"DMARC":"pass"'), '{ Aligned: [spf, dkim] }', 'unknown'],
  [exported(), '{ ARCSealer: trusted }', 'missed'],
  [json('"DMARC":"fail","CompAuth":"pass"'), '{ ARCSealer: trusted }', 'unknown'],
  [exported(), '{ ARC: pass }', 'unknown'],
  [exported(), '{ HeaderContains: { MessageHeader: Authentication-Results, Words: [dmarc=fail] } }', 'unknown'],
  [
    header,
    '{ HeaderContains: { MessageHeader: Authentication-Results, Words: [dmarc=fail action=oreject] } }',
    'matched',
  ],
  [header, '{ HeaderContains: { MessageHeader: Authentication-Results, Words: [dmarc=pass] } }', 'missed'],
  [exported(), '{ HeaderContains: { MessageHeader: List-Id, Words: [list] } }', 'unknown'],
  [exported(), '{ HeaderContains: { MessageHeader: Subject, Words: [invoice] } }', 'matched'],
  [exported(), '{ SubjectContainsWords: [invoice] }', 'matched'],
  [exported(), '{ SubjectOrBodyContainsWords: [gift] }', 'unknown'],
  [exported(), '{ SubjectOrBodyContainsWords: [invoice] }', 'matched'],
  [exported(), '{ AnyOfToHeader: [anna.berg@receiver.example] }', 'unknown'],
  [exported({ To: '["anna.berg@receiver.example"]' }), '{ AnyOfToHeader: [anna.berg@receiver.example] }', 'matched'],
  [exported({ To: '["anna.berg@receiver.example"]' }), '{ AnyOfToCcHeader: [ben@receiver.example] }', 'unknown'],
  [exported({ To: '[]', Cc: [] }), '{ AnyOfToCcHeader: [ben@receiver.example] }', 'missed'],
  [exported(), '{ SCLOver: 5 }', 'unknown'],
  [exported({ ConfidenceLevel: '{"Spam":"6"}' }), '{ SCLOver: 5 }', 'matched'],
  [exported(), '{ MessageSizeOver: 10 }', 'unknown'],
  [exported(), '{ FirstContact: true }', 'unknown'],
  [exported({ FirstContact: 1 }), '{ FirstContact: true }', 'matched'],
];

for (const [row, when, outcome] of rows) {
  test(`of an export with ${row.AuthenticationDetails.slice(0, 40)}, ${when} is ${outcome}`, () => {
    const means = { acceptedDomains: ['receiver.example'], trustedSealers: [], reputation: new Reputation() };
    const { item } = storedMail(row, means, () => undefined);
    const policy = readPolicy(ruleOf(`when: [${when}]`), '');
    assert.equal(decide(policy, item, AT).trace[0]!.outcome, outcome);
  });
}
