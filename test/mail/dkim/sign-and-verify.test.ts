import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { signDkim } from '../../../src/mail/dkim/sign-dkim.ts';
import { readMessage } from '../../../src/mail/message/raw-message.ts';
import { crafted, ed25519, mail, mailauthWords, records, rsa, rsa1024, verify, zoneOf } from './signers.ts';

const zone = zoneOf(records);
const modes = ['relaxed/relaxed', 'relaxed/simple', 'simple/relaxed', 'simple/simple'] as const;

const signers = [
  { selector: 'rsa', key: rsa.privateKey, algorithm: 'rsa-sha256' },
  { selector: 'rsa1024', key: rsa1024.privateKey, algorithm: 'rsa-sha1' },
  { selector: 'ed25519', key: ed25519.privateKey, algorithm: 'ed25519-sha256' },
] as const;

const lineEnd = fc.constantFrom('\r\n', '\n');
const text = fc
  .array(fc.constantFrom(' ', '\t', 'a', 'word', '\xc3\xbc', '=', ';', '\xa0'))
  .map((parts) => parts.join(''));
const value = fc
  .tuple(text, fc.array(fc.tuple(lineEnd, fc.constantFrom(' ', '\t'), text), { maxLength: 2 }))
  .map(([first, folds]) => first + folds.flat().join(''));
const field = fc.tuple(
  fc.constantFrom('From', 'Subject', 'TO', 'x-other', 'Received'),
  fc.constantFrom(':', ' :', ': '),
  value,
);
const header = fc
  .array(fc.tuple(field, lineEnd), { maxLength: 8 })
  .map((fields) => fields.map(([[name, colon, text], end]) => name + colon + text + end).join(''));
const body = fc
  .array(fc.constantFrom(' ', '\t', '\r\n', '\n', 'a', 'words', '\0', '\xff', '.'), { maxLength: 40 })
  .map((parts) => parts.join(''));
const anyMail = fc
  .tuple(header, lineEnd, body)
  .map((parts) => Buffer.from(`From: a@example.com\r\n${parts.join('')}`, 'latin1'));

const names = fc.array(fc.constantFrom('From', 'subject', 'to', 'X-Other', 'received', 'absent'), { maxLength: 8 });
const options = fc.record(
  {
    canonicalization: fc.constantFrom(...modes),
    headers: names.map((list) => ['from', ...list]),
    signedAt: fc.constant(1_700_000_000),
    expiresAt: fc.constant(1_900_000_000),
    bodyLength: fc.nat(8),
    identity: fc.constantFrom('@example.com', 'a@news.example.com'),
  },
  { requiredKeys: [] },
);

test('RFC 6376 sections 5 and 6: what we sign, we and mailauth verify', async () => {
  const property = fc.asyncProperty(anyMail, options, fc.constantFrom(...signers), async (bytes, chosen, signer) => {
    const message = readMessage(bytes);
    const given = { ...chosen };
    // A length beyond the body is an error of whoever signs.
    delete given.bodyLength;
    const signed = Buffer.concat([
      Buffer.from(signDkim(message, { ...given, ...signer, domain: 'example.com' })),
      bytes,
    ]);
    const [result] = await verify(signed, { rsaSha1: 'accept' });
    assert.equal(result?.result, 'pass', result?.reason);
    const strict = signer.algorithm !== 'rsa-sha1';
    assert.deepEqual(await mailauthWords(signed, zone, strict), ['pass']);
  });
  await fc.assert(property, { numRuns: 120 });
});

test('RFC 6376 section 3.5 l=: what we sign of a body, we and mailauth verify whatever follows', async () => {
  const property = fc.asyncProperty(
    fc.constantFrom(...modes),
    fc.nat(40),
    body,
    async (canonicalization, bodyLength, more) => {
      const message = readMessage(Buffer.from(mail));
      const { selector, key } = signers[0];
      const signature = signDkim(message, { domain: 'example.com', selector, key, canonicalization, bodyLength });
      const signed = Buffer.concat([Buffer.from(signature), message.bytes, Buffer.from(more, 'latin1')]);
      const [result] = await verify(signed);
      assert.deepEqual([result?.result, result?.mayAlign], ['pass', false]);
      assert.deepEqual(await mailauthWords(signed, zone), ['pass']);
    },
  );
  await fc.assert(property, { numRuns: 60 });
});

