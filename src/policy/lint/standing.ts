import {
  authenticationDetails,
  type MethodResult,
  type VerdictWords,
  writeMicrosoftResults,
} from '../../mail/index.ts';
import type { RowPredicate } from '../kql/row-predicate.ts';
import type { MailItem } from '../mail-item.ts';
import type { Pattern } from '../matching/patterns.ts';
import type { Phrase } from '../matching/words.ts';
import type { Clause, PolicyRule, Test } from '../policy.ts';
import { predicateNamed } from '../predicates/index.ts';
import type { VerdictState } from './verdict-states.ts';

/** What a test says to a verdict: yes, no, nobody knows; `open` where it asks for something else, or for more. */
type Says = 'yes' | 'no' | 'unknown' | 'open';

/** How a rule stands to all messages of a verdict: it is for none of them, cannot tell, is for some of them, for every one. */
export type Standing = 'never' | 'unknown' | 'may' | 'surely';

/** Predicates that ask for the verdict and nothing else. */
const ofVerdict: ReadonlySet<string> = new Set([
  'DMARC',
  'DMARCPolicy',
  'SPF',
  'DKIM',
  'Aligned',
  'CompAuth',
  'CompAuthReason',
]);

/** Header fields in which somebody, this receiver or another, has written a verdict. */
const stamps = /authentication-?results/i;
const spfStamp = /^received-spf$/i;
const isStamp = (header: string): boolean => stamps.test(header) || spfStamp.test(header);

/** The name of the field in which this receiver writes its own (see `MailItem.headers`). */
const OWN_STAMP = 'authentication-results';

/** True for a test of this receiver's own stamp. */
export const isOwnStamp = (test: Test): boolean => headerOf(test)?.toLowerCase() === OWN_STAMP;

const isOthersStamp = (test: Test): boolean => headerOf(test) !== undefined && !isOwnStamp(test);

/** A test of a header field: of words or of patterns. */
const headerOf = ({ predicate, value }: Test): string | undefined =>
  predicate === 'HeaderContains' || predicate === 'HeaderMatches'
    ? (value as { readonly header: string }).header
    : undefined;

/** True for a test that reads what the checks said, in whatever place it stands. */
export function asksVerdict(test: Test): boolean {
  if (ofVerdict.has(test.predicate)) return true;
  if (test.predicate === 'KQL') return (test.value as RowPredicate).columns.has('AuthenticationDetails');
  const header = headerOf(test);
  return header !== undefined && isStamp(header);
}

/** How a rule stands to a verdict, whatever else there is to know of a message. */
export function standingOf(rule: PolicyRule, state: VerdictState, now: number): Standing {
  const asked = rule.when.flatMap(({ tests }) => tests.map((test) => saysOf(test, rule, state)));
  if (asked.includes('no')) return 'never';
  const exceptions = rule.unless
    .filter(({ expires }) => expires === undefined || now < expires)
    .map(({ tests }) => tests.map((test) => saysOf(test, rule, state)));
  if (exceptions.some((says) => says.every((one) => one === 'yes'))) return 'never';
  const isUnknown = asked.includes('unknown') || exceptions.some((says) => says.every(isYesOrUnknown));
  if (isUnknown) return 'unknown';
  const isSure = asked.every((one) => one === 'yes') && exceptions.every((says) => says.includes('no'));
  return isSure ? 'surely' : 'may';
}

const isYesOrUnknown = (says: Says): boolean => says === 'yes' || says === 'unknown';

/** Whether a rule is for messages of a verdict. */
export const isFor = (rule: PolicyRule, state: VerdictState, now: number): boolean =>
  ['may', 'surely'].includes(standingOf(rule, state, now));

/** Whether a clause can hold for a message of a verdict. */
export const mayHold = ({ tests }: Clause, rule: PolicyRule, state: VerdictState): boolean =>
  tests.every((test) => ['yes', 'open'].includes(saysOf(test, rule, state)));

function saysOf(test: Test, rule: PolicyRule, state: VerdictState): Says {
  if (!asksVerdict(test) || (state.stampedBy === 'receiver' && isOthersStamp(test))) return 'open';
  if (test.predicate === 'KQL') {
    const { may, surely } = (test.value as RowPredicate).possible(rowOf(state));
    if (surely) return 'yes';
    return may ? 'open' : 'no';
  }
  const answer = predicateNamed(test.predicate)!.test(itemOf(state, test), test.value, rule);
  if (answer === undefined) return 'unknown';
  return answer ? 'yes' : 'no';
}

