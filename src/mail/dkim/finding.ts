import type { RawMessage } from '../message/raw-message.ts';
import type { DkimSignature } from './dkim-signature.ts';
import type { PublicKey } from './key-record.ts';
import { type OutcomeName, outcomes } from './outcomes.ts';
import type { DkimResult } from './result.ts';
import { fieldCount } from './select-fields.ts';

/** What was found out, before it is put into words. */
export interface Finding {
  readonly outcome: OutcomeName;
  readonly key?: PublicKey;
  /** Bytes of the canonical body behind `l=`. */
  readonly unsignedBytes?: number;
  readonly detail?: string;
}

/** What a message may have once (RFC 5322 section 3.6, RFC 2045): a second one was put there for a reader to see. */
const SINGLE_FIELDS = [
  ...['from', 'sender', 'reply-to', 'to', 'cc', 'subject', 'date', 'message-id'],
  ...['mime-version', 'content-type', 'content-transfer-encoding'],
];

/**
 * The result as those who asked for it get it, with what they should know beside the word.
 *
 * @param now milliseconds since 1970
 */
export function resultOf(message: RawMessage, signature: DkimSignature, finding: Finding, now: number): DkimResult {
  const { result, reason } = outcomes[finding.outcome];
  const notes = notesOn(message, signature, finding, now);
  const coversBody = (finding.unsignedBytes ?? 0) === 0;
  return {
    result,
    reason: notes.length === 0 ? reason : `${reason} (${notes.join('; ')})`,
    domain: signature.domain,
    selector: signature.selector,
    identity: signature.identity,
    algorithm: signature.algorithm,
    ...(finding.key === undefined ? {} : { keyBits: finding.key.bits }),
    canonicalization: signature.canonicalization,
    signedHeaders: signature.signedHeaders,
    ...(signature.bodyLength === undefined ? {} : { bodyLength: signature.bodyLength }),
    coversBody,
    mayAlign: result === 'pass' && coversBody && unsigned(message, signature, 'from') === 0,
    testing: finding.key?.testing ?? false,
    ...(signature.signedAt === undefined ? {} : { signedAt: signature.signedAt }),
    ...(signature.expiresAt === undefined ? {} : { expiresAt: signature.expiresAt }),
  };
}

/** How many fields of a name a signature leaves out, although it names the name: they were added, or may have been. */
function unsigned(message: RawMessage, { signedHeaders }: DkimSignature, name: string): number {
  const signed = signedHeaders.filter((signedName) => signedName === name).length;
  return signed === 0 ? 0 : Math.max(0, fieldCount(message, name) - signed);
}

function notesOn(message: RawMessage, signature: DkimSignature, finding: Finding, now: number): string[] {
  const notes: string[] = [];
  if (finding.detail !== undefined) notes.push(finding.detail);
  if (finding.key?.testing) notes.push('the key is being tested');
  if (outcomes[finding.outcome].result !== 'pass') return notes;
  if (finding.unsignedBytes) notes.push(`${finding.unsignedBytes} bytes of the body are not signed`);
  for (const name of SINGLE_FIELDS) {
    if (unsigned(message, signature, name) > 0) notes.push(`another field ${name} is not signed`);
  }
  if ((signature.signedAt ?? 0) * 1000 > now) notes.push('signed in the future');
  if (message.defects.includes('line without a colon in the header')) notes.push('a line of the header is no field');
  return notes;
}
