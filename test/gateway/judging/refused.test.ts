import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Observed } from '../../../src/gateway/judging/index.ts';
import { RefusalAllowance } from '../../../src/gateway/judging/refusal-allowance.ts';
import { type GateChanges, offered, triedGate } from '../gate-rig.ts';

const bareLf = { code: 550, enhanced: '5.6.11', text: 'The message holds an LF without CR' };
const header = 'From: Jane <jane@bank.example>\nSubject: Hi\n\n';
const from = (ip: string) =>
  offered(header, { client: { ip, helo: 'x.example', name: undefined, isAuthenticated: false } });

/** A gate with what it has told of. */
function watched(changes: GateChanges = {}) {
  const seen: Observed[] = [];
  const { gate, entries } = triedGate({ observe: (one) => seen.push(one), ...changes });
  const refuse = async (...ips: readonly string[]): Promise<void> => {
    for (const ip of ips) gate.refused!(from(ip), bareLf);
    while (seen.length < ips.length) await sleep(5);
  };
  return { seen, entries, refuse };
}

test('what a front refuses leaves a row: blocked, by whom, for whom, unjudged', async () => {
  const { seen, entries, refuse } = watched();
  await refuse('203.0.113.9');
  const { columns, rows } = entries[0]!.tables.find(({ table }) => table === 'EmailEvents')!;
  const row = JSON.parse(rows[0]!);
  const cell = (name: string) => row[columns.indexOf(name)];
  assert.deepEqual(
    [
      'DeliveryAction',
      'DeliveryLocation',
      'SenderIPv4',
      'SenderFromAddress',
      'SenderMailFromAddress',
      'RecipientEmailAddress',
      'Subject',
    ].map(cell),
    ['Blocked', 'Failed', '203.0.113.9', 'jane@bank.example', 'bounce@bank.example', 'anna@contoso.com', 'Hi'],
  );
  assert.match(JSON.stringify(cell('AdditionalFields')), /550 5\.6\.11/);
  assert.deepEqual(
    [seen[0]!.id, seen[0]!.action, seen[0]!.verdict, seen[0]!.trouble],
    [entries[0]!.id, 'Reject', undefined, 'refused before it was judged'],
  );
});

test('who sends them by the thousand fills no store, and is counted all the same', async () => {
  const { seen, entries, refuse } = watched({ refusals: 20 });
  await refuse(...Array.from({ length: 50 }, () => '203.0.113.9'), '198.51.100.1');
  assert.equal(seen.length, 51);
  assert.deepEqual(entries.map(({ told }) => told?.client.ip).sort(), ['198.51.100.1', '203.0.113.9', '203.0.113.9']);
});

test('none where none are wanted, or the journal is full', async () => {
  for (const changes of [{ refusals: 0 }, { journal: { hasRoom: false, record: () => assert.fail() } }]) {
    const { seen, entries, refuse } = watched(changes);
    await refuse('203.0.113.9');
    assert.deepEqual([seen.length, entries.length, seen[0]!.id], [1, 0, undefined]);
  }
});

test('an allowance: so many in a minute, a tenth of them for one client or its /64, anew in the next', () => {
  const allowance = new RefusalAllowance(20);
  const take = (ip: string, at: number) => allowance.take(ip, at);
  assert.deepEqual(
    [1, 2, 3].map(() => take('2001:db8::1', 0)),
    [true, true, false],
  );
  assert.equal(take('2001:db8::ffff', 10), false);
  assert.equal(take('2001:db8:1::1', 10), true);
  let others = 0;
  for (let n = 0; n < 100; n++) others += Number(take(`192.0.2.${n}`, 20));
  assert.equal(others, 17);
  assert.equal(take('2001:db8::1', 60_001), true);
  assert.equal(new RefusalAllowance(5).take('192.0.2.1', 0), true);
});
