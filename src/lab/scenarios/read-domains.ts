import type { DnsFailure, RecordType } from '../../mail/index.ts';
import { entriesOf, listOf, mapOf, oneOf, type Reader, type Spot, shape, text, wrong } from '../../yaml/index.ts';
import type { Domain, Selector } from '../kernel/domain.ts';
import type { KeyKind } from '../kernel/keys.ts';
import type { FailingLookup } from '../kernel/zone.ts';
import { address, domainName, foreign, lineText } from './read-text.ts';
import { mayForge } from './reserved.ts';

const kinds = ['rsa-2048', 'rsa-1024', 'rsa-512', 'ed25519'] as const satisfies readonly KeyKind[];
const failures = [
  'timeout',
  'servfail',
  'refused',
  'unreachable',
  'malformed',
] as const satisfies readonly DnsFailure[];
const types = ['A', 'AAAA', 'MX', 'TXT', 'PTR'] as const satisfies readonly RecordType[];

/** Written for a record that the cast has and this scenario takes away. */
const NONE = 'none';

/** What a scenario says of a domain: it stands in for what the cast says of it. */
export type DomainChange = { readonly [K in Exclude<keyof Domain, 'name'>]?: Domain[K] | typeof NONE };

const selector: Reader<Omit<Selector, 'selector'>> = (spot) => {
  if (typeof spot.node === 'object' && spot.node !== null && 'items' in spot.node) {
    return shape({ kind: oneOf(kinds), key: text, tags: text, state: oneOf(['revoked', 'unpublished'] as const) })(
      spot,
    );
  }
  return { kind: oneOf(kinds)(spot) };
};

const selectors: Reader<readonly Selector[]> = (spot) =>
  Object.entries(mapOf(selector)(spot)).map(([name, rest]) => ({ selector: name, ...rest }));

/** The form of one domain. */
const domain = (own: readonly string[]): Reader<DomainChange> =>
  shape({
    about: text,
    hosts: mapOf(address, domainName(own)),
    spf: lineText(own),
    dmarc: lineText(own),
    dkim: selectors,
    mx: listOf(domainName(own), 20),
    texts: mapOf(lineText(own), domainName(own)),
  }) as Reader<DomainChange>;

/** The domains of a file, by name. */
export const domains = (own: readonly string[]): Reader<Readonly<Record<string, DomainChange>>> =>
  mapOf(domain(own), domainName(own));

/** A domain of the cast with what a scenario changes of it. */
export function changed(name: string, ...changes: readonly (DomainChange | undefined)[]): Domain {
  const { about: _, ...all } = Object.assign({}, ...changes) as DomainChange & { about?: string };
  const kept = Object.entries(all).filter(([, value]) => value !== NONE);
  return { name, ...Object.fromEntries(kept) };
}

/** `_dmarc.bank.example: timeout`; with a type before the name, `TXT bank.example: servfail`, that type alone fails. */
export const failingLookups =
  (own: readonly string[]): Reader<readonly FailingLookup[]> =>
  (spot) =>
    entriesOf(spot).map(({ key, at, value }) => failingLookup(key, at, oneOf(failures)(value), own));

function failingLookup(key: string, at: Spot, failure: DnsFailure, own: readonly string[]): FailingLookup {
  const [name = '', word] = key.split(' ').reverse();
  if (!mayForge(name, own)) return wrong(at, foreign(name), 'LAB0002');
  if (word === undefined) return { name: name.toLowerCase(), failure };
  const type = types.find((one) => one === word);
  return type === undefined
    ? wrong(at, `${word} is no type of record; known are ${types.join(', ')}`)
    : { name: name.toLowerCase(), type, failure };
}
