import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receivedField } from '../../../src/gateway/edits/index.ts';
import type { Observed } from '../../../src/gateway/judging/index.ts';
import { messageLine } from '../../../src/gateway/operation/index.ts';
import { fieldsAfter, never, offered, ok, textZone, told, triedGate } from '../gate-rig.ts';

const resolver = textZone({
  'bank.example': 'v=spf1 ip4:127.0.0.1 ip4:192.0.2.7 -all',
  '_dmarc.bank.example': 'v=DMARC1; p=reject',
  'shop.example': 'v=spf1 ip4:127.0.0.1 -all',
});
const letter = (domain: string) => `From: Jane <jane@${domain}>\nSubject: Hi\n\nHello.\n`;
const unknown = { client: { ip: '', helo: 'mail.bank.example', name: undefined, isAuthenticated: false } };

test('a client that nobody knows proves nothing by its address: SPF is none, and p=reject refuses', async () => {
  const { gate } = triedGate({ resolver });
  assert.equal(told(await gate.rule(offered(letter('bank.example')), never)), '250');
  assert.equal(told(await gate.rule(offered(letter('bank.example'), unknown), never)), '550 5.7.26');
});

test('what it says is as of nobody: in the stamp, the row, the trace and the log', async () => {
  const seen: Observed[] = [];
  const { gate, entries } = triedGate({ resolver, observe: (observed) => seen.push(observed) });
  const message = offered(letter('shop.example'), { ...unknown, mailFrom: 'a@shop.example' });
  const ruling = await gate.rule(message, never);
  assert.equal(told(ruling), '250');
  assert.match(fieldsAfter(message, ruling, 'Authentication-Results')[0]!, /spf=none/);
  await ruling.record(ok);
  const { columns, rows } = entries[0]!.tables.find(({ table }) => table === 'EmailEvents')!;
  const values = JSON.parse(rows[0]!);
  const row = Array.isArray(values) ? Object.fromEntries(columns.map((name, at) => [name, values[at]])) : values;
  assert.deepEqual([row.SenderIPv4, row.SenderIPv6, row.EmailDirection], ['', '', 'Inbound']);
  assert.match(messageLine(seen[0]!), /; client unknown, from "a@shop\.example"/);
  const trace = receivedField(message, { by: 'mx.contoso.com', id: 'mh-1' }).value;
  assert.match(trace, /^from mail\.bank\.example \(unknown \[unknown\]\)\r\n/);
});
