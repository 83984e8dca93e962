import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, receivedField } from '../../../src/gateway/edits/index.ts';
import { hopsOf, readMessage } from '../../../src/mail/index.ts';
import { AT, offered } from '../gate-rig.ts';

const hopOf = (changes: Parameters<typeof offered>[1]) => {
  const message = offered('Subject: hi\n\n', changes);
  const insert = [receivedField(message, { by: 'mx.contoso.com', id: '17-1' })];
  const bytes = applyEdits(message.bytes, { remove: [], insert, body: undefined });
  return { hops: hopsOf(readMessage(bytes)), text: bytes.toString('latin1') };
};

test('a Received field says who brought the message, as a reader of such fields takes it', () => {
  const { hops, text } = hopOf({});
  assert.deepEqual(hops, [
    {
      helo: 'mail.bank.example',
      ip: '192.0.2.7',
      by: 'mx.contoso.com',
      with: 'ESMTP',
      for: 'anna@contoso.com',
      envelopeFrom: 'bounce@bank.example',
      at: AT,
    },
  ]);
  assert.ok(
    text.split('\r\n').every((line) => line.length <= 78),
    text,
  );
});

test('an address of IPv6, a literal as HELO, and no recipient where there are several', () => {
  const client = { ip: '2001:db8::7', helo: '[IPv6:2001:db8::7]', name: 'mail.bank.example', isAuthenticated: false };
  const { hops, text } = hopOf({ client, recipients: ['a@contoso.com', 'b@contoso.com'] });
  assert.equal(hops[0]?.ip, '2001:db8::7');
  assert.equal(hops[0]?.for, undefined);
  assert.match(text, /^Received: from \[IPv6:2001:db8::7\] \(mail\.bank\.example \[IPv6:2001:db8::7\]\)\r\n/);
});

const hostile = [
  'x) [203.0.113.1] (',
  'a\r\nBcc: b',
  'a; Sat, 1 Jan 2000 00:00:00 +0000',
  '(',
  '[203.0.113.1',
  '\xff\0',
  'by evil.example',
  'x'.repeat(5000),
];
for (const text of hostile) {
  test(`whatever a client calls itself, it cannot say more: ${JSON.stringify(text.slice(0, 40))}`, () => {
    const client = { ip: '192.0.2.7', helo: text, name: text, isAuthenticated: false };
    const { hops, text: written } = hopOf({ client, mailFrom: text, recipients: [text], protocol: text });
    assert.equal(hops.length, 1);
    assert.equal(hops[0]?.ip, '192.0.2.7');
    assert.equal(hops[0]?.by, 'mx.contoso.com');
    assert.equal(hops[0]?.at, AT);
    assert.ok(written.split('\r\n').every((line) => line.length < 998));
  });
}
