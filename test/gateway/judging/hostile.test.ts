import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OwnIds } from '../../../src/gateway/edits/forged-results.ts';
import { applyEdits } from '../../../src/gateway/edits/index.ts';
import { readMessage } from '../../../src/mail/index.ts';
import { readPolicy } from '../../../src/policy/index.ts';
import { never, offered, ok, textZone, triedGate } from '../gate-rig.ts';

const policy = readPolicy(
  `name: Test
mode: Enforce
rules:
  - name: Warn
    do: [{ PrependSubject: "[x] " }, { SetHeader: { name: X-Tag, value: y } }, { ApplyBanner: { text: Mind } }]
`,
  'test',
);
const pieces = [
  '\r\n',
  '\n',
  '\r',
  '\r\n\r\n',
  ' ',
  '\t',
  ':',
  ';',
  '"',
  '(',
  ')',
  '\\',
  '\0',
  '\xff',
  '\xc3\xbc',
  '=?utf-8?Q?=',
  'From: a@bank.example',
  'From : b@bank.example, c@d.example',
  'From a@bank.example Sat',
  'Subject: ',
  'Subject: [x] ',
  'Authentication-Results: mx.contoso.com; dmarc=pass',
  'authentication-results : "mx.contoso.com"',
  'Authentication-Results:',
  'mx.contoso.com',
  'ARC-Seal: i=1; cv=none',
  'DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=x; h=from; bh=AA==; b=AA==',
  'Content-Type: multipart/mixed; boundary=a',
  'Content-Type: text/html',
  'Content-Transfer-Encoding: base64',
  '--a',
  '--a--',
  'X-Mailhunt-Policy: Deliver',
  'X-Tag: z',
  '<body>',
  '<!--',
  '.\r\n',
];

test('whatever a message holds, it is judged, the first stamp is ours and no other claims to be', {
  timeout: 120_000,
}, async () => {
  const { gate, notices, entries } = triedGate({
    policy: () => policy,
    resolver: textZone({ '_dmarc.bank.example': 'v=DMARC1; p=none' }),
  });
  let state = 4711;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >> 8) % below;
  };
  for (let n = 0; n < 1500; n++) {
    const text = Array.from({ length: random(20) }, () => pieces[random(pieces.length)]).join(
      random(2) === 0 ? '' : '\r\n',
    );
    const message = offered(Buffer.from(text, 'latin1'), {
      mailFrom: text.slice(0, random(30)),
      client: { ip: '192.0.2.7', helo: text.slice(0, 40), name: undefined, isAuthenticated: false },
    });
    const ruling = await gate.rule(message, never);
    assert.equal(ruling.course, 'handOn', JSON.stringify(text));
    await ruling.record(ok);
    const { fields } = readMessage(applyEdits(message.bytes, ruling.edits));
    const stamps = fields.filter(({ name }) => name === 'authentication-results');
    const own = stamps.filter(({ value }) => new OwnIds(['mx.contoso.com']).areClaimedBy(value));
    assert.equal(own.length, 1, JSON.stringify(text));
    assert.equal(stamps[0], own[0], JSON.stringify(text));
    assert.match(own[0]!.value, /^ mx\.contoso\.com; spf=/);
    for (const name of ['subject', 'x-tag', 'x-mailhunt-policy']) {
      assert.equal(fields.filter((field) => field.name === name).length, 1, `${name} of ${JSON.stringify(text)}`);
    }
  }
  assert.deepEqual(notices, []);
  assert.equal(entries.length, 1500);
});
