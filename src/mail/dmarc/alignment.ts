import type { DkimResult } from '../dkim/result.ts';
import { isSameOrBelow } from '../message/domain-name.ts';
import type { SpfResult } from '../spf/result.ts';
import type { Discovery } from './discovery.ts';
import { comparedDomain, shown, topLabel } from './domain-name.ts';
import type { DmarcRecord } from './record.ts';
import type { Alignment } from './result.ts';

/** Of SPF, what DMARC needs. */
export type SpfEvidence = Pick<SpfResult, 'result' | 'domain' | 'identity'>;
/** Of one DKIM signature, what DMARC needs; of one whose key is out of reach whether it would count, too. */
export type DkimEvidence = Pick<DkimResult, 'result' | 'domain' | 'mayAlign'> & Partial<Pick<DkimResult, 'coversBody'>>;

/** A domain that stands for the message, or might, had DNS answered. */
interface Identifier {
  readonly method: 'spf' | 'dkim';
  readonly domain: string;
  /** False where the check itself failed for a while: it may yet pass. */
  readonly passed: boolean;
  /** False for a signature that leaves part of the message open: it counts neither now nor once its key is there. */
  readonly mayAlign: boolean;
}

/** How the identifiers of a message stand to one author domain. */
export interface Alignments {
  readonly alignments: readonly Alignment[];
  /** An identifier that might have aligned, had DNS answered; for a person. */
  readonly open?: string | undefined;
}

/** Identifiers that are looked at, SPF first; who signs more often gains nothing by it. */
const IDENTIFIERS = 32;

/**
 * The authenticated identifiers (RFC 9989 section 4.3) and those that a temporary failure hides. SPF for the HELO name
 * counts: it is checked in place of an empty MAIL FROM, and is then the MAIL FROM identity (RFC 9989 section 3.2.4).
 */
export function identifiersOf(spf: SpfEvidence, dkim: readonly DkimEvidence[]): readonly Identifier[] {
  const checks = [
    { ...spf, method: 'spf' as const, mayAlign: true },
    ...dkim.map(({ result, domain, mayAlign, coversBody = true }) => ({
      method: 'dkim' as const,
      result,
      domain,
      mayAlign: result === 'temperror' ? coversBody : mayAlign,
    })),
  ];
  return checks
    .filter(({ result, domain }) => (result === 'pass' || result === 'temperror') && domain !== '')
    .slice(0, IDENTIFIERS)
    .map(({ method, domain, result, mayAlign }) => ({
      method,
      domain: comparedDomain(domain),
      passed: result === 'pass',
      mayAlign,
    }));
}

export interface Author {
  readonly domain: string;
  /** Undefined where DNS failed before it could be told. */
  readonly organizationalDomain: string | undefined;
}

/**
 * Compares each identifier with the author domain (RFC 9989 sections 4.4 and 4.10.2). They are looked up side by side, so
 * that a sender whose DNS is slow can make nobody wait once a signature.
 */
export async function align(
  author: Author,
  identifiers: readonly Identifier[],
  record: DmarcRecord,
  discovery: Discovery,
): Promise<Alignments> {
  const standings = await Promise.all(identifiers.map(({ domain }) => standingOf(domain, author, discovery)));
  const alignments: Alignment[] = [];
  let open: string | undefined;
  for (const [i, { method, domain, passed, mayAlign }] of identifiers.entries()) {
    const isStrict = (method === 'spf' ? record.aspf : record.adkim) === 's';
    const standing = standings[i]!;
    const suffices = standing === 'strict' || (standing === 'relaxed' && !isStrict);
    if (passed) {
      const alignment = standing === 'unknown' ? 'none' : standing;
      alignments.push({ method, domain, alignment, counts: suffices && mayAlign });
    }
    const mayYetCount = (!passed && suffices) || (standing === 'unknown' && !isStrict);
    if (mayYetCount && mayAlign) open ??= openBecause[passed ? 'alignment' : method](domain);
  }
  return { alignments, open };
}

const openBecause: Readonly<Record<'alignment' | 'spf' | 'dkim', (domain: string) => string>> = {
  alignment: (domain) => `the organizational domain of ${shown(domain)} or of the author domain`,
  spf: (domain) => `SPF of ${shown(domain)}`,
  dkim: (domain) => `the DKIM key of ${shown(domain)}`,
};

/**
 * An organizational domain is the domain itself or one above it. So one that is not at or below the author's
 * organizational domain cannot share it, and nothing needs to be asked.
 */
async function standingOf(
  domain: string,
  author: Author,
  discovery: Discovery,
): Promise<Alignment['alignment'] | 'unknown'> {
  if (domain === author.domain) return 'strict';
  if (author.organizationalDomain === undefined)
    return topLabel(domain) === topLabel(author.domain) ? 'unknown' : 'none';
  if (!isSameOrBelow(domain, author.organizationalDomain)) return 'none';
  const organizational = await discovery.organizationalDomain(domain);
  if (organizational === undefined) return 'unknown';
  return organizational === author.organizationalDomain ? 'relaxed' : 'none';
}
