import {
  type ArcWord,
  type Authentication,
  arcChainOf,
  fieldsNamed,
  type HeaderField,
  isSameOrBelow,
  type RawMessage,
  type Resolver,
  toAsciiDomain,
} from '../../mail/index.ts';
import type { Change, Reply } from '../../policy/index.ts';
import type { Edits } from '../gate.ts';
import { applyBanner } from './apply-banner.ts';
import { changeHeader } from './change-header.ts';
import { OwnIds } from './forged-results.ts';
import { MessageDraft, type NewField } from './message-draft.ts';
import { resultsField } from './own-fields.ts';
import { hidesOwn, POLICY_FIELD, RESULTS_FIELD, SEALED_RESULTS_FIELD } from './own-names.ts';
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
  const { isSealForged } = withoutForged(draft, stamping, authentication);
  for (const change of changes) {
    if (change.kind !== 'ApplyBanner') {
      changeHeader(draft, change);
      continue;
    }
    const refusal = applyBanner(draft, change);
    if (refusal !== undefined) return { refusal };
  }
  // A chain out of which a forged set is taken is nobody's to vouch for.
  const isBroken = authentication !== undefined && !isSealForged && breaksProof(draft, authentication);
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

/** What claims to be this host's word goes, in every form in which some reader would take it for that (RFC 8601 section 5). */
function withoutForged(
  draft: MessageDraft,
  stamping: Stamping,
  authentication?: Authentication,
): { readonly isSealForged: boolean } {
  const { message } = draft;
  const own = new OwnIds([stamping.authservId, ...(stamping.alsoKnownAs ?? [])]);
  const genuine = genuineResults(message, stamping, authentication);
  const forged = forgedAmong(fieldsNamed(message, RESULTS_FIELD.toLowerCase()), ({ value }) => own.areClaimedBy(value));
  const forgedSets = forgedAmong(
    fieldsNamed(message, SEALED_RESULTS_FIELD.toLowerCase()),
    (field) => !genuine.has(field) && own.areClaimedBySealed(field.value),
  );
  draft.remove(POLICY_FIELD);
  draft.removeOwn((field) => forged.has(field) || hidesOwn(field.raw));
  return { isSealForged: draft.removeOwn((field) => forgedSets.has(field)) };
}

/** As many sets a chain may have (RFC 8617 section 4.2.1), and no honest message has more stamps. */
const MOST_RESULTS = 50;

/** Of too many fields nobody reads each: all count. */
const forgedAmong = (
  fields: readonly HeaderField[],
  isForged: (field: HeaderField) => boolean,
): ReadonlySet<HeaderField> => new Set(fields.length > MOST_RESULTS ? fields : fields.filter(isForged));

/**
 * The ARC-Authentication-Results of this host's own making. Where the chain holds, those that a domain of this host has sealed:
 * nobody else can make these. Where it could not be checked, those that bear the name of the gate's own seal: to take one out
 * would break an honest chain for good, and who checks it later finds a forged one. Where it is broken, none.
 */
function genuineResults(
  message: RawMessage,
  { authservId, seal }: Stamping,
  authentication: Authentication | undefined,
): ReadonlySet<HeaderField> {
  const [sealer, host] = [seal?.domain, authservId].map((name) => name && toAsciiDomain(name));
  const names = [sealer ?? host, host].filter((name) => name !== undefined);
  const isOwn: Readonly<Record<ArcWord | 'unchecked', (domain: string) => boolean>> = {
    pass: (domain) => names.some((name) => isSameOrBelow(name, domain)),
    temperror: (domain) => domain === sealer,
    unchecked: (domain) => domain === sealer,
    fail: () => false,
    none: () => false,
  };
  // Of a chain whose form is broken there are no links.
  const links = arcChainOf(message)?.links ?? [];
  const own = links.filter((link) => isOwn[authentication?.arc.result ?? 'unchecked'](link.seal.domain));
  return new Set(own.map(({ results }) => results));
}
