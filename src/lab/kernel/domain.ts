import { isIPv6 } from 'node:net';
import { addressOf, reverseName } from '../../mail/index.ts';
import type { KeyKind, Keyring } from './keys.ts';
import type { DnsContent, FailingLookup, ZoneRecord } from './zone.ts';

/** A DKIM key that a domain publishes. */
export interface Selector {
  readonly selector: string;
  /** @default 'rsa-2048' */
  readonly kind?: KeyKind;
  /** Which key of the ring: domains that name the same one share it, as customers of a platform do. @default its own */
  readonly key?: string;
  /** Further tags of the record, such as `t=y` (RFC 6376 section 3.6.1). */
  readonly tags?: string;
  /** `revoked`: published with an empty `p=`; `unpublished`: not in DNS at all. Either way its owner still signs with it. */
  readonly state?: 'revoked' | 'unpublished';
}

/** A domain in short: what its owner publishes. Records are written as DNS holds them. */
export interface Domain {
  /** Lower case. */
  readonly name: string;
  /** `v=spf1 …` */
  readonly spf?: string;
  /** `v=DMARC1; …`, at `_dmarc.` of the name. */
  readonly dmarc?: string;
  readonly dkim?: readonly Selector[];
  /** Hosts that take its mail, by falling preference. */
  readonly mx?: readonly string[];
  /** Host names to addresses: A or AAAA, and PTR back. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** TXT records elsewhere: name to text. */
  readonly texts?: Readonly<Record<string, string>>;
  readonly failing?: readonly FailingLookup[];
}

/** The name of the key pair behind a selector, and its kind. */
export const keyBehind = (domain: Domain, { selector, key, kind = 'rsa-2048' }: Selector): [string, KeyKind] => [
  key ?? `${selector}._domainkey.${domain.name}`,
  kind,
];

/**
 * The zone of a domain.
 *
 * @example zoneOf({ name: 'bank.example', spf: 'v=spf1 -all' }, keyringOf(1)).records
 * // [{ name: 'bank.example', type: 'TXT', value: 'v=spf1 -all' }]
 */
export function zoneOf(domain: Domain, keys: Keyring): DnsContent {
  const { name, spf, dmarc, dkim = [], mx = [], hosts = {}, texts = {}, failing = [] } = domain;
  const text = (at: string, value: string): ZoneRecord => ({ name: at, type: 'TXT', value });
  return {
    failing,
    records: [
      ...(spf === undefined ? [] : [text(name, spf)]),
      ...(dmarc === undefined ? [] : [text(`_dmarc.${name}`, dmarc)]),
      ...dkim
        .filter(({ state }) => state !== 'unpublished')
        .map((selector) => text(`${selector.selector}._domainkey.${name}`, keyRecord(domain, selector, keys))),
      ...mx.map((exchange, i): ZoneRecord => ({ name, type: 'MX', value: { preference: 10 * (i + 1), exchange } })),
      ...Object.entries(hosts).flatMap(([host, ip]) => hostRecords(host, ip)),
      ...Object.entries(texts).map(([at, value]) => text(at, value)),
    ],
  };
}

function keyRecord(domain: Domain, selector: Selector, keys: Keyring): string {
  const { kind, published } = keys.pair(...keyBehind(domain, selector));
  const type = kind === 'ed25519' ? 'ed25519' : 'rsa';
  const tags = ['v=DKIM1', `k=${type}`, ...(selector.tags === undefined ? [] : [selector.tags])];
  return `${tags.join('; ')}; p=${selector.state === 'revoked' ? '' : published}`;
}

const hostRecords = (host: string, ip: string): readonly ZoneRecord[] => [
  { name: host, type: isIPv6(ip) ? 'AAAA' : 'A', value: ip },
  { name: reverseName(addressOf(ip)!), type: 'PTR', value: host },
];
