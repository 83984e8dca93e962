import type { PolicyRule } from '../policy.ts';
import { asksVerdict, isFor, standingOf } from './standing.ts';
import { proved, recoveries, silences, type VerdictState } from './verdict-states.ts';

/**
 * The first rule that stops a forgery which fails DMARC, and past which the same forgery gets while name servers are silent:
 * no rule says what becomes of it then.
 *
 * @param rules those that are asked
 * @param stops whether a rule keeps a message from its reader
 * @returns with what is silent
 */
export function missedSilence(
  rules: readonly PolicyRule[],
  stops: (rule: PolicyRule) => boolean,
  now: number,
): { readonly rule: PolicyRule; readonly what: string } | undefined {
  const isAbout = (rule: PolicyRule, silent: VerdictState): boolean =>
    standingOf(rule, silent, now) !== 'never' && (rule.when.length === 0 || standingOf(rule, proved, now) === 'never');
  const readers = rules.filter(
    (rule) => rule.when.length === 0 || rule.when.some(({ tests }) => tests.some(asksVerdict)),
  );
  for (const rule of readers.filter(stops)) {
    const missed = silences.find(
      ({ forgery, silent }) =>
        isFor(rule, forgery, now) && !isFor(rule, silent, now) && !readers.some((one) => isAbout(one, silent)),
    );
    if (missed !== undefined) return { rule, what: missed.what };
  }
  return undefined;
}

/**
 * Whether a rule is for mail whose checks ended in a temporary error, and is not for the same mail once DNS answers.
 *
 * @param earlier rules before it that end what they match: what one of them surely takes does not come to it
 */
export const refusesSilence = (rule: PolicyRule, earlier: readonly PolicyRule[], now: number): boolean =>
  rule.when.some(({ tests }) => tests.some(asksVerdict)) &&
  recoveries.some(
    ({ now: silent, later }) =>
      isFor(rule, silent, now) &&
      !isFor(rule, later, now) &&
      !earlier.some((one) => standingOf(one, silent, now) === 'surely'),
  );
