import {
  type Authentication,
  authenticate,
  readMessage,
  sealArc,
  signDkim,
  writeAuthenticationResults,
} from '../../mail/index.ts';
import { bytesOfDraft, type Draft } from './compose.ts';
import type { Relayed, Scene } from './journey.ts';
import type { Signing, Step } from './letter.ts';

type StepOf<K extends Step['do']> = Extract<Step, { readonly do: K }>;

/** The private key that a signing names: the published one, unless it says otherwise. */
const keyOf = ({ domain, selector, key }: Signing, { internet }: Scene) =>
  (key === undefined ? internet.signer(domain, selector) : internet.keys.pair(key, 'rsa-2048')).privateKey;

/** Puts a DKIM-Signature on top (RFC 6376 section 5). */
export function signed(draft: Draft, step: StepOf<'sign'>, scene: Scene): Draft {
  const { domain, selector, headers, lifetime, coversLength } = step;
  const signedAt = Math.floor(scene.at / 1000);
  const field = signDkim(readMessage(bytesOfDraft(draft)), {
    domain,
    selector,
    key: keyOf(step, scene),
    signedAt,
    canonicalization: step.canonicalization ?? (coversLength ? 'relaxed/simple' : 'relaxed/relaxed'),
    ...(lifetime === undefined ? {} : { expiresAt: signedAt + lifetime }),
    ...(headers === undefined ? {} : { headers }),
    ...(coversLength ? { bodyLength: simpleLength(draft.body) } : {}),
  });
  return withField(draft, field);
}

/** Bytes of a body in simple canonicalization: empty lines at its end do not count (RFC 6376 section 3.4.3). */
function simpleLength(body: Buffer): number {
  let end = body.length;
  while (end >= 2 && body[end - 2] === 13 && body[end - 1] === 10) end -= 2;
  return end + 2;
}

const withField = (draft: Draft, field: string): Draft => ({
  ...draft,
  fields: [field.replace(/\r\n$/, ''), ...draft.fields],
});

/** Puts an ARC set on top (RFC 8617 section 5.1): what the last relay saw when it took the message in. */
export async function sealed(draft: Draft, step: StepOf<'seal'>, scene: Scene): Promise<Draft> {
  const { last, at, internet } = scene;
  if (!last) throw new Error('nobody has relayed the letter who could seal it: a mistake in its journey');
  const { domain, selector } = step;
  const found = await foundAt(last, scene);
  const set = await sealArc(readMessage(bytesOfDraft(draft)), {
    domain,
    selector,
    key: keyOf(step, scene),
    results: step.results ?? resultsOf(found, last),
    time: Math.floor(at / 1000),
    resolver: internet.resolver,
    arrival: found.arc,
  });
  // After a chain that failed, or one that cannot be judged now, nothing may be added.
  return set === '' ? draft : withField(draft, set);
}

/** What a relay found when it took the letter in. */
function foundAt({ draft, handOver }: Relayed, { at, internet: { resolver } }: Scene): Promise<Authentication> {
  const { ip, helo, mailFrom } = handOver;
  const transaction = { ip, helo, mailFrom, recipients: [], known: 'given' } as const;
  return authenticate(readMessage(bytesOfDraft(draft)), { resolver, now: at, transaction });
}

/** What a relay found, as it writes it down (RFC 8601). */
const resultsOf = ({ spf, dkim, dmarc }: Authentication, { by, handOver }: Relayed): string =>
  writeAuthenticationResults(by, [
    { method: 'spf', result: spf.result, properties: { 'smtp.mailfrom': handOver.mailFrom } },
    ...dkim.signatures.map(({ result, domain }) => ({
      method: 'dkim',
      result,
      properties: { 'header.d': domain },
    })),
    { method: 'dmarc', result: dmarc.result, properties: { 'header.from': dmarc.domain } },
  ]);
