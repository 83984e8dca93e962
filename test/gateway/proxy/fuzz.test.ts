import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { Client } from './client.ts';
import { type Rig, startRig } from './rig.ts';

let rig: Rig;
before(async () => {
  rig = await startRig({
    limits: { perClientMinute: 1_000_000, message: 5_000, commandLine: 600 },
    networks: { attributes: ['127.0.0.2'], normalise: ['127.0.0.2'] },
    timeouts: { farewell: 20 },
  });
});
after(() => rig.stop());

const words = fc.constantFrom(
  'EHLO c.example\r\n',
  'HELO c.example\r\n',
  'MAIL FROM:<a@example.org>\r\n',
  'MAIL FROM:<a@example.org> SIZE=6000\r\n',
  'RCPT TO:<b@example.com>\r\n',
  'RCPT TO:<"a\\" b"@example.com> NOTIFY=NEVER\r\n',
  'DATA\r\n',
  'Subject: x\r\n\r\n',
  '.\r\n',
  '\r\n.\r\n',
  '\n.\n',
  '\r',
  '\n',
  '\0',
  '..\r\n',
  'RSET\r\n',
  'NOOP\r\n',
  'QUIT\r\n',
  'XCLIENT ADDR=192.0.2.1\r\n',
  'XFORWARD HELO=a+0Db\r\n',
  'x'.repeat(700),
  'ü',
);

test('whatever is sent: no defect, and neither the gate nor the next hop gets anything that is no mail', async () => {
  const some = fc.array(words, { minLength: 1, maxLength: 6 });
  const opening = fc.constant(['MAIL FROM:<a@example.org>\r\n', 'RCPT TO:<b@example.com>\r\n', 'DATA\r\n']);
  const message = some.map((parts) => ['Subject: x\r\n\r\n', ...parts, '\r\n.\r\n']);
  const groups = fc.array(fc.oneof(some, { arbitrary: opening, weight: 2 }, { arbitrary: message, weight: 2 }), {
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(groups, fc.boolean(), async (sent, isTrusted) => {
      const c = await Client.to(rig.proxy.port, isTrusted ? '127.0.0.2' : '127.0.0.1');
      await c.answer();
      for (const group of [['EHLO c.example\r\n'], ...sent]) {
        c.send(group.join(''));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      c.socket.end();
      while (!(await c.answer()).endsWith('closed'));
      assert.deepEqual(
        rig.notices.filter(({ about }) => about !== 'refusal'),
        [],
      );
    }),
    { numRuns: 400 },
  );
  for (const text of [...rig.sink.messages, ...rig.gate.offered.map(({ bytes }) => bytes.toString('latin1'))]) {
    assert.doesNotMatch(text, /(?<!\r)\n|\r(?!\n)|\0/);
  }
  for (const line of rig.sink.lines) {
    assert.match(line, /^(?:EHLO gate\.example\.com|MAIL FROM:<[ -~]*>[ -~]*|RCPT TO:<[ -~]+>[ -~]*|DATA|RSET|QUIT)$/);
  }
  assert.ok(rig.sink.messages.length > 10, 'some of it is mail');
  assert.equal(rig.sink.messages.length, rig.gate.offered.length);
});
