import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, receivedField, traceIdOf } from '../../../src/gateway/edits/index.ts';
import { isLooping, loopLimits } from '../../../src/gateway/judging/loops.ts';
import { readMessage } from '../../../src/mail/index.ts';
import { inTime } from '../../in-time.ts';
import { fieldsAfter, never, offered, ok, silentDns, textZone, told, triedGate } from '../gate-rig.ts';

const HOST = 'mx.contoso.com';
const letter = 'From: jane@bank.example\nSubject: Hi\n\nHello\n';
const zone = textZone({ 'bank.example': 'v=spf1 ip4:192.0.2.7 -all' });

/** A letter that has come through the gate so many times, by the gate's own hand. */
function passed(times: number, by = HOST, id = traceIdOf('abc')) {
  let bytes = offered(letter).bytes;
  for (let n = 0; n < times; n++) {
    const field = receivedField(offered(bytes), { by, id });
    bytes = applyEdits(bytes, { remove: [], insert: [field], body: undefined });
  }
  return bytes;
}
const isRound = (bytes: Buffer): boolean => isLooping(readMessage(bytes), HOST, loopLimits);

test('through this gate five times, not six; through an MTA on its host, and others of that name, as often as one likes', () => {
  assert.equal(isRound(passed(5)), false);
  assert.equal(isRound(passed(6)), true);
  assert.equal(isRound(passed(6, 'MX.contoso.com')), true);
  assert.equal(isRound(passed(6, HOST, '4XyZ')), false);
  assert.equal(isRound(passed(6, 'mx.contoso.com.example')), false);
});

test('a hundred hosts, not more', () => {
  assert.equal(isRound(passed(100, 'a.example')), false);
  assert.equal(isRound(passed(101, 'a.example')), true);
});

test('hostile Received fields cost no time and are no trace of ours', async () => {
  const field = (value: string) => `Received: ${value}\r\n`;
  const hostile = [
    ' by '.repeat(100_000),
    ` by ${HOST} with ${'x'.repeat(200_000)}`,
    ' '.repeat(200_000),
    ` by ${HOST} with A id mh`,
  ];
  const bytes = Buffer.from(hostile.map(field).join('').repeat(5) + offered(letter).bytes.toString('latin1'), 'latin1');
  assert.equal(await inTime(2_000, () => isRound(bytes)), false);
});

test('refused at the gate with a row, in Audit too, and by no rule', async () => {
  const { gate, entries } = triedGate({ resolver: zone });
  const ruling = await gate.rule(offered(passed(6)), never);
  assert.equal(told(ruling), '554 5.4.6');
  await ruling.record(ruling.reply!);
  assert.deepEqual([entries[0]!.told?.action, entries[0]!.told?.rule], ['Reject', undefined]);
  assert.equal(told(await gate.rule(offered(passed(5)), never)), '250');
});

test('an open gate in trouble lets on what goes straight, and not what goes in a circle', async () => {
  const { gate } = triedGate({ resolver: silentDns, isDnsAlive: async () => false, onTrouble: 'open' });
  assert.equal(told(await gate.rule(offered(passed(6)), never)), '554 5.4.6');
  const straight = offered(passed(5));
  const ruling = await gate.rule(straight, never);
  assert.equal(told(ruling), '250');
  assert.equal(fieldsAfter(straight, ruling, 'received').length, 5);
  await ruling.record(ok);
});
