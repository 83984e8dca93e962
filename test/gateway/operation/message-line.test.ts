import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Observed } from '../../../src/gateway/judging/index.ts';
import { messageFacts, messageLine } from '../../../src/gateway/operation/index.ts';
import { jsonLog } from '../../../src/telemetry/index.ts';

const seen: Observed = {
  id: '4f0c0000-0000-8000-8000-000000000000',
  offered: {
    client: { ip: '192.0.2.7', helo: 'x', name: undefined, isAuthenticated: false },
    mailFrom: 'bounce@bank.example',
    recipients: ['anna@contoso.com', 'ben@contoso.com'],
    queueId: 'mh-1',
  },
  bytes: 1_234,
  verdict: { spf: 'fail', dmarc: 'fail', compauth: 'fail', reason: '000' },
  action: 'Deliver',
  rule: undefined,
  wouldBe: { action: 'Reject 550 5.7.26', rule: 'Refuse it' },
  answer: { code: 250, enhanced: '2.0.0', text: 'Ok' },
  ms: 12,
  trouble: undefined,
};

test('a line for a person', () => {
  assert.equal(
    messageLine(seen),
    'message mh-1: 250 2.0.0 Ok; client 192.0.2.7, from "bounce@bank.example", to 2; Deliver; Enforce would Reject 550 5.7.26 by "Refuse it"; spf=fail dmarc=fail compauth=fail reason=000; 12 ms; row 4f0c0000-0000-8000-8000-000000000000',
  );
});

test('a line for programs: counts of recipients, not who they are', () => {
  const { recipients: _, ...facts } = { recipients: 0, ...messageFacts(seen) };
  assert.deepEqual(facts, {
    level: 'info',
    event: 'message',
    id: seen.id,
    queue_id: 'mh-1',
    client: '192.0.2.7',
    from: 'bounce@bank.example',
    to: 2,
    bytes: 1_234,
    verdict: 'spf=fail dmarc=fail compauth=fail reason=000',
    action: 'Deliver',
    rule: undefined,
    would_be: 'Reject 550 5.7.26',
    would_be_rule: 'Refuse it',
    answer: '250 2.0.0 Ok',
    ms: 12,
    trouble: undefined,
  });
});

test('what a sender, an MTA or a next hop chose ends no line and steers no terminal', () => {
  const evil = '\u001b[2J\u009b\n{"event":"message"}\u202e"\ud800';
  const { offered, ...rest } = seen;
  const hostile: Observed = {
    ...rest,
    offered: { ...offered, mailFrom: evil + 'x'.repeat(5_000), queueId: evil },
    rule: evil,
    wouldBe: { action: 'Reject', rule: evil },
    answer: { ...seen.answer, text: evil },
  };
  const line = messageLine(hostile);
  assert.match(line, /^[ -~]+$/);
  assert.ok(line.length < 3_000);
  const printed: string[] = [];
  jsonLog(
    (one) => printed.push(one),
    () => 0,
  )('250', messageFacts(hostile));
  assert.match(printed[0]!, /^[ -~]+$/);
  assert.equal(JSON.parse(printed[0]!).rule, evil);
});
