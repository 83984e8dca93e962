import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { applyEdits, bareEdits, messageEdits } from '../../../src/gateway/edits/index.ts';
import { authenticate, type Resolver, readMessage, sealArc } from '../../../src/mail/index.ts';
import { AT, textZone } from '../gate-rig.ts';
import { forgedForms, honestForms, ID, LIE } from './forged-forms.ts';

const fields = 'From: jane@bank.example\r\nDate: Sat, 18 Jul 2026 12:00:00 +0000';
/** Alone on top, between others, and at the end of the header. */
const places: readonly ((lines: string) => string)[] = [
  (lines) => `${lines}\r\n${fields}\r\n\r\nHi\r\n`,
  (lines) => `From: jane@bank.example\r\n${lines}\r\nDate: Sat, 18 Jul 2026 12:00:00 +0000\r\n\r\nHi\r\n`,
  (lines) => `${fields}\r\n${lines}\r\n\r\nHi\r\n`,
];

const resolver = textZone({});
const transaction = { recipients: [], known: 'unknown' } as const;
const stamping = { authservId: ID };

/** The header of a message as it goes on: judged, and unjudged. */
async function headersAfter(text: string): Promise<readonly string[]> {
  const message = readMessage(Buffer.from(text, 'latin1'));
  const authentication = await authenticate(message, { resolver, now: AT, transaction });
  const edited = await messageEdits(message, stamping, { authentication, changes: [], fields: [], resolver, at: AT });
  assert.ok('edits' in edited);
  const both = [edited.edits, bareEdits(message, stamping, [])];
  return both.map((edits) => applyEdits(message.bytes, edits).toString('latin1').split('\r\n\r\n')[0]!);
}

for (const [what, lines] of forgedForms) {
  test(`a forged stamp goes, ${what}, and nothing else that proves the sender`, async () => {
    // A blank continues whatever is above it but on top, where there is nothing.
    for (const place of lines.startsWith(' ') ? places.slice(0, 1) : places) {
      for (const header of await headersAfter(place(lines))) {
        assert.ok(!header.includes(LIE), JSON.stringify(header));
        assert.match(header, /^Authentication-Results: mx\.contoso\.com; (?:none|spf=)/);
        assert.ok(header.includes('From: jane@bank.example') && header.includes('Date: Sat'));
      }
    }
  });
}

for (const [what, lines] of honestForms) {
  test(`what is no forged stamp stays, ${what}`, async () => {
    for (const place of places) {
      for (const header of await headersAfter(place(lines))) assert.ok(header.includes(lines), JSON.stringify(header));
    }
  });
}

const { privateKey: key, publicKey } = generateKeyPairSync('ed25519');
const record = `v=DKIM1; k=ed25519; p=${publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')}`;
const sealers: Resolver = textZone({
  's._domainkey.contoso.com': record,
  's._domainkey.evil.example': record,
});

for (const [what, domain, stays] of [
  ['of this host', 'contoso.com', true],
  ['of somebody who takes this host’s name', 'evil.example', false],
] as const) {
  test(`a set of a chain that holds ${stays ? 'stays' : 'goes'}: ${what}`, async () => {
    const text = `${fields}\r\n\r\nHi\r\n`;
    const sealing = { domain, selector: 's', key, results: `${ID}; ${LIE}`, time: AT / 1_000, resolver: sealers };
    const message = readMessage(Buffer.from((await sealArc(readMessage(Buffer.from(text)), sealing)) + text));
    const authentication = await authenticate(message, { resolver: sealers, now: AT, transaction });
    assert.equal(authentication.arc.result, 'pass', authentication.arc.reason);
    const seal = { domain: 'contoso.com', selector: 's', key };
    const changes = [{ kind: 'PrependSubject', text: '[x] ' }] as const;
    const telling = { authentication, changes, fields: [], resolver: sealers, at: AT };
    const edited = await messageEdits(message, { ...stamping, seal }, telling);
    assert.ok('edits' in edited);
    const header = applyEdits(message.bytes, edited.edits).toString('latin1');
    assert.equal(header.includes(LIE), stays);
    // Over a chain out of which a set was taken, none is put.
    assert.equal(header.includes('i=2'), stays);
  });
}
