import type { Domain } from './kernel/domain.ts';
import type { KeyKind } from './kernel/keys.ts';

/** How the mail of a domain is set up. */
interface Setup {
  /** Addresses of its servers: the first is `smtp.` of the name, further ones `smtp2.` and so on. */
  readonly ips?: readonly string[];
  /** What SPF says of all others. @default '-all' */
  readonly others?: '-all' | '~all' | '?all';
  /** Terms of SPF before those of its own servers. */
  readonly includes?: readonly string[];
  /** The DMARC record behind `v=DMARC1; `; left out: none is published. */
  readonly dmarc?: string;
  /** Who keeps its DKIM key; left out: it does not sign. */
  readonly key?: Provider;
}

/** Few keep their keys themselves: these sign for all, each with one key. It keeps the keys that a demo needs few, too. */
const providers = {
  'office suite': 'rsa-2048',
  'bulk sender': 'rsa-2048',
  // New, and without customers whose receivers are old.
  'small host': 'ed25519',
  // Has not changed anything for years.
  'web host': 'rsa-1024',
} as const satisfies Record<string, KeyKind>;

type Provider = keyof typeof providers;

const term = (ip: string): string => (ip.includes(':') ? `ip6:${ip}` : `ip4:${ip}`);

function domain(name: string, { ips = [], others = '-all', includes = [], dmarc, key }: Setup): Domain {
  const hosts = Object.fromEntries(ips.map((ip, i) => [`smtp${i === 0 ? '' : i + 1}.${name}`, ip]));
  return {
    name,
    spf: ['v=spf1', ...includes.map((other) => `include:${other}`), ...ips.map(term), others].join(' '),
    mx: Object.keys(hosts).slice(0, 1),
    hosts,
    // For bounces, which have no other name than that of the server (RFC 7208 section 10.1.3).
    texts: Object.fromEntries(Object.keys(hosts).map((host) => [host, 'v=spf1 a -all'])),
    ...(dmarc === undefined ? {} : { dmarc: `v=DMARC1; ${dmarc}` }),
    ...(key === undefined ? {} : { dkim: [{ selector: SELECTOR, key, kind: providers[key] }] }),
  };
}

/** The selector under which every domain of the demo signs. */
export const SELECTOR = 's1';

const own: readonly Domain[] = [
  domain('contoso.com', { ips: ['2001:db8:365::2b', '2001:db8:365::1a'], dmarc: 'p=reject', key: 'office suite' }),
  domain('fabrikam.fr', { ips: ['192.0.2.140'], others: '~all', dmarc: 'p=none', key: 'office suite' }),
];

const partners: readonly Domain[] = [
  domain('harbour-freight.example', { ips: ['192.0.2.10'], dmarc: 'p=reject', key: 'office suite' }),
  domain('sunfield-paper.example', { ips: ['192.0.2.21'], others: '~all', dmarc: 'p=none', key: 'office suite' }),
  domain('okafor-legal.example', { ips: ['192.0.2.33'], others: '~all', dmarc: 'p=none' }),
  domain('verrerie-aubert.example', { ips: ['2001:db8:21::5'], dmarc: 'p=quarantine', key: 'web host' }),
  domain('steelworks.example.org', { ips: ['192.0.2.45'], others: '~all', key: 'web host' }),
  domain('northgate-audit.example', { ips: ['192.0.2.60'], others: '~all', dmarc: 'p=none', key: 'web host' }),
  // The policy is misspelt, and nobody is there to be told.
  domain('imprimerie-roux.test', { ips: ['192.0.2.71'], others: '~all', dmarc: 'p=nine', key: 'web host' }),
  domain('sato-sensors.example.net', { ips: ['192.0.2.80'], others: '~all', dmarc: 'p=none', key: 'office suite' }),
  domain('chamber.example.org', { ips: ['192.0.2.88'], others: '~all', dmarc: 'p=none' }),
  {
    name: 'slow-dns.example.org',
    failing: ['slow-dns.example.org', '_dmarc.slow-dns.example.org'].map((name) => ({ name, failure: 'timeout' })),
  },
  // Its mail leaves through a neighbour in the same network, of whom SPF says nothing.
  { name: 'strand-studio.test', spf: 'v=spf1 ?all', hosts: { 'strand-studio.test': '192.0.2.50' } },
  { name: 'web-host.test', hosts: { 'out.web-host.test': '192.0.2.52' } },
];

