import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ran } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-auth-hostile-'));
after(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text, 'latin1');
  return join(folder, name);
};

/** Clears the screen, sets the title, hides text, writes backwards: in bytes, in UTF-8, and as C1 characters. */
const EVIL = '\x1b[2J\x1b]0;owned\x07\x08\x7f\x9b31m\xc2\x9b1m\xe2\x80\xae\xe2\x80\x8b\xe2\x81\xa6\0\v\f';
const encoded = `=?utf-8?B?${Buffer.from(EVIL, 'latin1').toString('base64')}?=`;
const quoted = '=?utf-8?Q?=1B[2J=E2=80=AE?=';

/** Everything that a terminal could act upon. */
const active = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

const zone = file(
  'dns.zone',
  `$ORIGIN .
evil.example. TXT "v=spf1 exists:%{l}.\\027[2J.example exp=why.evil.example -all"
why.evil.example. TXT "\\027]0;owned\\007 go away \\226\\128\\174"
_dmarc.evil.example. TXT "v=DMARC1; p=\\027[2J; rua=mailto:a@evil.example"
s._domainkey.evil.example. TXT "v=DKIM1; k=\\027[2J; p=AAAA"
`,
);

/** In every place in which a sender may write. */
const message = file(
  'hostile.eml',
  [
    `Return-Path: <eve${EVIL}@evil.example>`,
    `Received: from ${EVIL}client.example (${EVIL} [203.0.113.7]) by mx${EVIL}.contoso.example with ${EVIL}; Sat, 18 Jul 2026 13:00:01 +0000`,
    `Authentication-Results: mx.contoso.example; spf=pass (${EVIL}) smtp.mailfrom=${EVIL}; dkim=fail reason="${EVIL}"`,
    `ARC-Seal: i=1; a=rsa-sha256; cv=none; d=evil${EVIL}.example; s=${EVIL}; t=1; b=AAAA`,
    `ARC-Message-Signature: i=1; a=${EVIL}; d=evil.example; s=s; h=from; bh=AAAA; b=AAAA`,
    `ARC-Authentication-Results: i=1; ${EVIL}; spf=pass (${EVIL})`,
    `DKIM-Signature: v=1; a=rsa-sha256; d=evil.example; s=s; h=from; i=${EVIL}@evil.example; bh=${'A'.repeat(43)}=; b=AAAA`,
    `DKIM-Signature: v=1; a=${EVIL}; d=${EVIL}.evil.example; s=${EVIL}; h=${EVIL}; bh=${EVIL}; b=AAAA`,
    `From: "${EVIL}" ${encoded} ${quoted} <eve${EVIL}@evil.example>`,
    `Sender: ${encoded} <${EVIL}@evil.example>`,
    `Reply-To: "${quoted}" <x@evil.example>, ${encoded} <y@evil.example>`,
    `To: ${encoded} <ben@contoso.example>`,
    `Subject: ${encoded} ${quoted} ${EVIL}`,
    `Message-ID: <${EVIL}@evil.example>`,
    `List-Id: ${encoded} <${EVIL}>`,
    `${EVIL}: ${EVIL}`,
    '',
    'body',
  ].join('\r\n'),
);

for (const trust of [[], ['--trust', 'mx.contoso.example']]) {
  for (const form of [[], ['--json']]) {
    test(`nothing that a sender wrote acts upon a terminal: auth ${[...form, ...trust].join(' ')}`, async () => {
      const { out, err } = await ran(['auth', message, '--dns', zone, ...form, ...trust]);
      assert.equal(err, '');
      assert.equal(active.exec(out)?.index, undefined, JSON.stringify(out.slice(0, 3000)));
      // The text itself is shown, made harmless.
      assert.match(out, form.length === 0 ? /␛\[2J/ : /\\u001b\[2J/);
    });
  }
}

test('the kept answers of DNS hold escapes as a zone file writes them', async () => {
  const kept = join(folder, 'kept.zone');
  const { err } = await ran(['auth', message, '--dns', zone, '--zone-out', kept]);
  assert.equal(err, '');
  const text = readFileSync(kept, 'utf8');
  assert.equal(active.exec(text)?.index, undefined, JSON.stringify(text));
  const again = await ran(['auth', message, '--dns', kept]);
  assert.match(again.out, /DMARC/);
});

test('a path with escapes that cannot be read is named harmlessly', async () => {
  const { code, err } = await ran(['auth', join(folder, '\x1b[2J.eml'), '--dns', zone]);
  assert.equal(code, 2);
  assert.equal(active.exec(err)?.index, undefined, JSON.stringify(err));
});
