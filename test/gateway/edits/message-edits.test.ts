import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { applyEdits } from '../../../src/gateway/edits/index.ts';
import { authenticate, fieldText, readMessage, signDkim } from '../../../src/mail/index.ts';
import { type Change, readPolicy } from '../../../src/policy/index.ts';
import { AT, fieldsAfter, never, offered, textZone, triedGate } from '../gate-rig.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const record = `v=DKIM1; k=ed25519; p=${publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')}`;
const resolver = textZone({
  '_dmarc.bank.example': 'v=DMARC1; p=reject',
  's1._domainkey.bank.example': record,
  's1._domainkey.contoso.com': record,
});
const seal = { domain: 'contoso.com', selector: 's1', key: privateKey };

/** A policy with one rule that changes every message so. */
const policyDoing = (actions: string) =>
  readPolicy(`name: Test\nmode: Enforce\nrules:\n  - name: All\n    do: ${actions}\n`, 'test');

async function after(text: string, actions: string, changes: Parameters<typeof triedGate>[0] = {}) {
  const policy = policyDoing(actions);
  const { gate } = triedGate({ policy: () => policy, resolver, ...changes });
  const message = offered(text);
  const ruling = await gate.rule(message, never);
  const bytes = applyEdits(message.bytes, ruling.edits);
  return {
    message,
    ruling,
    bytes,
    text: bytes.toString(),
    subject: fieldText(fieldsAfter(message, ruling, 'subject')[0] ?? ''),
  };
}

const plain = 'From: jane@bank.example\nSubject: Invoice\nContent-Type: text/plain; charset=utf-8\n\nPay now.\n';

async function signed(text: string): Promise<string> {
  const crlf = text.replace(/\r?\n/g, '\r\n');
  const field = await signDkim(readMessage(Buffer.from(crlf)), {
    domain: 'bank.example',
    selector: 's1',
    key: privateKey,
  });
  return `${field}${crlf}`;
}

test('the own stamp comes on top, forged ones and forged words of the policy go, those of others stay', async () => {
  const message = `Authentication-Results: mx.contoso.com; dmarc=pass\nAuthentication-Results: mx.other.example; dmarc=fail\nARC-Authentication-Results: i=1; mx.contoso.com; dmarc=pass\nX-Mailhunt-Policy: Deliver\n${plain}`;
  const { message: given, ruling } = await after(message, '[Deliver]');
  const results = fieldsAfter(given, ruling, 'authentication-results');
  assert.equal(results.length, 2);
  assert.match(results[0]!, /^mx\.contoso\.com; spf=none .*dmarc=fail action=oreject/);
  assert.equal(results[1], 'mx.other.example; dmarc=fail');
  assert.deepEqual(fieldsAfter(given, ruling, 'arc-authentication-results'), []);
  assert.deepEqual(fieldsAfter(given, ruling, 'x-mailhunt-policy'), [
    'Deliver; policy="Test"; mode=Enforce; rule="All"',
  ]);
  assert.equal(ruling.edits.insert[0]!.name, 'Authentication-Results');
});

const subjects: readonly (readonly [given: string, prefix: string, seen: string])[] = [
  ['Subject: Invoice', '[unproved] ', '[unproved] Invoice'],
  ['Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=', '[unproved] ', '[unproved] Grüße'],
  ['Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=', '[unproved]', '[unproved]Grüße'],
  ['Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=', '⚠ ', '⚠ Grüße'],
  ['Subject: Invoice', '⚠ ', '⚠ Invoice'],
  ['Subject: Invoice', '⚠', '⚠Invoice'],
  ['Subject: [unproved] Invoice', '[unproved] ', '[unproved] Invoice'],
  ['Subject: Grüße', '[unproved] ', '[unproved] Grüße'],
  ['Subject: one\nSubject: two', '[unproved] ', '[unproved] one'],
  ['X-No: subject', '[unproved] ', '[unproved]'],
];
for (const [given, prefix, seen] of subjects) {
  test(`${JSON.stringify(prefix)} before ${JSON.stringify(given)} is read as ${JSON.stringify(seen)}`, async () => {
    const { subject, message, ruling } = await after(
      `From: jane@bank.example\n${given}\n\nHi\n`,
      `[PrependSubject: "${prefix}"]`,
    );
    assert.equal(subject, seen);
    assert.equal(fieldsAfter(message, ruling, 'subject').length, 1);
  });
}

test('a field is set once, whatever was there, and taken out', async () => {
  const message = `X-Tag: old\n${plain}`.replace('\n\n', '\nx-tag : older\nX-Spam: 1\n\n');
  const { message: given, ruling } = await after(
    message,
    '[{ SetHeader: { name: X-Tag, value: prüfen } }, RemoveHeader: X-Spam]',
  );
  assert.deepEqual(fieldsAfter(given, ruling, 'x-tag').map(fieldText), ['prüfen']);
  assert.deepEqual(fieldsAfter(given, ruling, 'x-spam'), []);
});

const banner = (more = ''): string => `[ApplyBanner: { text: "Not proved <b>", location: Prepend${more} }]`;
const HTML = /<div style="[^"]*">Not proved &#60;b&#62;<\/div>/;

test('a banner stands in plain text, byte for byte beside what was there', async () => {
  const { text } = await after(plain, banner());
  assert.ok(text.endsWith('\r\n\r\nNot proved <b>\r\n\r\nPay now.\r\n'), text);
  const append = await after(plain, banner().replace('Prepend', 'Append'));
  assert.ok(append.text.endsWith('\r\n\r\nPay now.\r\n\r\nNot proved <b>\r\n'), append.text);
});

test('a banner stands in both alternatives, in their transfer encodings, and in no attachment', async () => {
  const html = Buffer.from('<html><!-- <body> --><body class="x>y"><p>Grüße</p></body></html>').toString('base64');
  const message = `From: jane@bank.example
