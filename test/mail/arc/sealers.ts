/** ARC sets that are right in all but what a test says. */
import { createRequire } from 'node:module';
import type { ArcResult } from '../../../src/mail/arc/result.ts';
import { sealTexts } from '../../../src/mail/arc/seal-text.ts';
import { type ArcOptions, verifyArc } from '../../../src/mail/arc/verify-arc.ts';
import { bodyHash } from '../../../src/mail/dkim/body-hash.ts';
import {
  type Canonicalization,
  canonicalField,
  canonicalSignatureField,
} from '../../../src/mail/dkim/canonical-field.ts';
import { selectFields } from '../../../src/mail/dkim/select-fields.ts';
import { type SignatureAlgorithm, signatureOf } from '../../../src/mail/dkim/signature.ts';
import type { Resolver } from '../../../src/mail/dns/resolver.ts';
import { fieldsNamed, type HeaderField, readMessage } from '../../../src/mail/message/raw-message.ts';
import { ed25519, mail, now, records, rsa, zoneOf } from '../dkim/signers.ts';

export { mail, now, records, zoneOf };

type Tags = Readonly<Record<string, string | undefined>>;

/** What is wrong, or only different, in one set. */
export interface Craft {
  /** Tags to replace, add or (undefined) leave out; the signatures are right for what stands there. */
  readonly seal?: Tags;
  readonly messageSignature?: Tags;
  /** The value of ARC-Authentication-Results. */
  readonly results?: string;
  readonly key?: keyof typeof keys;
  readonly header?: Canonicalization;
  readonly body?: Canonicalization;
  /** The instance that is meant. */
  readonly instance?: number;
  /** Fields to leave out, or to have twice. */
  readonly without?: readonly ArcName[];
  readonly twice?: readonly ArcName[];
}

const keys = { rsa, ed25519 };
const names = ['arc-authentication-results', 'arc-message-signature', 'arc-seal'] as const;
export type ArcName = (typeof names)[number];

/** A message with one set more. */
export function withSet(bytes: Buffer, craft: Craft = {}): Buffer {
  const message = readMessage(bytes);
  const before = names.map((name) => fieldsNamed(message, name).toReversed());
  const instance = craft.instance ?? (before[2]?.length ?? 0) + 1;
  const { key = 'rsa', header = 'relaxed', body = 'relaxed' } = craft;
  const algorithm: SignatureAlgorithm = key === 'rsa' ? 'rsa-sha256' : 'ed25519-sha256';
  const usual = { i: String(instance), a: algorithm, d: `sealer${instance}.example`, s: key };
  const sign = (text: string): string => signatureOf(keys[key].privateKey, algorithm, text).toString('base64');
  const results = field(
    'ARC-Authentication-Results',
    craft.results ?? ` i=${instance}; mx${instance}.example.com; spf=pass`,
  );
  const { hash } = bodyHash(message, body, 'sha256', lengthIn(craft.messageSignature));
  const tags = { ...usual, c: `${header}/${body}`, h: 'from:to:subject', bh: hash, ...craft.messageSignature };
  const signedNames = (tags.h ?? '').toLowerCase().split(/\s*:\s*/);
  const messageSignature = signed('ARC-Message-Signature', tags, (unsigned) =>
    sign(
      selectFields(message, signedNames)
        .map((one) => canonicalField(one, header))
        .join('') + canonicalSignatureField(unsigned, header),
    ),
  );
  const sets = (before[2] ?? []).map((seal, at) => ({
    results: before[0]![at]!,
    messageSignature: before[1]![at]!,
    seal: { field: seal },
  }));
  const sealTags = { ...usual, cv: instance === 1 ? 'none' : 'pass', t: '1', ...craft.seal };
  const seal = signed('ARC-Seal', sealTags, (unsigned) =>
    sign(
      sealTexts([
        ...sets.filter(({ results: one, messageSignature: two }) => one && two),
        { results, messageSignature, seal: { field: unsigned } },
      ]).at(-1)!,
    ),
  );
  const block = [seal, messageSignature, results].flatMap((one) => {
    const name = one.name as ArcName;
    return craft.without?.includes(name) ? [] : craft.twice?.includes(name) ? [one, one] : [one];
  });
  return Buffer.concat([Buffer.from(block.map(({ raw }) => `${raw}\r\n`).join(''), 'latin1'), bytes]);
}

const lengthIn = (tags: Tags | undefined): number | undefined =>
  /^\d+$/.test(tags?.l ?? '') ? Number(tags?.l) : undefined;

const field = (name: string, value: string): HeaderField => ({
  name: name.toLowerCase(),
  raw: `${name}:${value}`,
  value,
});

/** `b=` goes to the end, unless the tags say what it is. */
function signed(name: string, tags: Tags, sign: (unsigned: HeaderField) => string): HeaderField {
  const list = Object.entries(tags).flatMap(([tag, value]) => (value === undefined ? [] : [`${tag}=${value}`]));
  if ('b' in tags) return field(name, ` ${list.join('; ')}`);
  const unsigned = field(name, ` ${[...list, 'b='].join('; ')}`);
  return field(name, unsigned.value + sign(unsigned));
}

/** The usual message, sealed by each of these in turn. */
export const chain = (...crafts: readonly Craft[]): Buffer => crafts.reduce(withSet, Buffer.from(mail));

export const verify = (bytes: Buffer, options: Partial<ArcOptions> = {}): Promise<ArcResult> =>
  verifyArc(readMessage(bytes), { resolver: zoneOf(records), now, ...options });

const load = createRequire(import.meta.url);
const { dkimVerify } = load('mailauth/lib/dkim/verify.js') as {
  dkimVerify(bytes: Buffer, options: object): Promise<{ arc: object }>;
};
const mailauth = load('mailauth/lib/arc') as {
  arc(data: object, options: object): Promise<{ status: { result: string } }>;
};

/** The word of mailauth, strict. */
export async function mailauthWord(bytes: Buffer, resolver: Resolver = zoneOf(records)): Promise<string> {
  const promises = async (name: string): Promise<string[][]> => {
    const answer = await resolver.query(name, 'TXT');
    if (answer.status === 'found') return answer.records.map((record) => [record]);
    throw Object.assign(new Error(answer.status), { code: answer.status === 'failed' ? 'ESERVFAIL' : 'ENOTFOUND' });
  };
  const options = { resolver: promises, strict: true, minBitLength: 1024, curTime: new Date(now) };
  const { arc } = await dkimVerify(bytes, options);
  return (await mailauth.arc(arc, options)).status.result;
}
