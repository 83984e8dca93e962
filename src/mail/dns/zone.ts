import { domainName, parentOf, ROOT } from './domain-name.ts';
import type { DnsAnswer, DnsRecords, RecordType, Resolver } from './resolver.ts';

/** What one name owns. */
export interface ZoneNode {
  readonly records: { readonly [T in RecordType]?: DnsRecords[T][] };
  /** What the name stands for (CNAME). */
  alias?: string;
}

/** Records by name, and answers that no record can say. Plain data. */
export interface Zone {
  /** Every name that exists, those that are only above others too (empty non-terminals, RFC 8020). */
  readonly nodes: Map<string, ZoneNode>;
  /** Answers kept for a question, `TXT _dmarc.example.com` or `ANY example.com`; they come before the records. */
  readonly answers: Map<string, DnsAnswer<never>>;
}

/** How many aliases (CNAME) are followed. */
const MOST_ALIASES = 8;

/** The node of a name, made with all names above it where it is new. */
export function nodeOf(zone: Zone, name: string): ZoneNode {
  for (let above = name; !zone.nodes.has(above); above = parentOf(above)) {
    zone.nodes.set(above, { records: {} });
    if (above === ROOT) break;
  }
  return zone.nodes.get(name)!;
}

/**
 * Answers from a zone: aliases followed (8 at most), wildcards (RFC 4592), a name that others are below is `no-record`,
 * any other unknown name `no-name`.
 *
 * @example zoneResolver(parseZone('example.com. TXT "v=spf1 -all"', 'example.zone'))
 */
export function zoneResolver(zone: Zone): Resolver {
  return {
    query: async (text, type) => {
      const name = domainName(text);
      return name === undefined ? { status: 'no-name' } : answerOf(zone, name, type);
    },
  };
}

function answerOf<T extends RecordType>(zone: Zone, name: string, type: T): DnsAnswer<T> {
  let at = name;
  for (let hops = 0; hops <= MOST_ALIASES; hops++) {
    const kept = zone.answers.get(`${type} ${at}`) ?? zone.answers.get(`ANY ${at}`);
    if (kept) return kept;
    const node = zone.nodes.get(at) ?? wildcardFor(zone, at);
    if (!node) return { status: 'no-name' };
    const records = node.records[type];
    if (records) return { status: 'found', records };
    if (node.alias === undefined) return { status: 'no-record' };
    at = node.alias;
  }
  return { status: 'failed', failure: 'alias loop' };
}

/** The wildcard directly below the closest name that exists, and no other (RFC 4592 section 3.3.1). */
function wildcardFor(zone: Zone, name: string): ZoneNode | undefined {
  let above = parentOf(name);
  while (above !== ROOT && !zone.nodes.has(above)) above = parentOf(above);
  return zone.nodes.get(above === ROOT ? '*' : `*.${above}`);
}
