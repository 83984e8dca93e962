/** An internet of a few domains, and what happens to letters there, for tests in which some of its names do not answer. */
import type { Domain } from '../../../src/lab/kernel/domain.ts';
import type { Letter, Step } from '../../../src/lab/kernel/letter.ts';

export const TRUSTED = ['lists.example', 'second-list.example'];

/** A second address of a domain, without a name: composite authentication has nothing to go by there. */
const unnamed = (ip: string): string => ip.replace(/\d+$/, (last) => String(100 + Number(last)));

const owner = (name: string, ip: string, dmarc: string | undefined, more: Partial<Domain> = {}): Domain => ({
  name,
  hosts: { [`mail.${name}`]: ip },
  spf: `v=spf1 ip4:${ip} ip4:${unnamed(ip)} -all`,
  dkim: [{ selector: 's1', key: name }],
  ...(dmarc === undefined ? {} : { dmarc: `v=DMARC1; ${dmarc}` }),
  ...more,
});

export const internet: readonly Domain[] = [
  owner('bank.example', '192.0.2.1', 'p=reject'),
  owner('sub.bank.example', '192.0.2.1', undefined),
  owner('strict.example', '192.0.2.2', 'p=reject; adkim=s; aspf=s'),
  owner('sub.strict.example', '192.0.2.2', undefined),
  owner('museum.example', '192.0.2.3', 'p=quarantine'),
  owner('bakery.example', '192.0.2.4', 'p=none'),
  owner('ghosts.example', '192.0.2.5', 'p=none; np=reject'),
  owner('included.example', '192.0.2.6', 'p=reject', { spf: 'v=spf1 include:_spf.included.example -all' }),
  { name: '_spf.included.example', spf: 'v=spf1 ip4:192.0.2.106 -all' },
  owner('lists.example', '198.51.100.1', 'p=none'),
  owner('second-list.example', '198.51.100.2', 'p=none'),
  owner('stranger.example', '203.0.113.1', 'p=none'),
];

/** Who hands it over: the server of a domain, with an envelope of it. */
export const by = (domain: string, envelope = domain): Letter['handOver'] => ({
  ip: Object.values(internet.find(({ name }) => name === domain)!.hosts!)[0]!,
  helo: `mail.${domain}`,
  mailFrom: envelope === '' ? '' : `bounce@${envelope}`,
});
export const byUnnamed = (domain: string): Letter['handOver'] => ({ ...by(domain), ip: unnamed(by(domain).ip) });
export const sign = (domain: string, more: object = {}): Step => ({ do: 'sign', domain, selector: 's1', ...more });
export const seal = (domain: string, results?: string): Step => ({
  do: 'seal',
  domain,
  selector: 's1',
  ...(results === undefined ? {} : { results }),
});
export const relay = (domain: string, at: string): Step => ({ do: 'relay', by: `mail.${at}`, ...by(domain) });
export const footer: Step = { do: 'footer', text: '-- \nmailing list\n' };
/** A list gets the signed letter of an author, changes it, and seals what it saw. */
export const listed = (author: string, list = 'lists.example'): readonly Step[] => [
  sign(author),
  relay(author, list),
  footer,
  seal(list),
];
export const claims = (author: string, word = 'pass'): string =>
  `mail.lists.example; dmarc=${word} header.from=${author}`;
export const forgedList = (author: string, sealer: string): readonly Step[] => [
  relay('stranger.example', 'stranger.example'),
  seal(sealer, claims(author)),
];

export const key = (domain: string): string => `s1._domainkey.${domain}`;
export const record = (domain: string): string => `_dmarc.${domain}`;

export type Row = readonly [
  what: string,
  from: string | readonly string[],
  handOver: Letter['handOver'],
  journey: readonly Step[],
  /** Names of which DNS gives nothing; with `TXT ` before it, no TXT record. */
  silent: readonly string[],
  /** What the default policy does while they answer, and while they do not. */
  answered: string,
  unanswered: string,
];

export const BANK = 'Bank <a@bank.example>';
export const STRANGER = by('stranger.example');
export const LIST = by('lists.example');
