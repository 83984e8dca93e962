import type { DnsFailure } from '../dns/resolver.ts';
import { lastLabels } from './domain-name.ts';
import type { DmarcRecord } from './record.ts';
import type { RecordLookup } from './record-lookup.ts';

/** A record and the domain that published it. */
export interface PublishedRecord {
  readonly domain: string;
  readonly record: DmarcRecord;
}

/** A name on the way whose record, or records, do not count. */
export interface Discarded {
  readonly domain: string;
  readonly because: 'several records' | 'broken record';
}

/** What was met on the way up from a domain. */
export interface TreeWalk {
  readonly start: string;
  /** From the longest name to the shortest. */
  readonly found: readonly PublishedRecord[];
  readonly discarded: readonly Discarded[];
  /** Where DNS gave no answer: the walk ends there, and what is above is not known. */
  readonly failed?: { readonly domain: string; readonly failure: DnsFailure };
}

/** A name longer than this is cut to it after the first question, so that no walk takes more than eight (RFC 9989 section 4.10 step 4). */
const LABELS = 7;

/**
 * Walks up from a domain, looking for DMARC records, until a psd tag says that here is the border, or no label is left
 * (RFC 9989 section 4.10).
 *
 * @param start lower case, A-labels
 * @example (await treeWalk('a.example.com', lookup)).found.map(({ domain }) => domain) // ['example.com']
 */
export async function treeWalk(start: string, lookup: RecordLookup): Promise<TreeWalk> {
  const found: PublishedRecord[] = [];
  const discarded: Discarded[] = [];
  for (const domain of stations(start)) {
    const answer = await lookup.at(domain);
    if (answer.status === 'failed') return { start, found, discarded, failed: { domain, failure: answer.failure } };
    if (answer.status === 'found') {
      found.push({ domain, record: answer.record });
      if (answer.record.psd !== 'u') break;
    } else if (answer.discarded !== undefined) discarded.push({ domain, because: answer.discarded });
  }
  return { start, found, discarded };
}

/** The names that a walk asks about: eight at most. */
export function stations(start: string): readonly string[] {
  const parents = lastLabels(start.slice(start.indexOf('.') + 1), LABELS).split('.');
  return start.includes('.') ? [start, ...parents.map((_, i) => parents.slice(i).join('.'))] : [start];
}

/**
 * The organizational domain by what a walk has found (RFC 9989 section 4.10.2): the domain with psd=n, else the one below
 * psd=y, else the one with a record and the fewest labels, else where the walk began.
 *
 * @returns undefined where DNS failed before the walk was over
 */
export function organizationalDomainOf({ start, found, failed }: TreeWalk): string | undefined {
  if (failed !== undefined) return undefined;
  const top = found.at(-1);
  if (top === undefined) return start;
  // A psd tag ends the walk, so that only the last record can have one. A suffix where the walk began has nothing below.
  return top.record.psd === 'y' ? lastLabels(start, top.domain.split('.').length + 1) : top.domain;
}

/**
 * The record that applies to the domain where the walk began (RFC 9989 section 4.10.1): its own, else that of its
 * organizational domain, else that of the public suffix above.
 *
 * @returns undefined where there is none, or where DNS failed before one could be told
 */
export function applicableRecord(walk: TreeWalk): PublishedRecord | undefined {
  const [first] = walk.found;
  if (first?.domain === walk.start) return first;
  // The highest record found is the organizational domain's or, with psd=y, the suffix's; below a suffix that of the
  // organizational domain comes first.
  const organizational = organizationalDomainOf(walk);
  if (organizational === undefined) return undefined;
  return walk.found.find(({ domain }) => domain === organizational) ?? walk.found.at(-1);
}
