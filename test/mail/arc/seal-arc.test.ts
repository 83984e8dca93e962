import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SealArcOptions, sealArc } from '../../../src/mail/arc/seal-arc.ts';
import { sealTexts } from '../../../src/mail/arc/seal-text.ts';
import { verifySignature } from '../../../src/mail/dkim/signature.ts';
import { type HeaderField, readMessage } from '../../../src/mail/message/raw-message.ts';
import { writeAuthenticationResults } from '../../../src/mail/results/write-results.ts';
import { always, ed25519, rsa } from '../dkim/signers.ts';
import { type Craft, chain, mail, mailauthWord, now, records, verify, zoneOf } from './sealers.ts';

const options: SealArcOptions = {
  domain: 'list.example.com',
  selector: 'rsa',
  key: rsa.privateKey,
  results: 'mx.example.com; spf=pass smtp.mailfrom=example.net',
  time: now / 1000,
  resolver: zoneOf(records),
};

const seal = (bytes: Buffer, changes: Partial<SealArcOptions> = {}): Promise<string> =>
  sealArc(readMessage(bytes), { ...options, ...changes });
const sealed = async (bytes: Buffer, changes: Partial<SealArcOptions> = {}): Promise<Buffer> =>
  Buffer.concat([Buffer.from(await seal(bytes, changes)), bytes]);

test('RFC 8617 section 5.1: what is sealed verifies, here and by mailauth, hop after hop', async () => {
  let bytes = Buffer.from(mail);
  for (let hop = 1; hop <= 4; hop++) {
    bytes = Buffer.concat([await sealed(bytes, hop === 3 ? { key: ed25519.privateKey, selector: 'ed25519' } : {})]);
    const { result, sets } = await verify(bytes);
    assert.deepEqual([result, sets.length, sets.at(-1)?.cv], ['pass', hop, hop === 1 ? 'none' : 'pass']);
    assert.equal(await mailauthWord(bytes), 'pass');
  }
});

test('RFC 8617 section 4.1: the fields and their order', async () => {
  const block = await seal(Buffer.from(mail));
  const fields = block.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  assert.match(
    fields[0]!,
    /^ARC-Seal: i=1; a=rsa-sha256; t=1780272000; cv=none; d=list\.example\.com; s=rsa; b=[\w+/= ]+$/,
  );
  assert.match(
    fields[1]!,
    /^ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed\/relaxed; d=list\.example\.com; s=rsa; t=1780272000; h=from: subject: date: to: mime-version: content-type; bh=[\w+/=]+; b=[\w+/= ]+$/,
  );
  assert.equal(fields[2], 'ARC-Authentication-Results: i=1; mx.example.com; spf=pass smtp.mailfrom=example.net');
  assert.deepEqual(fields.slice(3), ['']);
  assert.ok(block.split('\r\n').every((line) => line.length <= 100));
});

test('RFC 8617 section 4.1.2: the fields to sign can be named, and protect what they name', async () => {
  const bytes = await sealed(Buffer.from(mail), { headers: ['From', 'X-Later'] });
  assert.equal((await verify(bytes)).result, 'pass');
  assert.equal((await verify(Buffer.concat([Buffer.from('X-Later: 1\r\n'), bytes]))).result, 'fail');
  assert.equal((await verify(Buffer.from(bytes.toString().replace('Subject: ', 'Subject: not ')))).result, 'pass');
});

test('RFC 8617 section 5.1.2: over a broken chain the new seal says so and covers its own set alone', async () => {
  const broken = Buffer.concat([chain({}), Buffer.from('more')]);
  const bytes = await sealed(broken);
  const { result, reason, sets } = await verify(bytes);
  assert.deepEqual(
    [result, reason, sets.at(-1)?.cv],
    ['fail', 'the chain had failed before instance 2, says list.example.com', 'fail'],
  );
  const [seal, messageSignature, results] = readMessage(bytes).fields as [HeaderField, HeaderField, HeaderField];
  const ownSet = sealTexts([{ results, messageSignature, seal: { field: seal } }])[0]!;
  const signature = Buffer.from(/b=([\w+/=\s]+)$/.exec(seal.value)![1]!, 'base64');
  assert.ok(verifySignature(rsa.publicKey, 'rsa-sha256', ownSet, signature));
});

test('RFC 8617 section 5.1: a sealer that changes the body tells the chain as it arrived', async () => {
  const arrived = chain({});
  const arrival = await verify(arrived);
  const changed = Buffer.concat([arrived, Buffer.from('footer\r\n')]);
  const { result, sets, oldestPass } = await verify(await sealed(changed, { arrival }));
  assert.deepEqual([result, sets.at(-1)?.cv, oldestPass], ['pass', 'pass', 2]);
  assert.equal(await mailauthWord(await sealed(changed, { arrival })), 'pass');
  // Without it, and where it had failed already, the chain is broken.
  assert.equal((await verify(await sealed(changed))).result, 'fail');
  assert.equal((await verify(await sealed(changed, { arrival: await verify(changed) }))).sets.at(-1)?.cv, 'fail');
});

const refused: readonly (readonly [what: string, bytes: Buffer, changes?: Partial<SealArcOptions>])[] = [
  ['5.1: after a seal that says fail', chain({}, { seal: { cv: 'fail' } })],
  ['4.2.1: after 50 sets', chain(...Array<Craft>(50).fill({}))],
  ['4.2.1: after more than 50', chain(...Array<Craft>(51).fill({}))],
  [
    'a key that could not be asked for breaks no chain for ever',
    chain({}),
    { resolver: always({ status: 'failed', failure: 'timeout' }) },
  ],
];
for (const [what, bytes, changes] of refused) {
  test(`RFC 8617 section ${what}: no set`, async () => assert.equal(await seal(bytes, changes), ''));
}

test('RFC 8617 section 5.1: where sets are missing the number is still a new one', async () => {
  assert.match(await seal(chain({}, { without: ['arc-seal'] })), /^ARC-Seal: i=3; .* cv=fail;/);
  assert.match(await seal(chain({ without: ['arc-seal', 'arc-message-signature'] })), /^ARC-Seal: i=2; .* cv=fail;/);
});

test('results with hostile and international text are sealed as they are', async () => {
  const results = writeAuthenticationResults('mx.example.com', [
    { method: 'spf', result: 'fail', properties: { 'smtp.mailfrom': 'a"; dmarc=pass\r\n\r\nbody@bücher.example' } },
  ]);
  const bytes = await sealed(Buffer.from(mail), { results });
  const { result, sets } = await verify(bytes);
  assert.equal(result, 'pass');
  assert.match(sets[0]!.results, /smtp\.mailfrom="a\\"; dmarc=pass\?\?\?\?body@bücher\.example"$/);
});
