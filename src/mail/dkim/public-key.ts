import type { DnsFailure, Resolver } from '../dns/resolver.ts';
import { type PublicKey, readKeyRecord } from './key-record.ts';
import { type OutcomeName, outcomes } from './outcomes.ts';

export type { PublicKey } from './key-record.ts';

/** What DNS has for a selector. */
export type KeyAnswer =
  /** Records that can be used, in the order of the answer; more than one is rare. */
  | { readonly status: 'found'; readonly keys: readonly PublicKey[] }
  /** There are records, and none can be used. */
  | { readonly status: 'unusable'; readonly reason: string; readonly outcome: OutcomeName }
  | { readonly status: 'none' }
  /** Nobody knows: it says nothing about the signature. */
  | { readonly status: 'failed'; readonly failure: DnsFailure };

/** RFC 6376 section 6.1.2 leaves open what is done with several records; all that could be meant are tried, but not any number. */
const RECORDS = 4;

/**
 * The public keys of a signer (RFC 6376 section 3.6.2).
 *
 * @param domain `d=`, lower case, A-labels
 * @param selector `s=`, likewise
 * @example (await keyOf('example.com', 's1', resolver)).status // 'found'
 */
export async function keyOf(domain: string, selector: string, resolver: Resolver): Promise<KeyAnswer> {
  const answer = await resolver.query(`${selector}._domainkey.${domain}`, 'TXT');
  if (answer.status === 'failed') return answer;
  if (answer.status !== 'found' || answer.records.length === 0) return { status: 'none' };
  const keys: PublicKey[] = [];
  let problem: OutcomeName = 'bad key';
  for (const record of answer.records.slice(0, RECORDS)) {
    const key = readKeyRecord(record);
    if ('problem' in key) problem = key.problem;
    else keys.push(key);
  }
  return keys.length > 0
    ? { status: 'found', keys }
    : { status: 'unusable', reason: outcomes[problem].reason, outcome: problem };
}
