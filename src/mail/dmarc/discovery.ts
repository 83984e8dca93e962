import { shown } from './domain-name.ts';
import { suffixListDomain } from './organizational-domain.ts';
import type { RecordAt, RecordLookup } from './record-lookup.ts';
import type { DmarcMode } from './result.ts';
import {
  applicableRecord,
  type Discarded,
  organizationalDomainOf,
  type PublishedRecord,
  treeWalk,
} from './tree-walk.ts';

/** What DNS says about an author domain. */
export interface Discovered {
  /** The record that applies. */
  readonly published?: PublishedRecord | undefined;
  /** Undefined where DNS failed before it could be told. */
  readonly organizationalDomain?: string | undefined;
  /** Records that were met and do not count. */
  readonly discarded: readonly Discarded[];
  /** Where DNS failed, for a person. Matters for the record only where none was found before. */
  readonly failure?: string | undefined;
}

/** How records and organizational domains are found. The two documents differ in nothing as much as in this. */
export interface Discovery {
  /** The record and the organizational domain of an author domain. */
  author(domain: string): Promise<Discovered>;
  /** The organizational domain of an identifier; undefined where DNS failed. */
  organizationalDomain(domain: string): Promise<string | undefined>;
}

/** @example (await discoveryBy.rfc9989(recordLookup(resolver)).author('a.example.com')).organizationalDomain // 'example.com' */
export const discoveryBy: Readonly<Record<DmarcMode, (lookup: RecordLookup) => Discovery>> = {
  rfc9989: byTreeWalk,
  rfc7489: bySuffixList,
};

/** RFC 9989 section 4.10. */
function byTreeWalk(lookup: RecordLookup): Discovery {
  return {
    author: async (domain) => {
      const walk = await treeWalk(domain, lookup);
      return {
        published: applicableRecord(walk),
        organizationalDomain: organizationalDomainOf(walk),
        discarded: walk.discarded,
        failure: walk.failed && failureAt(walk.failed.domain, walk.failed.failure),
      };
    },
    organizationalDomain: async (domain) => organizationalDomainOf(await treeWalk(domain, lookup)),
  };
}

/** RFC 7489 section 6.6.3: at the author domain, and only where nothing stands there at the organizational domain. */
function bySuffixList(lookup: RecordLookup): Discovery {
  const author = async (domain: string): Promise<Discovered> => {
    const organizationalDomain = suffixListDomain(domain);
    for (const place of new Set([domain, organizationalDomain])) {
      const answer = await lookup.at(place);
      if (answer.status === 'none' && answer.discarded === undefined) continue;
      return { ...outcome(place, answer), organizationalDomain };
    }
    return { organizationalDomain, discarded: [] };
  };
  return { author, organizationalDomain: async (domain) => suffixListDomain(domain) };
}

function outcome(domain: string, answer: RecordAt): Discovered {
  if (answer.status === 'found') return { published: { domain, record: answer.record }, discarded: [] };
  if (answer.status === 'failed') return { failure: failureAt(domain, answer.failure), discarded: [] };
  return { discarded: answer.discarded === undefined ? [] : [{ domain, because: answer.discarded }] };
}

const failureAt = (domain: string, failure: string): string =>
  `DNS gave no answer for _dmarc.${shown(domain)} (${failure})`;