test('by default From is signed once more than it stands there, and lines are short', async () => {
  const signature = signDkim(readMessage(Buffer.from(mail)), {
    domain: 'example.com',
    selector: 'rsa',
    key: rsa.privateKey,
  });
  const [result] = await verify(Buffer.from(signature + mail));
  assert.deepEqual(result?.signedHeaders, ['from', 'subject', 'date', 'to', 'mime-version', 'content-type', 'from']);
  for (const line of signature.split('\r\n')) assert.ok(line.length <= 78, line);
  assert.ok(signature.endsWith('==\r\n'));
});

/** A message reduced to what its signature stands for, by the words of RFC 6376 section 3.4.2 and 3.4.4. */
function meaning(bytes: Buffer, h: readonly string[]): string {
  const all = bytes.toString('latin1').replaceAll(/\r?\n/g, '\r\n');
  const end = all.startsWith('\r\n') ? 0 : all.indexOf('\r\n\r\n') + 2;
  const head = end === 1 ? all : all.slice(0, end);
  const rest = end === 1 ? '' : all.slice(end + 2);
  const fields = head
    .split(/\r\n(?![ \t])/)
    .filter((line) => /^[!-9;-~]+[ \t\r\n]*:/.test(line))
    .map(plain);
  const signature = fields.find((line) => line.startsWith('dkim-signature:'));
  const left = [...fields];
  const signed = h.map((name) => {
    const at = left.findLastIndex((line) => line.startsWith(`${name}:`));
    return at < 0 ? '' : left.splice(at, 1)[0];
  });
  const lines = rest.split('\r\n').map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (lines.at(-1) === '') lines.pop();
  const b = /; b=([^;]*)/.exec(signature ?? '');
  return JSON.stringify([
    signed,
    lines,
    signature?.replace(b?.[0] ?? '', ''),
    Buffer.from(b?.[1] ?? '', 'base64').toString('hex'),
  ]);
}

const plain = (line: string): string => {
  const colon = line.indexOf(':');
  const value = line
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replaceAll(/[ \t]+/g, ' ')
    .replace(/^ /, '')
    .replace(/ $/, '');
  return `${line
    .slice(0, colon)
    .replaceAll(/[ \t\r\n]/g, '')
    .toLowerCase()}:${value}`;
};

type Mutation = readonly [at: number, removed: number, inserted: string];

const mutated = (bytes: Buffer, [at, removed, inserted]: Mutation): Buffer => {
  const from = at % bytes.length;
  return Buffer.concat([bytes.subarray(0, from), Buffer.from(inserted, 'latin1'), bytes.subarray(from + removed)]);
};

test('no change of what is signed passes, whatever canonicalisation does not forgive', async () => {
  const h = ['from', 'to', 'subject', 'date'];
  const signed = crafted({ algorithm: 'ed25519-sha256', key: ed25519, tags: { s: 'ed25519' } });
  const right = meaning(signed, h);
  const inserted = fc.oneof(
    fc.constantFrom('', ' ', '\t', '\r\n', '\n', '\r', '\r\n ', ':', ';', '=', 'From: b@example.net\r\n', '\0', 'X'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  let forgiven = 0;
  const property = fc.asyncProperty(fc.nat(1500), fc.nat(3), inserted, async (...mutation) => {
    const bytes = mutated(signed, mutation);
    const passed = (await verify(bytes)).some(({ result }) => result === 'pass');
    if (passed) {
      assert.equal(meaning(bytes, h), right, JSON.stringify(mutation));
      if (!bytes.equals(signed)) forgiven++;
    }
  });
  await fc.assert(property, { numRuns: 1200 });
  assert.ok(forgiven > 10, 'some changes are forgiven: blanks, unsigned fields');
});

test('mailauth finds the same in mutated mail', async () => {
  const signed = crafted({ header: 'simple' });
  const property = fc.asyncProperty(
    fc.nat(1500),
    fc.nat(2),
    fc.constantFrom('', ' ', '\r\n', '\n', 'X', '\t'),
    async (...mutation) => {
      const bytes = mutated(signed, mutation);
      const message = readMessage(bytes);
      // mailauth counts such a line to the field above it, and reads base64 no further than its padding.
      if (message.defects.includes('line without a colon in the header') || /=\r?X/.test(bytes.toString('latin1')))
        return;
      const ours = (await verify(bytes)).map(({ result }) => result === 'pass');
      const theirs = (await mailauthWords(bytes, zone)).map((word) => word === 'pass');
      assert.deepEqual(ours, theirs, JSON.stringify([mutation, bytes.toString('latin1')]));
    },
  );
  await fc.assert(property, { numRuns: 300 });
});
