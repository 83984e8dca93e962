import type { PolicyRule, Test } from '../policy.ts';
import type { Said } from './symbols.ts';
import { uclList, uclText } from './ucl.ts';

/** A rule of multimap: a symbol for what a list says of an address or a header field. */
export interface MapRule {
  readonly symbol: string;
  readonly lines: readonly string[];
}

/** What is asked of maps, gathered while a policy is translated. */
export interface Maps {
  readonly rules: MapRule[];
  /** The list behind ARC_ALLOW_TRUSTED: rspamd has one. */
  sealers: readonly string[] | undefined;
  readonly trustedSealers: readonly string[];
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
/** A pattern of RE2 as one of PCRE between slashes. */
const slashed = (source: string): string => `/${source.replace(/(?<!\\)((?:\\\\)*)\//g, '$1\\/')}/iu`;
const wholeWord = (phrase: string): string => `/(?:^|\\W)${escaped(phrase).replaceAll(' ', '\\s+')}(?:\\W|$)/iu`;
const wholeText = (text: string): string => `/^${escaped(text)}$/i`;
const atOrBelow = (domain: string): string => `/(?:^|[.@])${escaped(domain)}$/i`;

const sources = (value: unknown): readonly string[] =>
  (value as readonly { readonly source: string }[]).map(({ source }) => slashed(source));
const each =
  (pattern: (text: string) => string) =>
  (value: unknown): readonly string[] =>
    (value as readonly string[]).map(pattern);

/** Where multimap looks, and what for. */
interface Row {
  readonly of: (rule: PolicyRule, test: Test) => readonly string[];
  readonly patterns: (value: unknown) => readonly string[];
}

const places = { Header: 'mime', Envelope: 'smtp', HeaderOrEnvelope: 'both' } as const;
const sender: Row['of'] = ({ senderAddressLocation }) => [
  'type = "from";',
  `extract_from = "${places[senderAddressLocation]}";`,
  'filter = "email:addr";',
];
const recipient: Row['of'] = () => ['type = "rcpt";', 'filter = "email:addr";'];
const field: Row['of'] = (_, { value }) => headerLines((value as { readonly header: string }).header);
const subject: Row['of'] = () => headerLines('Subject');
const headerLines = (name: string): readonly string[] => ['type = "header";', `header = ${uclText(name)};`];

const inField =
  (patterns: Row['patterns']): Row['patterns'] =>
  (value) =>
    patterns((value as { readonly values: unknown }).values);

const table: Readonly<Record<string, Row>> = {
  From: { of: sender, patterns: each(wholeText) },
  FromAddressContainsWords: { of: sender, patterns: each(wholeWord) },
  FromAddressMatchesPatterns: { of: sender, patterns: sources },
  SenderDomainIs: { of: sender, patterns: each(atOrBelow) },
  SentTo: { of: recipient, patterns: each(wholeText) },
  RecipientDomainIs: { of: recipient, patterns: each(atOrBelow) },
  RecipientAddressContainsWords: { of: recipient, patterns: each(wholeWord) },
  RecipientAddressMatchesPatterns: { of: recipient, patterns: sources },
  HeaderContains: { of: field, patterns: inField(each(wholeWord)) },
  HeaderMatches: { of: field, patterns: inField(sources) },
  SubjectContainsWords: { of: subject, patterns: each(wholeWord) },
  SubjectMatchesPatterns: { of: subject, patterns: sources },
};

/** A test as a symbol of a map, which is added. */
export function mapExpression(rule: PolicyRule, test: Test, maps: Maps): Said {
  if (test.predicate === 'ARCSealer') return sealed(test, maps);
  if (test.predicate === 'SenderIpRanges') return client(test, maps);
  const row = table[test.predicate];
  if (row === undefined)
    return { why: `${test.predicate}: ${reasons[test.predicate] ?? 'rspamd has no symbol for it.'}` };
  if (isStamp(test))
    return {
      why: `${test.predicate}: the Authentication-Results that rspamd sees are those of others; ask DMARC, SPF and DKIM by these names.`,
    };
  return added(maps, [...row.of(rule, test), 'regexp = true;', `map = ${uclList(row.patterns(test.value))};`]);
}

const isStamp = ({ value }: Test): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'header' in value &&
  String(value.header).toLowerCase() === 'authentication-results';

function added(maps: Maps, lines: readonly string[]): Said {
  const known = maps.rules.find((one) => one.lines.join() === lines.join());
  if (known !== undefined) return { expression: known.symbol };
  const symbol = `MAILHUNT_MAP_${maps.rules.length + 1}`;
  maps.rules.push({ symbol, lines });
  return { expression: symbol };
}

function client(test: Test, maps: Maps): Said {
  const { written } = test.value as { readonly written: readonly string[] };
  return written.some((range) => range.includes('-'))
    ? { why: `SenderIpRanges: ${test.written} has a range a-b; rspamd takes addresses and CIDR.` }
    : added(maps, ['type = "ip";', `map = ${uclList(written)};`]);
}

/**
 * ARC_ALLOW_TRUSTED stands for every chain that a sealer of the list closed, its score for what he saw: 2 where DMARC passed,
 * 0 where it failed. A list that is vouched for needs the former.
 */
function sealed({ value, written }: Test, maps: Maps): Said {
  const isTrusted = value === 'trusted';
  const names = isTrusted ? maps.trustedSealers : (value as readonly string[]);
  if (names.length === 0)
    return { why: `ARCSealer: ${written} – mailhunt.yaml names no trusted_sealers, so there is nobody to trust.` };
  maps.sealers ??= names;
  if ([...maps.sealers].sort().join() !== [...names].sort().join())
    return { why: `ARCSealer: ${written} – rspamd has one list of sealers, and another rule has taken it.` };
  return { expression: isTrusted ? '(ARC_ALLOW_TRUSTED > 1)' : 'ARC_ALLOW_TRUSTED' };
}

const reasons: Readonly<Record<string, string>> = {
  Aligned: 'which method was aligned is an option of a symbol, which no expression sees. The nearest is DMARC: pass.',
  CompAuth: 'composite authentication is Microsoft’s. The nearest is DMARC.',
  CompAuthReason: 'composite authentication is Microsoft’s. The nearest is DMARC.',
  FirstContact: 'the module known_senders knows something like it; it is not switched on by itself.',
  PassedBefore: 'the module reputation counts something like it, as a score.',
  Carrier: 'MAILLIST only says that the header claims a list, which anybody can write.',
  CarrierDomain: 'the nearest is SenderIpRanges with the addresses of that organization.',
  FromScope:
    'rspamd does not know your accepted domains; clients that proved who they are are told apart by its settings (authenticated).',
  SentToScope: 'rspamd does not know your accepted domains. The nearest is RecipientDomainIs.',
  SCLOver: 'the level is Exchange’s. The nearest is HeaderMatches on X-Forefront-Antispam-Report.',
  AuthorsOver: 'the nearest is MULTIPLE_FROM, for more than one address.',
};
