import { endsAsking } from '../disjoint.ts';
import { type Exception, isChange, type Policy, type PolicyRule } from '../policy.ts';
import { endersOf, whyNever, written } from './cover.ts';
import type { Finding, PolicyLint } from './finding.ts';
import { provesSender } from './proof.ts';
import { asksVerdict, isFor, mayHold, standingOf } from './standing.ts';
import { missedSilence, refusesSilence } from './temporary.ts';
import { unproved, type VerdictState } from './verdict-states.ts';

const about = (rule: PolicyRule, words: string, { place }: Pick<PolicyRule, 'place'> = rule): Finding => ({
  place,
  rule: rule.name,
  words,
});

/** Rules that are asked, now or later. */
const active = ({ rules }: Policy, now: number): readonly PolicyRule[] =>
  rules.filter(({ enabled, expiry }) => enabled && (expiry === undefined || now < expiry));

const finalOf = (rule: PolicyRule) => rule.do.find((action) => !isChange(action));
/** What keeps a message from its reader. */
const stops = (rule: PolicyRule): boolean => !['Deliver', undefined].includes(finalOf(rule)?.kind);
/** What lets a message past the rules behind it: `Deliver`, or `stop` alone. */
const lets = (rule: PolicyRule): boolean => endsAsking(rule) && !stops(rule);

/** Rules before one that are always asked, ask for the verdict alone, and end what they match. */
const endersBefore = (rules: readonly PolicyRule[], rule: PolicyRule): readonly PolicyRule[] =>
  rules
    .slice(0, rules.indexOf(rule))
    .filter(({ mode, activation, expiry }) => mode === 'Enforce' && activation === undefined && expiry === undefined)
    .filter((one) => endsAsking(one) && one.when.every(({ tests }) => tests.every(asksVerdict)));

/** The forgeries that a rule lets pass, and that no earlier one has surely ended. */
const forgeriesLet = (rules: readonly PolicyRule[], rule: PolicyRule, now: number): readonly VerdictState[] => {
  const earlier = endersBefore(rules, rule);
  return unproved.filter(
    (state) => isFor(rule, state, now) && !earlier.some((one) => standingOf(one, state, now) === 'surely'),
  );
};

const hasExpired = ({ expires }: Exception, now: number): boolean => expires !== undefined && expires <= now;

/** Whether an exception takes forgeries from a rule that stops them. */
const letsForgeries = (rule: PolicyRule, exception: Exception, now: number): boolean =>
  !hasExpired(exception, now) &&
  !provesSender(exception, rule) &&
  unproved.some((state) => mayHold(exception, rule, state) && isFor({ ...rule, unless: [] }, state, now));

/** A rule that would have stopped a forgery, and does not come to it because an earlier one lets it pass. */
function openedBy(rules: readonly PolicyRule[], rule: PolicyRule, now: number): PolicyRule | undefined {
  if (!lets(rule) || rule.when.some((clause) => provesSender(clause, rule))) return undefined;
  const states = forgeriesLet(rules, rule, now);
  return rules
    .slice(rules.indexOf(rule) + 1)
    .find((one) => stops(one) && states.some((state) => isFor(one, state, now)));
}

/** Names in quotation marks: `“a”, “b” and “c”`. */
const names = new Intl.ListFormat('en', { type: 'conjunction' });
const namesOf = (rules: readonly PolicyRule[]): string => names.format(rules.map(({ name }) => `“${name}”`));

