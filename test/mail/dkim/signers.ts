/** Keys, a zone for them, and signatures that are right in all but what a test says. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createRequire } from 'node:module';
import { bodyHash } from '../../../src/mail/dkim/body-hash.ts';
import {
  type Canonicalization,
  canonicalField,
  canonicalSignatureField,
} from '../../../src/mail/dkim/canonical-field.ts';
import type { DkimResult } from '../../../src/mail/dkim/result.ts';
import { selectFields } from '../../../src/mail/dkim/select-fields.ts';
import { type SignatureAlgorithm, signatureAlgorithms, signatureOf } from '../../../src/mail/dkim/signature.ts';
import { type DkimOptions, verifyDkim } from '../../../src/mail/dkim/verify-dkim.ts';
import type { DnsAnswer, Resolver } from '../../../src/mail/dns/resolver.ts';
import { readMessage } from '../../../src/mail/message/raw-message.ts';

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const rsaPair = (modulusLength: number): Pair => generateKeyPairSync('rsa', { modulusLength });

export const rsa = rsaPair(2048);
export const rsa1024 = rsaPair(1024);
export const rsa512 = rsaPair(512);
export const ed25519: Pair = generateKeyPairSync('ed25519');

/** `p=` of a key: SubjectPublicKeyInfo for RSA, the 32 bytes for Ed25519. */
export function published({ publicKey }: Pair): string {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return (publicKey.asymmetricKeyType === 'ed25519' ? der.subarray(-32) : der).toString('base64');
}

export const records: Readonly<Record<string, string>> = {
  rsa: `v=DKIM1; k=rsa; p=${published(rsa)}`,
  rsa1024: `v=DKIM1; p=${published(rsa1024)}`,
  rsa512: `v=DKIM1; p=${published(rsa512)}`,
  ed25519: `v=DKIM1; k=ed25519; p=${published(ed25519)}`,
};

/** Answers with the records of a selector, whatever the domain. */
export const zoneOf = (texts: Readonly<Record<string, string | readonly string[]>>): Resolver => ({
  async query(name) {
    const found = texts[name.slice(0, name.indexOf('._domainkey.'))];
    return (found === undefined ? { status: 'no-name' } : { status: 'found', records: [found].flat() }) as never;
  },
});

/** Answers everything alike. */
export const always = (answer: DnsAnswer<'TXT'>): Resolver => ({ query: async () => answer as never });

export const now = Date.UTC(2026, 5, 1);

export const mail = [
  'From: Alice <alice@example.com>',
  'To: bob@example.net',
  'Subject: Figures for  May',
  'Date: Mon, 1 Jun 2026 10:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: text/plain',
  '',
  'Dear Bob,',
  '',
  'the figures  are attached. ',
  '-- ',
  'Alice',
  '',
  '',
].join('\r\n');

export interface Craft {
  /** Tags to replace or add, in the order of the usual ones; undefined leaves a tag out. */
  readonly tags?: Readonly<Record<string, string | undefined>>;
  /** Put behind the last tag as it is. */
  readonly behind?: string;
  /** What `b=` becomes, from what it should be. */
  readonly b?: (right: string) => string;
  readonly key?: Pair;
  readonly algorithm?: SignatureAlgorithm;
  readonly header?: Canonicalization;
  readonly body?: Canonicalization;
  /** The fields to sign, where `h=` does not say it plainly. */
  readonly signed?: readonly string[];
  readonly length?: number;
}

/** A message with a signature that is right for what its tags say, however wrong they are. */
export function crafted(craft: Craft = {}, text: string | Buffer = mail): Buffer {
  const { key = rsa, algorithm = 'rsa-sha256', header = 'relaxed', body = 'relaxed' } = craft;
  const message = readMessage(Buffer.from(text));
  const hash = bodyHash(message, body, signatureAlgorithms[algorithm].hash, craft.length).hash;
  const usual = {
    v: '1',
    a: algorithm,
    c: `${header}/${body}`,
    d: 'example.com',
    s: 'rsa',
    h: 'from:to:subject:date',
    bh: hash,
  };
  const tags: Record<string, string | undefined> = { ...usual, b: '', ...craft.tags };
  const list = Object.entries(tags).filter(([, value]) => value !== undefined);
  const value = (b: string): string =>
    ` ${list.map(([name, text]) => (name === 'b' ? `b=${b}` : `${name}=${text}`)).join('; ')}${craft.behind ?? ''}`;
  const field = { name: 'dkim-signature', raw: `DKIM-Signature:${value('')}`, value: value('') };
  const names = craft.signed ?? (tags.h ?? '').toLowerCase().split(/\s*:\s*/);
  const fields = selectFields(message, names).map((selected) => canonicalField(selected, header));
  const right = signatureOf(
    key.privateKey,
    algorithm,
    fields.join('') + canonicalSignatureField(field, header),
  ).toString('base64');
  const b = craft.tags?.b ?? craft.b?.(right) ?? right;
  return Buffer.concat([Buffer.from(`DKIM-Signature:${value(b)}\r\n`, 'latin1'), message.bytes]);
}

export const verify = async (bytes: Buffer, options: Partial<DkimOptions> = {}): Promise<readonly DkimResult[]> =>
  (await verifyDkim(readMessage(bytes), { resolver: zoneOf(records), now, ...options })).signatures;

const load = createRequire(import.meta.url);
const { dkimVerify } = load('mailauth/lib/dkim/verify.js') as {
  dkimVerify(
    bytes: Buffer,
    options: object,
  ): Promise<{ results: { status: { result: string; comment?: string; policy?: object } }[] }>;
};

/** The words of mailauth, strict. */
export async function mailauthWords(bytes: Buffer, resolver: Resolver, strict = true): Promise<string[]> {
  const promises = async (name: string): Promise<string[][]> => {
    const answer = await resolver.query(name, 'TXT');
    if (answer.status === 'found') return answer.records.map((record) => [record]);
    throw Object.assign(new Error(answer.status), { code: answer.status === 'failed' ? 'ESERVFAIL' : 'ENOTFOUND' });
  };
  const { results } = await dkimVerify(bytes, { resolver: promises, strict, curTime: new Date(now) });
  return results.map(({ status }) => status.result).filter((word) => word !== 'none');
}
