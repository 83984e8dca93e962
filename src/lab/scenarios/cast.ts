import { listOf, shape, textLike, yamlSpot } from '../../yaml/index.ts';
import { type DomainChange, domains } from './read-domains.ts';
import { domainName } from './read-text.ts';
import type { StandIns } from './scenario.ts';

/** What all scenarios share. */
export interface Cast extends StandIns {
  readonly domains: Readonly<Record<string, DomainChange>>;
  /** Domains of the receiver. */
  readonly acceptedDomains: readonly string[];
  /** ARC sealers that the receiver believes. */
  readonly trustedSealers: readonly string[];
}

const person = textLike(/^[A-Z][a-z]+ [A-Z][a-z]+$/, 'is no name such as Harriet Vane');
const localPart = textLike(/^[a-z][a-z-]{1,30}$/, 'is no local part such as accounts');

/** No domains, no people: for scenarios that bring all they need. */
export const emptyCast: Cast = {
  domains: {},
  acceptedDomains: ['receiver.example'],
  trustedSealers: [],
  people: [],
  desks: [],
};

/**
 * Reads `cast.yaml`: the domains and people that scenarios need not describe.
 *
 * @param file the name that errors show
 * @throws MailhuntError LAB0001 or LAB0002 with line and column of the first mistake
 */
export function readCast(content: string, file: string, own: readonly string[] = []): Cast {
  const found = shape({
    domains: domains(own),
    accepted_domains: listOf(domainName(own), 20),
    trusted_sealers: listOf(domainName(own), 20),
    people: listOf(person, 200),
    desks: listOf(listOf(localPart, 50), 50),
  })(yamlSpot(content, file, 'LAB0001'));
  return {
    domains: found.domains ?? emptyCast.domains,
    acceptedDomains: found.accepted_domains ?? emptyCast.acceptedDomains,
    trustedSealers: found.trusted_sealers ?? emptyCast.trustedSealers,
    people: found.people ?? emptyCast.people,
    desks: found.desks ?? emptyCast.desks,
  };
}