Content-Type: multipart/mixed; boundary=a

--a
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Gr=FC=DFe=20
--b
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

${html}
--b--
--a
Content-Type: text/plain; name=notes.txt
Content-Disposition: attachment

notes
--a--
`;
  const { text } = await after(message, banner());
  assert.match(text, /quoted-printable\r\n\r\nNot proved <b>\r\n\r\nGr=FC=DFe=20\r\n--b/);
  const encoded = /base64\r\n\r\n([A-Za-z0-9+/=\r\n]+)\r\n--b--/.exec(text)![1]!;
  const decoded = Buffer.from(encoded, 'base64').toString();
  assert.match(decoded, new RegExp(`<!-- <body> --><body class="x>y">${HTML.source}\\r\\n<p>Grüße`));
  assert.match(text, /attachment\r\n\r\nnotes\r\n--a--/);
});

const unfit: readonly (readonly [what: string, message: string])[] = [
  [
    'signed',
    plain
      .replace('text/plain; charset=utf-8', 'multipart/signed; boundary=a')
      .replace(
        'Pay now.',
        '--a\nContent-Type: text/plain\n\nPay\n--a\nContent-Type: application/pkcs7-signature\n\nx\n--a--',
      ),
  ],
  ['encrypted', plain.replace('text/plain; charset=utf-8', 'application/pkcs7-mime; smime-type=enveloped-data')],
  ['a picture alone', plain.replace('text/plain; charset=utf-8', 'image/png')],
  ['of UTF-16', plain.replace('utf-8', 'utf-16')],
  ['HTML that leaves a comment open', plain.replace('text/plain', 'text/html').replace('Pay', '<!-- ')],
  ['PGP in its text', plain.replace('Pay', '-----BEGIN PGP MESSAGE-----')],
];
for (const [what, message] of unfit) {
  test(`a body that is ${what} is wrapped, left alone or refused`, async () => {
    const wrapped = await after(message, banner(', fallback: Wrap'));
    const read = readMessage(wrapped.bytes);
    assert.match(wrapped.text, /Content-Type: multipart\/mixed;\r\n boundary="mailhunt-/);
    assert.equal(read.fields.filter(({ name }) => name === 'content-type').length, 1);
    assert.ok(wrapped.bytes.includes(wrapped.message.bytes), 'the whole message stands inside');
    assert.ok(wrapped.text.includes(Buffer.from('Not proved <b>').toString('base64')));
    const left = await after(message, banner(', fallback: Ignore'));
    assert.equal(left.ruling.edits.body, undefined);
    assert.equal(left.ruling.course, 'handOn');
    const { ruling } = await after(message, banner(', fallback: Reject'));
    assert.equal(ruling.course, 'answer');
    assert.equal(ruling.reply?.code, 550);
  });
}

test('a change that breaks a signature is sealed, and the seal holds', async () => {
  const { bytes, ruling } = await after(await signed(plain), '[PrependSubject: "[x] "]', {
    stamping: { authservId: 'mx.contoso.com', seal },
  });
  assert.deepEqual(
    ruling.edits.insert.slice(0, 4).map(({ name }) => name),
    ['ARC-Seal', 'ARC-Message-Signature', 'ARC-Authentication-Results', 'Authentication-Results'],
  );
  const transaction = { recipients: [], known: 'unknown' } as const;
  const found = await authenticate(readMessage(bytes), { resolver, now: AT, transaction });
  assert.equal(found.dkim.signatures[0]?.result, 'fail');
  assert.equal(found.arc.result, 'pass', found.arc.reason);
});

test('a change that breaks nothing is not sealed, nor what was not proved', async () => {
  const stamping = { authservId: 'mx.contoso.com', seal };
  const names = async (text: string, actions: string) =>
    (await after(text, actions, { stamping })).ruling.edits.insert.map(({ name }) => name);
  assert.ok(!(await names(await signed(plain), '[SetHeader: { name: X-Tag, value: x }]')).includes('ARC-Seal'));
  assert.ok(!(await names(plain, '[PrependSubject: "[x] "]')).includes('ARC-Seal'));
});

/** For types: every change of a policy is tried above. */
({ SetHeader: 1, RemoveHeader: 1, PrependSubject: 1, ApplyBanner: 1 }) satisfies Record<Change['kind'], 1>;
