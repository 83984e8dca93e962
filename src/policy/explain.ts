import { changedItem } from './changed-item.ts';
import { decide, enforced, testHolds } from './decide.ts';
import type { RuleOutcome } from './decision.ts';
import type { MailItem } from './mail-item.ts';
import {
  type Clause,
  type FinalAction,
  isChange,
  type Mode,
  type Place,
  type Policy,
  type PolicyRule,
  type Test,
} from './policy.ts';
import { type Answer, predicateNamed } from './predicates/index.ts';

/** What a policy says to a message, and why: plain data for a person to read. Texts of the message stand in quotation marks. */
export interface Explanation {
  readonly policy: string;
  readonly mode: Mode;
  /** What is done, and what would be were the policy in Enforce. */
  readonly action: FinalAction;
  readonly inEnforce: FinalAction;
  readonly rules: readonly RuleExplanation[];
}

export interface RuleExplanation {
  readonly rule: string;
  /** In Enforce. */
  readonly outcome: RuleOutcome['outcome'];
  readonly place: Place;
  /** Every test of its conditions and of its exceptions. */
  readonly tests: readonly TestExplanation[];
}

export interface TestExplanation {
  readonly list: 'when' | 'unless';
  /** The item of that list, from 0. */
  readonly at: number;
  /** As the file has it: `DMARC: fail`. */
  readonly written: string;
  readonly place: Place;
  /** Undefined where it cannot be told. */
  readonly holds: Answer;
  /** What there was to see: `DMARC is fail`. */
  readonly saw: string;
  /** An exception that counts no more. */
  readonly isExpired: boolean;
  readonly because?: string;
}

/**
 * Why a policy does with a message what it does: which rule, and why not the others.
 *
 * @param now milliseconds since 1970
 * @example explain(policy, item, Date.now()).rules[0].tests[0].saw // 'DMARC is fail'
 */
export function explain(policy: Policy, item: MailItem, now: number): Explanation {
  const { action: inEnforce, trace } = decide(enforced(policy), item, now);
  let seen = item;
  const rules = policy.rules.map((rule, index) => {
    const { outcome } = trace[index]!;
    const tests = testsOf(rule, seen, now);
    if (outcome === 'matched') seen = rule.do.filter(isChange).reduce(changedItem, seen);
    return { rule: rule.name, outcome, place: rule.place, tests };
  });
  return { policy: policy.name, mode: policy.mode, action: decide(policy, item, now).action, inEnforce, rules };
}

/** Undefined, too, where the answer hangs on a check that ended in a temporary error. */
function answerOf(test: Test, rule: PolicyRule, item: MailItem): Answer {
  const holds = testHolds(test, rule, item);
  return item.ifAnswered === undefined || testHolds(test, rule, item.ifAnswered) === holds ? holds : undefined;
}

function testsOf(rule: PolicyRule, item: MailItem, now: number): readonly TestExplanation[] {
  const explained = (list: 'when' | 'unless', clause: Clause, at: number, more: object = {}) =>
    clause.tests.map((test) => ({
      list,
      at,
      written: `${test.predicate}: ${test.written}`,
      place: test.place,
      holds: answerOf(test, rule, item),
      saw: predicateNamed(test.predicate)!.saw(item, test.value, rule),
      isExpired: false,
      ...more,
    }));
  return [
    ...rule.when.flatMap((clause, at) => explained('when', clause, at)),
    ...rule.unless.flatMap((exception, at) =>
      explained('unless', exception, at, {
        isExpired: exception.expires !== undefined && exception.expires <= now,
        ...(exception.because === '' ? {} : { because: exception.because }),
      }),
    ),
  ];
}