const bulk: readonly Domain[] = [
  domain('mail-platform.example', {
    ips: ['198.51.100.14', '198.51.100.15', '198.51.100.16'],
    dmarc: 'p=reject',
    key: 'bulk sender',
  }),
  domain('envoi-masse.example', { ips: ['198.51.100.30'], dmarc: 'p=reject', key: 'bulk sender' }),
  domain('cheap-sender.test', { ips: ['198.51.100.77', '198.51.100.78'], dmarc: 'p=none', key: 'small host' }),
  domain('industry-weekly.example', { dmarc: 'p=quarantine', key: 'bulk sender' }),
  domain('office-outlet.example', { dmarc: 'p=quarantine', key: 'bulk sender' }),
  domain('courrier-metiers.example', { dmarc: 'p=none', key: 'bulk sender' }),
  domain('trade-fair.example.org', { dmarc: 'p=none', key: 'bulk sender' }),
  domain('security-digest.example.net', { ips: ['198.51.100.40'], dmarc: 'p=reject', key: 'small host' }),
  domain('travel-deals.test', { dmarc: 'p=none' }),
  domain('webinar-factory.test', { others: '~all', key: 'small host' }),
  domain('crm-cloud.example', { ips: ['198.51.100.180'], dmarc: 'p=reject', key: 'bulk sender' }),
  domain('out.crm-cloud.example', { includes: ['crm-cloud.example'] }),
];

const services: readonly Domain[] = [
  domain('ci-service.example', { ips: ['198.51.100.101'], dmarc: 'p=reject', key: 'small host' }),
  domain('mail.ci-service.example', { includes: ['ci-service.example'] }),
  domain('ticket-desk.example', { ips: ['198.51.100.104'], dmarc: 'p=reject', key: 'small host' }),
  domain('mail.ticket-desk.example', { includes: ['ticket-desk.example'] }),
  domain('rooms.example.net', { ips: ['2001:db8:51::25'], dmarc: 'p=quarantine', key: 'office suite' }),
  domain('parcel-post.example', { ips: ['198.51.100.120'], others: '~all', dmarc: 'p=none', key: 'small host' }),
  domain('accounts.example.com', { ips: ['198.51.100.131'], dmarc: 'p=reject', key: 'small host' }),
  domain('expense-portal.example', { dmarc: 'p=quarantine', key: 'small host' }),
  // Moved to new servers, and SPF was forgotten.
  { name: 'mail.expense-portal.example', spf: 'v=spf1 ip4:198.51.100.139 -all' },
];

const detours: readonly Domain[] = [
  domain('lists.example.org', { ips: ['198.51.100.201'], dmarc: 'p=none', key: 'web host' }),
  domain('alumni.example.org', { ips: ['198.51.100.220'] }),
  domain('guild.example.net', { ips: ['198.51.100.228'] }),
];

const pests: readonly Domain[] = [
  domain('toner-bargain.test', { ips: ['203.0.113.61'], dmarc: 'p=none', key: 'small host' }),
  domain('first-page.test', { ips: ['203.0.113.62'], dmarc: 'p=none', key: 'small host' }),
  domain('c0ntoso-login.test', { ips: ['203.0.113.150'], dmarc: 'p=none', key: 'small host' }),
  domain('relay.bulk-wave.test', { others: '~all' }),
  domain('city-telecom.example', { others: '~all', dmarc: 'p=none' }),
];

/** Every domain of the demo that publishes anything. */
export const demoDomains: readonly Domain[] = [...own, ...partners, ...bulk, ...services, ...detours, ...pests];

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

const signing = new Set(demoDomains.filter(({ dkim }) => dkim).map(({ name }) => name));

/** Whether mail of a domain is signed by it. */
export const signs = (name: string): boolean => signing.has(name);

const names = new Map(demoDomains.flatMap(({ hosts = {} }) => Object.entries(hosts).map(([host, ip]) => [ip, host])));

const policies = new Set(
  demoDomains.filter(({ dmarc }) => /; p=(none|quarantine|reject)/.test(dmarc ?? '')).map(({ name }) => name),
);

/** Whether a domain publishes a DMARC record that can be read. */
export const hasPolicy = (name: string): boolean => policies.has(name);

/** What a server calls itself: its name, or its address where it has none (RFC 5321 section 4.1.3). */
export const heloOf = (ip: string): string => names.get(ip) ?? (ip.includes(':') ? `[IPv6:${ip}]` : `[${ip}]`);
