import { type Address, addressOf } from './address.ts';
import { type DomainSpec, parseDomainSpec, parseMacroString } from './macro.ts';
import { type Problem, quoted } from './problem.ts';

export type Qualifier = '+' | '-' | '~' | '?';

/** A mechanism of RFC 7208 section 5 with what it was given. */
export type Mechanism =
  | { readonly kind: 'all' }
  | { readonly kind: 'include' | 'exists'; readonly target: DomainSpec }
  | { readonly kind: 'ptr'; readonly target?: DomainSpec }
  | { readonly kind: 'a' | 'mx'; readonly target?: DomainSpec; readonly prefix4: number; readonly prefix6: number }
  | { readonly kind: 'ip4' | 'ip6'; readonly network: Address; readonly prefix: number };

export interface Directive {
  /** As it stands in the record, its qualifier with it. */
  readonly text: string;
  readonly qualifier: Qualifier;
  readonly mechanism: Mechanism;
}

/** An SPF record, read. Modifiers that RFC 7208 does not know are checked and left out (section 6). */
export interface SpfRecord {
  readonly text: string;
  readonly directives: readonly Directive[];
  readonly redirect?: DomainSpec;
  readonly exp?: DomainSpec;
}

/** Whether a TXT record is one of SPF (RFC 7208 section 4.5): `v=spf1`, then a space or nothing. */
export function isSpfRecord(text: string): boolean {
  return /^v=spf1(?: |$)/i.test(text);
}

/**
 * Reads a record by the grammar of RFC 7208 section 12. One error anywhere and there is no record (section 4.6).
 *
 * @example parseRecord('v=spf1 ip4:192.0.2.0/24 -all') // { directives: [{ text: 'ip4:192.0.2.0/24', … }, …], … }
 */
export function parseRecord(text: string): SpfRecord | Problem {
  const directives: Directive[] = [];
  const modifiers = new Map<string, DomainSpec>();
  for (const term of text.slice('v=spf1'.length).split(' ')) {
    if (term === '') continue;
    const name = MODIFIER.exec(term)?.[1];
    const parsed = name === undefined ? parseDirective(term) : parseModifier(term, name, modifiers);
    if (parsed === undefined) continue;
    if ('problem' in parsed) return { problem: `${parsed.problem} in ${quoted(term)}` };
    directives.push(parsed);
  }
  const redirect = modifiers.get('redirect');
  const exp = modifiers.get('exp');
  return { text, directives, ...(redirect && { redirect }), ...(exp && { exp }) };
}

const MODIFIER = /^([a-z][a-z0-9_.-]*)=/i;

function parseModifier(term: string, written: string, modifiers: Map<string, DomainSpec>): Problem | undefined {
  const name = written.toLowerCase();
  const value = term.slice(name.length + 1);
  const known = name === 'redirect' || name === 'exp';
  if (known && modifiers.has(name)) return { problem: `a second ${name}=` };
  const parsed = known ? parseDomainSpec(value) : parseMacroString(value);
  if ('problem' in parsed) return parsed;
  if ('text' in parsed) modifiers.set(name, parsed);
  return undefined;
}

function parseDirective(term: string): Directive | Problem {
  const qualified = '+-~?'.includes(term[0]!);
  const rest = qualified ? term.slice(1) : term;
  const end = rest.search(/[:/]/);
  const name = end < 0 ? rest : rest.slice(0, end);
  const mechanism = MECHANISMS.get(name.toLowerCase())?.(end < 0 ? '' : rest.slice(end));
  if (mechanism === undefined) return { problem: 'an unknown mechanism' };
  if ('problem' in mechanism) return mechanism;
  return { text: term, qualifier: qualified ? (term[0] as Qualifier) : '+', mechanism };
}

/** Reads what follows a mechanism's name: the empty text, or something that begins with `:` or `/`. */
type Syntax = (rest: string) => Mechanism | Problem;

const MECHANISMS: ReadonlyMap<string, Syntax> = new Map<string, Syntax>([
  ['all', (rest) => (rest === '' ? { kind: 'all' } : { problem: 'a value that "all" does not take' })],
  ['include', (rest) => withTarget(rest, (target) => ({ kind: 'include', target }))],
  ['exists', (rest) => withTarget(rest, (target) => ({ kind: 'exists', target }))],
  ['ptr', (rest) => (rest === '' ? { kind: 'ptr' } : withTarget(rest, (target) => ({ kind: 'ptr', target })))],
  ['a', (rest) => addressMechanism('a', rest)],
  ['mx', (rest) => addressMechanism('mx', rest)],
  ['ip4', (rest) => network('ip4', rest, 4, IP4_CIDR)],
  ['ip6', (rest) => network('ip6', rest, 16, IP6_CIDR)],
]);

function withTarget(rest: string, make: (target: DomainSpec) => Mechanism): Mechanism | Problem {
  if (!rest.startsWith(':')) return { problem: 'no domain' };
  const target = parseDomainSpec(rest.slice(1));
  return 'problem' in target ? target : make(target);
}

const DUAL_CIDR = /(?:\/([0-9]+))?(?:\/\/([0-9]+))?$/;
const IP4_CIDR = /^(?:0|[1-9][0-9]?)$/;
const IP6_CIDR = /^(?:0|[1-9][0-9]{0,2})$/;

/** `a` and `mx`: [ ":" domain-spec ] [ dual-cidr-length ]. */
function addressMechanism(kind: 'a' | 'mx', rest: string): Mechanism | Problem {
  const [cidr, four, six] = DUAL_CIDR.exec(rest)!;
  const prefix4 = prefixOf(four, 32, IP4_CIDR);
  const prefix6 = prefixOf(six, 128, IP6_CIDR);
  if (prefix4 === undefined || prefix6 === undefined) return { problem: 'a malformed prefix length' };
  const spec = rest.slice(0, rest.length - cidr.length);
  if (spec === '') return { kind, prefix4, prefix6 };
  return withTarget(spec, (target) => ({ kind, target, prefix4, prefix6 }));
}

function network(kind: 'ip4' | 'ip6', rest: string, bytes: number, syntax: RegExp): Mechanism | Problem {
  const slash = rest.indexOf('/');
  const address = rest.startsWith(':') ? addressOf(rest.slice(1, slash < 0 ? undefined : slash)) : undefined;
  if (address?.length !== bytes) return { problem: `no address of the kind that "${kind}" takes` };
  const prefix = prefixOf(slash < 0 ? undefined : rest.slice(slash + 1), bytes * 8, syntax);
  return prefix === undefined ? { problem: 'a malformed prefix length' } : { kind, network: address, prefix };
}

/** The length that is written, or the whole of it; undefined where it is malformed or too long. */
function prefixOf(text: string | undefined, whole: number, syntax: RegExp): number | undefined {
  if (text === undefined) return whole;
  return syntax.test(text) && Number(text) <= whole ? Number(text) : undefined;
}
