import type { DmarcRecord } from './record.ts';
import type { DmarcMode, DmarcPolicy } from './result.ts';

/** What a record asks for: at its own name, and below it for names that exist and names that do not. */
export interface Policies {
  readonly own: DmarcPolicy;
  readonly existing: DmarcPolicy;
  readonly missing: DmarcPolicy;
}

const weaker: Readonly<Record<DmarcPolicy, DmarcPolicy>> = { reject: 'quarantine', quarantine: 'none', none: 'none' };

/** One level lower: what t=y asks for (RFC 9989 section 4.7), and pct for a message outside the sample (RFC 7489 section 6.6.4). */
export const oneLower = (policy: DmarcPolicy): DmarcPolicy => weaker[policy];

/**
 * The policies of a record under either document. RFC 7489 knows no np and no t, and wants a p; RFC 9989 takes one that is
 * not there for `none`. A policy that is wrong counts as `none` where somebody is there to be told: a valid rua
 * (RFC 9989 section 4.10.1, RFC 7489 section 6.6.3 step 6).
 *
 * @returns undefined where the record is of no use
 * @example policiesOf(parseDmarcRecord('v=DMARC1; p=reject; sp=none')!, 'rfc9989') // { own: 'reject', existing: 'none', missing: 'none' }
 */
export function policiesOf(record: DmarcRecord, mode: DmarcMode): Policies | undefined {
  const isCurrent = mode === 'rfc9989';
  const p = record.p ?? (isCurrent ? 'none' : 'invalid');
  const np = isCurrent ? record.np : undefined;
  if (p === 'invalid' || record.sp === 'invalid' || np === 'invalid')
    return record.rua.length > 0 ? { own: 'none', existing: 'none', missing: 'none' } : undefined;
  const existing = record.sp ?? p;
  const policies = { own: p, existing, missing: np ?? existing };
  return isCurrent && record.t ? lowered(policies) : policies;
}

const lowered = ({ own, existing, missing }: Policies): Policies => ({
  own: oneLower(own),
  existing: oneLower(existing),
  missing: oneLower(missing),
});