/** What is usually wrong with a policy, in the order of the page. */
export const policyLints: readonly PolicyLint[] = [
  {
    id: 'PL001',
    name: 'forgeable-exception',
    severity: 'error',
    about:
      'An exception that rests on what the sender writes (From, a header field, the subject), or on SPF or DKIM that passes for any domain, as a forger’s own does, lets every forger through who writes the same. Authentication-Results are this receiver’s own, but only `dmarc=pass` and `compauth=pass` in them speak of From. An address proves the host alone: a network wider than /24 (IPv6: /64) is a provider’s, from which all its customers send.',
    advice:
      'Rest it on proof: ARCSealer, CarrierDomain, DMARC: pass, CompAuth: pass, SenderIpRanges of a host that nobody shares, SPF: pass with SenderDomainIs where senderAddressLocation is Envelope; or add one of these to the same item.',
    find: (policy, now) =>
      active(policy, now)
        .filter(stops)
        .flatMap((rule) =>
          rule.unless
            .filter((exception) => letsForgeries(rule, exception, now))
            .map((exception) =>
              about(rule, `the exception “${written(exception)}” holds for whoever makes his mail so`, exception),
            ),
        ),
  },
  {
    id: 'PL002',
    name: 'forgeable-allow',
    severity: 'error',
    about:
      'A rule that delivers by what the sender writes, or only says `stop`, before the rules that would have stopped the message are asked, is an open door in that sender’s name. What counts as proof is the same as in an exception (PL001).',
    advice:
      'Add what proves the sender: DMARC: pass, CompAuth: pass, ARCSealer, CarrierDomain, or SenderIpRanges of a host that nobody shares; or put it behind the rules that stop forgeries.',
    find: (policy, now) => {
      const rules = active(policy, now);
      return rules.flatMap((rule) => {
        const missed = openedBy(rules, rule, now);
        const how = finalOf(rule) === undefined ? 'it ends the rules for' : 'it delivers';
        return missed === undefined
          ? []
          : [about(rule, `${how} mail by what anybody can make so, before “${missed.name}” is asked`)];
      });
    },
  },
  {
    id: 'PL003',
    name: 'exception-without-end',
    severity: 'warning',
    about: 'Exceptions outlive their reason: forwarders close, lists move, and nobody looks again.',
    advice: 'Give it expires, and because.',
    find: (policy, now) =>
      active(policy, now)
        .filter(stops)
        .flatMap((rule) =>
          rule.unless
            .filter(({ expires }) => expires === undefined)
            .map((exception) => about(rule, `the exception “${written(exception)}” never expires`, exception)),
        ),
  },
  {
    id: 'PL004',
    name: 'exception-expired',
    severity: 'warning',
    about: 'An exception that has expired counts no more: what it let through is refused.',
    advice: 'Take it out, or look at its reason again and give it another day.',
    find: (policy, now) =>
      active(policy, now).flatMap((rule) =>
        rule.unless
          .filter((exception) => hasExpired(exception, now))
          .map((exception) => about(rule, `the exception “${written(exception)}” has expired`, exception)),
      ),
  },
  {
    id: 'PL005',
    name: 'never-matches',
    severity: 'error',
    about:
      'Conditions that exclude each other, or an exception that holds for all that the conditions let in: the rule does nothing.',
    advice: 'Put values of one predicate into one list: they are alternatives there.',
    find: (policy, now) =>
      active(policy, now).flatMap((rule) => {
        const idle = whyNever(rule, now);
        return idle === undefined ? [] : [about(rule, `it never matches: ${idle.words}`, idle.exception)];
      }),
  },
  {
    id: 'PL006',
    name: 'shadowed',
    severity: 'warning',
    about: 'An earlier rule, or several together, end every message that this one is for.',
    advice: 'Put it before the other, or narrow the other.',
    find: (policy, now) =>
      active(policy, now).flatMap((rule) => {
        const enders = endersOf(policy, rule, now);
        if (enders.length === 0) return [];
        const how = enders.length === 1 ? 'ends' : 'together end';
        return [about(rule, `${namesOf(enders)} ${how} every message that it is for`)];
      }),
  },
  {
    id: 'PL007',
    name: 'misses-temperror',
    severity: 'warning',
    about:
      '`fail` does not mean `temperror`, in a predicate, in Authentication-Results, in a reason of CompAuthReason or in KQL over AuthenticationDetails. Who makes a name server fail gets his forgery past a policy that only asks for fail; and who refuses temperror for good loses honest mail.',
    advice: 'Add a rule that defers: when DMARC is temperror and DMARCPolicy reject, quarantine or unknown, do Defer.',
    find: (policy, now) => {
      const missed = missedSilence(active(policy, now), stops, now);
      return missed === undefined
        ? []
        : [
            about(
              missed.rule,
              `it stops what fails DMARC, and no rule says what happens to the same message while DNS does not give ${missed.what}: its DMARC is temperror`,
            ),
          ];
    },
  },
  {
    id: 'PL008',
    name: 'refuses-temperror',
    severity: 'error',
    about:
      'A temporary error is no verdict: the same message may pass a minute later. `CompAuth: fail`, reasons 001 and 601, and what only asks that something has not passed hold for it, too.',
    advice:
      'Defer instead: the client keeps the message and comes again. Or put a rule before it that defers when DMARC is temperror.',
    find: (policy, now) => {
      const rules = active(policy, now);
      return rules
        .filter((rule) => ['Reject', 'DeleteMessage'].includes(finalOf(rule)?.kind ?? ''))
        .filter((rule) => refusesSilence(rule, endersBefore(rules, rule), now))
        .map((rule) => about(rule, 'it refuses for good what DNS did not answer'));
    },
  },
];
