import type { Authentication, RawMessage, Resolver } from '../../mail/index.ts';
import type { Change, Reply } from '../../policy/index.ts';
import type { Edits } from '../gate.ts';
import { applyBanner } from './apply-banner.ts';
import { changeHeader } from './change-header.ts';
import { claimsToBe } from './forged-results.ts';
import { MessageDraft, type NewField } from './message-draft.ts';
import { POLICY_FIELD, resultsField } from './own-fields.ts';
import { breaksProof, type SealKey, sealFields } from './seal-edits.ts';

/** Who stamps a message, and by which names a forged stamp is known. */
export interface Stamping {
  readonly authservId: string;
  /** Other names of this host that nobody else may stamp with. */
  readonly alsoKnownAs?: readonly string[];
  /** Left out: what is changed is not sealed. */
  readonly seal?: SealKey | undefined;
}

/** What a message is told and how it is changed. */
export interface Telling {
  /** Undefined where nothing was checked. */
  readonly authentication: Authentication | undefined;
  readonly changes: readonly Change[];
  /** Fields of the gate beside the stamp. */
  readonly fields: readonly NewField[];
  readonly resolver: Resolver;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The edits of a message that goes on, or why it cannot. */
export type Edited = { readonly edits: Edits } | { readonly refusal: Reply };

/**
 * What the gate changes in a message: fields that claim to be its own go, the policy's changes are made, its stamp comes on
 * top, and where that breaks a proof that the message came with, a seal that vouches for it.
 */
export async function messageEdits(message: RawMessage, stamping: Stamping, telling: Telling): Promise<Edited> {
  const { authentication, changes, fields, resolver, at } = telling;
  const draft = new MessageDraft(message);
  withoutForged(draft, stamping);
  for (const change of changes) {
    if (change.kind !== 'ApplyBanner') {
      changeHeader(draft, change);
      continue;
    }
    const refusal = applyBanner(draft, change);
    if (refusal !== undefined) return { refusal };
  }
  const isBroken = authentication !== undefined && breaksProof(draft, authentication);
  const stamp = resultsField(stamping.authservId, authentication);
  const seal =
    isBroken && stamping.seal !== undefined
      ? await sealFields(draft, stamping.seal, { authentication, results: stamp.value, resolver, at })
      : [];
  draft.put(...seal, stamp, ...fields);
  return { edits: draft.edits };
}

/** The least that is done to a message that goes on unjudged: what claims to be the gate's goes, and its stamp says `none`. */
export function bareEdits(message: RawMessage, stamping: Stamping, fields: readonly NewField[]): Edits {
  const draft = new MessageDraft(message);
  withoutForged(draft, stamping);
  draft.put(resultsField(stamping.authservId, undefined), ...fields);
  return draft.edits;
}

function withoutForged(draft: MessageDraft, { authservId, alsoKnownAs = [] }: Stamping): void {
  draft.remove('Authentication-Results', (value) => claimsToBe(value, [authservId, ...alsoKnownAs]));
  draft.remove(POLICY_FIELD);
}
