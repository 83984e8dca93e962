import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, randomFillSync } from 'node:crypto';
import { test } from 'node:test';
import {
  type DnsAnswer,
  parseZone,
  type RecordType,
  type Resolver,
  readMessage,
  signDkim,
  type Zone,
  zoneResolver,
} from '../../src/mail/index.ts';
import { inTime } from '../in-time.ts';
import { mail, type Survived, survive, usual } from './hostile.ts';

/** A resolver that counts its questions. */
function counting(resolver: Resolver): Resolver & { questions: number } {
  const counted = {
    questions: 0,
    query: <T extends RecordType>(name: string, type: T) => {
      counted.questions++;
      return resolver.query(name, type);
    },
  };
  return counted;
}

/** Gives one TXT record for every name, and nothing else. */
const txtFor = (text: (name: string) => string): Resolver => ({
  query: async <T extends RecordType>(name: string, type: T) =>
    (type === 'TXT' ? { status: 'found', records: [text(name)] } : { status: 'no-record' }) as DnsAnswer<T>,
});

const zoneOf = (text: string): Resolver => zoneResolver(parseZone(text, 'hostile.zone') as Zone);

const strings = (text: string): string =>
  text
    .match(/.{1,250}/g)!
    .map((part) => `"${part}"`)
    .join(' ');

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
/** Signed by a key that no name of these zones has. */
const signed = (): Buffer => {
  const message = mail(usual);
  const field = signDkim(readMessage(message), { domain: 'evil.example', selector: 's', key: privateKey });
  return Buffer.concat([
    message.subarray(0, message.indexOf('From: ')),
    Buffer.from(field),
    message.subarray(message.indexOf('From: ')),
  ]);
};

/** An RSA key of so many bits that nobody has the other half of. */
function hugeKey(bits: number): string {
  const modulus = randomFillSync(Buffer.alloc(bits / 8));
  modulus[0]! |= 0x80;
  modulus[modulus.length - 1]! |= 1;
  const jwk = { kty: 'RSA', n: modulus.toString('base64url'), e: 'AQAB' };
  return createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' }).toString('base64');
}

interface Hostile {
  readonly resolver: Resolver;
  readonly message?: Buffer;
  /** Questions that one message may lead to. */
  readonly questions: number;
  readonly expected: (survived: Survived['authentication']) => readonly string[];
  readonly words: readonly string[];
}

const deepName = `${'a.'.repeat(120)}evil.example`;

const table: Readonly<Record<string, Hostile>> = {
  'TXT records of 64 KB': {
    resolver: txtFor(
      (name) =>
        `${name.startsWith('_dmarc') ? 'v=DMARC1; p=' : name.includes('_domainkey') ? 'v=DKIM1; p=' : 'v=spf1 '}${'x'.repeat(65_000)}`,
    ),
    questions: 30,
    expected: ({ spf, dkim, dmarc }) => [spf.result, dkim.signatures[0]!.result, dmarc.result],
    words: ['permerror', 'neutral', 'permerror'],
  },
  'an SPF record of 64 KB with 9,000 mechanisms': {
    resolver: txtFor((name) => (name === 'evil.example' ? `v=spf1 ${'a:x.y '.repeat(9_000)}-all` : '')),
    questions: 40,
    expected: ({ spf, dmarc }) => [spf.result, dmarc.result],
    words: ['permerror', 'none'],
  },
  'an SPF tree in which each include includes ten': {
    resolver: txtFor((name) =>
      name.startsWith('_') || name.includes('_domainkey')
        ? ''
        : `v=spf1 ${Array.from({ length: 10 }, (_, at) => `include:i${at}.${name}`).join(' ')} -all`,
    ),
    questions: 40,
    expected: ({ spf }) => [spf.result, spf.lookups <= 11 ? 'few' : String(spf.lookups)],
    words: ['permerror', 'few'],
  },
  'an SPF record that includes itself, and one that redirects to itself': {
    resolver: zoneOf(`$ORIGIN .
evil.example TXT "v=spf1 include:evil.example redirect=evil.example"`),
    questions: 40,
    expected: ({ spf }) => [spf.result],
    words: ['permerror'],
  },
  'aliases in a circle': {
    resolver: zoneOf(`$ORIGIN .
evil.example CNAME loop.example
loop.example CNAME evil.example
_dmarc.evil.example CNAME _dmarc.loop.example
_dmarc.loop.example CNAME _dmarc.evil.example
s._domainkey.evil.example CNAME s._domainkey.evil.example`),
    questions: 30,
    expected: ({ spf, dkim, dmarc }) => [spf.result, dkim.signatures[0]!.result, dmarc.result],
    words: ['temperror', 'temperror', 'temperror'],
  },
  'an author domain of 122 labels': {
    resolver: txtFor(() => ''),
    message: mail(usual.map((field) => field.replace('@evil.example>', `@${deepName}>`))),
    // RFC 9989 section 4.10: eight questions a walk; two modes, and Microsoft's reverse names.
    questions: 40,
    expected: ({ dmarc }) => [dmarc.result, dmarc.domains[0]!.queries <= 8 ? 'few' : String(dmarc.domains[0]!.queries)],
    words: ['none', 'few'],
  },
  'a DKIM key of 16,384 bits': {
    resolver: zoneOf(`s._domainkey.evil.example. TXT ${strings(`v=DKIM1; p=${hugeKey(16_384)}`)}`),
    questions: 30,
    expected: ({ dkim }) => [dkim.signatures[0]!.result, dkim.signatures[0]!.reason],
    words: ['policy', 'ignored public key size: too long'],
  },
  'a name server that says nothing ever': {
    resolver: { query: async () => ({ status: 'failed', failure: 'timeout' }) },
    questions: 40,
    expected: ({ spf, dkim, dmarc }) => [spf.result, dkim.signatures[0]!.result, dmarc.result],
    words: ['temperror', 'temperror', 'temperror'],
  },
};

for (const [name, { resolver, message = signed(), questions, expected, words }] of Object.entries(table)) {
  test(`hostile DNS: ${name}`, async () => {
    const { authentication, cost, asked } = await inTime(1000, async () => {
      const asked = counting(resolver);
      return { asked, ...(await survive(message, asked)) };
    });
    assert.deepEqual(expected(authentication), words);
    assert.ok(asked.questions <= questions, `${asked.questions} questions`);
    assert.ok(cost.megabytes < 100, `${cost.megabytes} MB`);
  });
}
