import type { Clause, Policy, PolicyRule, Test } from '../policy.ts';
import { isChange } from '../policy.ts';
import { predicateNamed } from '../predicates/index.ts';
import type { Finding, PolicyLint } from './finding.ts';
import { impliesClause, isWithin } from './implies.ts';
import { contradictionIn } from './never.ts';

const about = (rule: PolicyRule, words: string, { place }: Pick<PolicyRule, 'place'> = rule): Finding => ({
  place,
  rule: rule.name,
  words,
});

/** Rules that are asked at all. */
const active = ({ rules }: Policy, now: number): readonly PolicyRule[] =>
  rules.filter(({ enabled, expiry }) => enabled && (expiry === undefined || now < expiry));

const finalOf = (rule: PolicyRule) => rule.do.find((action) => !isChange(action));
/** What keeps a message from its reader. */
const stops = (rule: PolicyRule): boolean => !['Deliver', undefined].includes(finalOf(rule)?.kind);
const lets = (rule: PolicyRule): boolean => finalOf(rule)?.kind === 'Deliver';

const isForgeable = (clause: Clause, rule: PolicyRule): boolean =>
  clause.tests.every(({ predicate, value }) => predicateNamed(predicate)!.isForgeable(value, rule));

const written = ({ tests }: Clause): string =>
  tests.map(({ predicate, written: value }) => `${predicate}: ${value}`).join(', ');

const testsOf = (rule: PolicyRule): readonly Test[] => rule.when.flatMap(({ tests }) => tests);
const asks = (rule: PolicyRule, predicate: string, word: string): boolean =>
  testsOf(rule).some((test) => test.predicate === predicate && Array.isArray(test.value) && test.value.includes(word));

/** What is usually wrong with a policy, in the order of the page. */
export const policyLints: readonly PolicyLint[] = [
  {
    id: 'PL001',
    name: 'forgeable-exception',
    severity: 'error',
    about:
      'An exception that rests on what the sender writes (From, a header field, the subject, SPF or DKIM of any domain) lets every forger through who writes the same.',
    advice:
      'Rest it on proof: ARCSealer, CarrierDomain, SenderIpRanges, DMARC: pass; or add one of these to the same item.',
    find: (policy, now) =>
      active(policy, now)
        .filter(stops)
        .flatMap((rule) =>
          rule.unless
            .filter((exception) => isForgeable(exception, rule))
            .map((exception) =>
              about(rule, `the exception “${written(exception)}” holds for whoever writes it so`, exception),
            ),
        ),
  },
  {
    id: 'PL002',
    name: 'forgeable-allow',
    severity: 'error',
    about:
      'A rule that delivers by what the sender writes, before others are asked, is an open door in that sender’s name.',
    advice: 'Add what proves the sender: DMARC: pass, CompAuth: pass, ARCSealer, CarrierDomain or SenderIpRanges.',
    find: (policy, now) =>
      active(policy, now)
        .filter((rule) => lets(rule) && rule.when.every((clause) => isForgeable(clause, rule)))
        .filter((rule) => policy.rules.slice(policy.rules.indexOf(rule) + 1).some(stops))
        .map((rule) => about(rule, 'it delivers mail by what anybody can write, before the rules behind it are asked')),
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
          .filter(({ expires }) => expires !== undefined && expires <= now)
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
        const contradiction = contradictionIn(rule);
        if (contradiction !== undefined) return [about(rule, `it never matches: ${contradiction}`)];
        return rule.unless
          .filter((exception) => impliesClause(rule.when, exception))
          .map((exception) =>
            about(rule, `it never matches: its exception “${written(exception)}” holds for all of it`, exception),
          );
      }),
  },
  {
    id: 'PL006',
    name: 'shadowed',
    severity: 'warning',
    about: 'An earlier rule ends every message that this one is for.',
    advice: 'Put it before the other, or narrow the other.',
    find: (policy, now) => {
      const rules = active(policy, now);
      return rules.flatMap((rule, at) => {
        const earlier = rules
          .slice(0, at)
          .find(
            (one) =>
              one.mode === 'Enforce' &&
              (finalOf(one) !== undefined || one.stop) &&
              one.unless.length === 0 &&
              isWithin(rule, one),
          );
        return earlier === undefined ? [] : [about(rule, `“${earlier.name}” ends every message that it is for`)];
      });
    },
  },
  {
    id: 'PL007',
    name: 'misses-temperror',
    severity: 'warning',
    about:
      'DMARC: fail does not mean temperror. Who makes a name server fail gets his forgery past a policy that only asks for fail; and who refuses temperror for good loses honest mail.',
    advice: 'Add a rule that defers: when DMARC is temperror and DMARCPolicy reject or unknown, do Defer.',
    find: (policy, now) => {
      const rules = active(policy, now);
      const failing = rules.find((rule) => stops(rule) && asks(rule, 'DMARC', 'fail'));
      const isCovered = rules.some((rule) => asks(rule, 'DMARC', 'temperror'));
      return failing === undefined || isCovered
        ? []
        : [about(failing, 'it stops dmarc=fail, and no rule says what happens to dmarc=temperror')];
    },
  },
  {
    id: 'PL008',
    name: 'refuses-temperror',
    severity: 'error',
    about: 'A temporary error is no verdict: the same message may pass a minute later.',
    advice: 'Defer instead: the client keeps the message and comes again.',
    find: (policy, now) =>
      active(policy, now)
        .filter((rule) => ['Reject', 'DeleteMessage'].includes(finalOf(rule)?.kind ?? ''))
        .filter(
          (rule) =>
            asks(rule, 'DMARC', 'temperror') || asks(rule, 'SPF', 'temperror') || asks(rule, 'DKIM', 'temperror'),
        )
        .map((rule) => about(rule, 'it refuses for good what DNS did not answer')),
  },
];
