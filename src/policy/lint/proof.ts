import { BlockList, isIPv6 } from 'node:net';
import type { RowPredicate } from '../kql/row-predicate.ts';
import type { Pattern } from '../matching/patterns.ts';
import type { Phrase } from '../matching/words.ts';
import type { Clause, PolicyRule, Test } from '../policy.ts';
import { predicateNamed } from '../predicates/index.ts';
import { requires } from './required-text.ts';
import { detailsOf, isOwnStamp } from './standing.ts';
import { unprovedAnywhere } from './verdict-states.ts';

/**
 * Whether a clause holds only for mail of which somebody has proved who he is: its author, who carried it, or the host. What
 * a sender writes is no proof, and neither is SPF or DKIM that passes for any domain.
 */
export const provesSender = (clause: Clause, rule: PolicyRule): boolean =>
  clause.tests.some((test) => provesAlone(test, rule)) || provesEnvelope(clause, rule);

const provesAlone = (test: Test, rule: PolicyRule): boolean =>
  (proofs[test.predicate] ?? ((one) => !predicateNamed(one.predicate)!.isForgeable(one.value, rule)))(test);

/** Predicates whose proof depends on more than their row of the table of predicates says. */
const proofs: Readonly<Record<string, (test: Test) => boolean>> = {
  HeaderContains: (test) =>
    isOwnStamp(test) && valuesOf<Phrase>(test).every((phrase) => words.some((word) => phrase.includes(word))),
  HeaderMatches: (test) =>
    isOwnStamp(test) && valuesOf<Pattern>(test).every(({ source }) => requires(unspaced(source), words)),
  CompAuthReason: ({ value }) => (value as readonly string[]).every((code) => /^[12]/.test(code)),
  SenderIpRanges: ({ value }) => (value as { readonly written: readonly string[] }).written.every(isOneHost),
  KQL: ({ value }) => isProvedByRow(value as RowPredicate),
};

/** SPF proves the domain of the envelope: together with a test of that very domain it names who handed the message over. */
function provesEnvelope({ tests }: Clause, { senderAddressLocation }: PolicyRule): boolean {
  const asks = (...names: readonly string[]) => tests.some(({ predicate }) => names.includes(predicate));
  const isPass = tests.some(
    ({ predicate, value }) => predicate === 'SPF' && (value as readonly string[]).every((word) => word === 'pass'),
  );
  return isPass && senderAddressLocation === 'Envelope' && asks('SenderDomainIs', 'From');
}

/** In the stamp of this receiver: words that only come about where the author domain is proved. */
const words: readonly string[] = ['dmarc=pass', 'dmarc=bestguesspass', 'compauth=pass', 'compauth=softpass'];

const valuesOf = <T>({ value }: Test): readonly T[] => (value as { readonly values: readonly T[] }).values;

/** A stamp has no blanks about its signs of equality, and a pattern may allow for them. */
const unspaced = (source: string): string => source.replaceAll(/\\s[*?]/g, '');

/** Bits of the widest network that one organization has for itself: wider ones are those of providers, whose customers share them. */
const widest = { ipv4: 24, ipv6: 64 } as const;
/** Networks from which nobody sends over the internet, and their bits. */
const inner: readonly (readonly [form: RegExp, bits: number])[] = [
  [/^(?:10|127)\./, 8],
  [/^172\.(?:1[6-9]|2\d|3[01])\./, 12],
  [/^192\.168\./, 16],
  [/^f[cd][\da-f]{2}:/i, 8],
];

/**
 * True for an address, or a network, that one organization can have for itself.
 *
 * @source Microsoft's IP allow list takes no network wider than /24, for the same reason
 */
function isOneHost(range: string): boolean {
  const [first = '', rest] = range.split(/[-/]/).map((part) => part.trim());
  if (rest === undefined) return true;
  const family = isIPv6(first) ? 'ipv6' : 'ipv4';
  const bits = inner.find(([form]) => form.test(first))?.[1] ?? widest[family];
  if (range.includes('/')) return Number(rest) >= bits;
  const network = new BlockList();
  network.addSubnet(first, bits, family);
  return network.check(rest, family);
}

/** The columns of a host. */
interface Host {
  readonly SenderIPv4: string;
  readonly SenderIPv6: string;
}

/** Hosts of anybody, of either family. */
const strangers: readonly Host[] = [
  { SenderIPv4: '203.0.113.77', SenderIPv6: '' },
  { SenderIPv4: '8.8.8.8', SenderIPv6: '' },
  { SenderIPv4: '40.107.1.1', SenderIPv6: '' },
  { SenderIPv4: '', SenderIPv6: '2001:db8::77' },
];

/** An address, the beginning of one, or a block, as it stands in the quotation marks of a predicate or of its pattern. */
const NETWORK =
  /["'^](?:(\d{1,3}(?:\.\d{1,3}){0,3})|([\da-f]{1,4}(?::[\da-f]{1,4}){0,7}))(?=[.:/"'])[.:]*(?:\/(\d{1,3}))?/gi;
/** A dot as a pattern has it. */
const DOT = /\\+\.|\[\.\]/g;

/** A host of somebody else in each network that a predicate names and that no organization has for itself. */
function othersIn(source: string): readonly Host[] {
  return [...source.replaceAll(DOT, '.').matchAll(NETWORK)].flatMap(([, v4, v6, written]): readonly Host[] => {
    const parts = (v4 ?? v6!).split(v4 === undefined ? ':' : '.');
    const [all, bitsOfPart] = v4 === undefined ? ([8, 16] as const) : ([4, 8] as const);
    const bits = Number(written ?? parts.length * bitsOfPart);
    const known = parts.slice(0, Math.min(all - 1, Math.ceil(bits / bitsOfPart)));
    if (known.length === 0 || isOneHost(`${addressOf(known, '0', v4 === undefined)}/${bits}`)) return [];
    const address = addressOf(known, '77', v4 === undefined);
    return [v4 === undefined ? { SenderIPv4: '', SenderIPv6: address } : { SenderIPv4: address, SenderIPv6: '' }];
  });
}

const addressOf = (known: readonly string[], rest: string, isV6: boolean): string =>
  isV6 ? `${known.join(':')}::${rest}` : [...known, rest, rest, rest].slice(0, 4).join('.');

/** A predicate that no row without proof can meet, whatever its other columns hold. */
function isProvedByRow({ source, columns, possible }: RowPredicate): boolean {
  const asksHost = columns.has('SenderIPv4') || columns.has('SenderIPv6');
  if (!asksHost && !columns.has('AuthenticationDetails')) return false;
  const hosts = asksHost ? [...strangers, ...othersIn(source)] : strangers.slice(0, 1);
  const states = columns.has('AuthenticationDetails') ? unprovedAnywhere : unprovedAnywhere.slice(-1);
  const details = new Set(states.map(({ words: said }) => detailsOf(said)));
  const rowsOf = (text: string) =>
    hosts.map((host) => new Map([...Object.entries(host), ['AuthenticationDetails', text]]));
  return ![...details].some((text) => rowsOf(text).some((row) => possible(row).may));
}
