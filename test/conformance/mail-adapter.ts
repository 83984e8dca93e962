/** What the mail conformance runners call, in their terms: each function takes and gives what a runner's head says. */
import { createPrivateKey } from 'node:crypto';
import { sealArc } from '../../src/mail/arc/seal-arc.ts';
import { verifyArc } from '../../src/mail/arc/verify-arc.ts';
import { verifyDkim } from '../../src/mail/dkim/verify-dkim.ts';
import { fieldsNamed, type RawMessage, readMessage } from '../../src/mail/message/raw-message.ts';
import { checkSpf } from '../../src/mail/spf/check-spf.ts';
import { type PromisesResolve, resolverOf } from './promises-resolver.ts';

interface SpfCase {
  readonly ip: string;
  readonly sender: string;
  readonly helo: string;
  readonly mta: string;
  readonly resolver: PromisesResolve;
}

export async function spf({
  ip,
  sender,
  helo,
  mta,
  resolver,
}: SpfCase): Promise<{ result: string; explanation?: string }> {
  const query = { ip, helo, mailFrom: sender, receiver: mta, now: Date.now() };
  const { result, explanation } = await checkSpf(query, resolverOf(resolver));
  return explanation === undefined ? { result } : { result, explanation };
}

interface DkimCase {
  readonly message: Uint8Array | string;
  readonly resolver: PromisesResolve;
  /** False: rsa-sha1 is verified like any other; all else is as strict as ever. */
  readonly strict?: boolean;
}

/** The result of each signature, in the order of the fields. */
export async function dkim({ message, resolver, strict = true }: DkimCase): Promise<string[]> {
  const options = { resolver: resolverOf(resolver), now: Date.now(), rsaSha1: strict ? 'policy' : 'accept' } as const;
  const bytes =
    typeof message === 'string'
      ? Buffer.from(message)
      : Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const { signatures } = await verifyDkim(readMessage(bytes), options);
  return signatures.map(({ result }) => result);
}

interface ArcCase {
  readonly message: Buffer;
  readonly resolver: PromisesResolve;
}

/** The chain's status: none, pass or fail. */
export async function arc({ message, resolver }: ArcCase): Promise<string> {
  const options = { resolver: resolverOf(resolver), now: Date.now() };
  return (await verifyArc(readMessage(message), options)).result;
}

interface SealCase extends ArcCase {
  readonly domain: string;
  readonly selector: string;
  /** PEM */
  readonly privateKey: string;
  readonly authservId: string;
  /** With colons. */
  readonly headers: string;
  readonly time: number;
}

/** The block of header fields to put above the message; empty where it must not be sealed. */
export async function seal({ message, resolver, domain, selector, privateKey, ...rest }: SealCase): Promise<string> {
  const { authservId, headers, time } = rest;
  const read = readMessage(message);
  return sealArc(read, {
    domain,
    selector,
    key: createPrivateKey(privateKey),
    results: ownResults(read, authservId),
    time,
    resolver: resolverOf(resolver),
    headers: headers.split(':'),
  });
}

/** What the Authentication-Results of this receiver say, in one value. */
function ownResults(message: RawMessage, authservId: string): string {
  const own = fieldsNamed(message, 'authentication-results').filter(({ value }) => value.trim().startsWith(authservId));
  return [authservId, ...own.map(({ value }) => value.slice(value.indexOf(';') + 1).trim())].join('; ');
}
