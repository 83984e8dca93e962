import type { KeyObject } from 'node:crypto';
import { type Authentication, type Resolver, readMessage, sealArc } from '../../mail/index.ts';
import { applyEdits } from './apply-edits.ts';
import type { MessageDraft, NewField } from './message-draft.ts';

/** With what the gate seals messages that it changes (RFC 8617). */
export interface SealKey {
  readonly domain: string;
  readonly selector: string;
  /** Private, RSA or Ed25519. */
  readonly key: KeyObject;
}

/** Whether the changes of a draft break a proof that the message came with: a signature of DKIM, or a chain of ARC. */
export function breaksProof({ body, changedNames }: MessageDraft, { dkim, arc }: Authentication): boolean {
  const passed = dkim.signatures.filter(({ result }) => result === 'pass');
  if (passed.length === 0 && arc.result !== 'pass') return false;
  if (body !== undefined) return true;
  const isSigned = passed.some(({ signedHeaders = [] }) =>
    signedHeaders.some((name) => changedNames.has(name.toLowerCase())),
  );
  return isSigned || (arc.result === 'pass' && SEALED_FIELDS.some((name) => changedNames.has(name)));
}

/** What sealers sign as a rule; what the gate itself adds is not among it. */
const SEALED_FIELDS = ['subject', 'reply-to', 'list-id', 'list-unsubscribe', 'mime-version', 'content-type'];

/** The set of ARC fields for a draft as it is now, to be put above it; none where no set may be added. */
export async function sealFields(
  draft: MessageDraft,
  { domain, selector, key }: SealKey,
  seen: {
    readonly authentication: Authentication;
    readonly results: string;
    readonly resolver: Resolver;
    readonly at: number;
  },
): Promise<readonly NewField[]> {
  const { authentication, results, resolver, at } = seen;
  const changed = readMessage(applyEdits(draft.message.bytes, draft.edits));
  const time = Math.floor(at / 1000);
  const set = await sealArc(changed, { domain, selector, key, results, time, resolver, arrival: authentication.arc });
  return readMessage(Buffer.from(set)).fields.map(({ raw, value }) => ({
    name: raw.slice(0, raw.indexOf(':')),
    value: Buffer.from(value, 'latin1')
      .toString()
      .replace(/^[ \t]/, ''),
  }));
}