/** Computed once for each verdict. */
function once<T extends object | string>(of: (state: VerdictState) => T): (state: VerdictState) => T {
  const known = new WeakMap<VerdictState, T>();
  return (state) => {
    const found = known.get(state) ?? of(state);
    known.set(state, found);
    return found;
  };
}

const rowOf = once(({ words }) => new Map([['AuthenticationDetails', detailsOf(words)]]));

/** The column AuthenticationDetails of a message. */
export const detailsOf = (words: VerdictWords): string => authenticationDetails(words, { withHeaderForm: true });

/** A message of which its verdict is known, and the fields in which it is written. */
function itemOf(state: VerdictState, test: Test): MailItem {
  const { words, policy, aligned } = state;
  const { spf, dkim, dmarc, compauth, reason } = words;
  const named = namesIn(test);
  return {
    id: '',
    at: 0,
    client: { ip: undefined, helo: undefined, isAuthenticated: false },
    mailFrom: undefined,
    recipients: [],
    authors: [],
    to: undefined,
    cc: undefined,
    subject: '',
    size: undefined,
    headers: (name) =>
      spfStamp.test(name)
        ? [`${spf} (${AUTHOR}: …) client-ip=192.0.2.1;`]
        : [named === undefined ? plainStamp(state) : stampOf(words, named)],
    body: () => undefined,
    scl: undefined,
    verdict: {
      spf,
      dkim: dkim === undefined ? [] : [dkim],
      dmarc,
      policy,
      aligned,
      compauth,
      reason,
      arc: undefined,
      sealers: [],
    },
    carriers: [],
    evidence: {
      trustedSealer: undefined,
      isFirstContact: undefined,
      passedBefore: undefined,
      carrier: undefined,
      carrierDomain: undefined,
    },
    acceptedDomains: [],
    kql: () => undefined,
  };
}

const AUTHOR = 'author.example';

/** Domains that a test looks for in a stamp, by their properties. */
type Named = Readonly<Record<(typeof properties)[number], string | undefined>>;
const properties = ['header.from', 'header.d', 'smtp.mailfrom'] as const;

/** The verdict as a receiver stamps it, on one line, about the domains that a test itself names. */
function stampOf({ spf, dkim, dmarc, action, compauth, reason }: VerdictWords, named: Partial<Named>): string {
  const author = named['header.from'] ?? AUTHOR;
  const results: readonly MethodResult[] = [
    {
      method: 'spf',
      result: spf ?? 'none',
      reason: 'sender IP is 192.0.2.1',
      properties: { 'smtp.mailfrom': named['smtp.mailfrom'] ?? author },
    },
    {
      method: 'dkim',
      result: dkim ?? 'none',
      reason: dkim === 'none' ? 'message not signed' : 'signature',
      properties: { 'header.d': dkim === 'none' ? 'none' : (named['header.d'] ?? author) },
    },
    { method: 'dmarc', result: dmarc ?? 'none', properties: { action: action ?? 'none', 'header.from': author } },
    ...(compauth === undefined
      ? []
      : [{ method: 'compauth', result: compauth, properties: { reason: reason ?? '' } } as const]),
  ];
  return writeMicrosoftResults(results).replaceAll('\r\n', '');
}

const plainStamp = once(({ words }) => stampOf(words, {}));

/** Undefined where it names none. */
function namesIn(test: Test): Partial<Named> | undefined {
  if (headerOf(test) === undefined) return undefined;
  const { values } = test.value as { readonly values: readonly (Phrase | Pattern)[] };
  const text = values.map((value) => (typeof value === 'string' ? value : value.source)).join('\n');
  if (!text.includes('=')) return undefined;
  const found = properties.map((property) => [property, domainBehind(property, text)] as const);
  return found.some(([, domain]) => domain !== undefined) ? Object.fromEntries(found) : undefined;
}

/** The domain behind a property, with the dots of a pattern as it escapes them. */
const domainBehind = (property: string, text: string): string | undefined =>
  new RegExp(`${property.replace('.', '\\\\?\\.')}=((?:[\\w-]{1,63}\\\\?\\.){1,10}[\\w-]{1,63})`, 'i')
    .exec(text)?.[1]
    ?.replaceAll('\\', '');
