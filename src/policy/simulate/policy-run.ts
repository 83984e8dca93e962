import { decide, enforced, testHolds } from '../decide.ts';
import type { Decision, RuleOutcome } from '../decision.ts';
import type { StoredMail } from '../items/stored-item.ts';
import type { MailItem } from '../mail-item.ts';
import type { FinalAction, Policy, PolicyRule } from '../policy.ts';
import { type GroupWithItems, HeldGroups } from './held-groups.ts';
import type { AnswerTally, RuleTally, Simulation } from './simulation.ts';

interface GrowingRule {
  matched: number;
  excepted: number;
  unknown: number;
  readonly asked: Map<string, number>;
  readonly exceptions: number[];
}

/** Predicates that ask for addresses of which EmailEvents and EmailHeaders hold but the first. */
const addressPredicates: ReadonlySet<string> = new Set([
  ...['From', 'FromAddressContainsWords', 'FromAddressMatchesPatterns'],
  ...['AnyOfToHeader', 'AnyOfCcHeader', 'AnyOfToCcHeader'],
]);

/** Predicates of which the message itself tells what the tables do not. */
const messagePredicates: ReadonlySet<string> = new Set([
  ...addressPredicates,
  ...['HeaderContains', 'HeaderMatches', 'SubjectOrBodyContainsWords', 'SubjectOrBodyMatchesPatterns'],
  ...['MessageTypeMatches', 'MessageSizeOver'],
]);

const asksOneOf = ({ when, unless }: PolicyRule, predicates: ReadonlySet<string>): boolean =>
  [...when, ...unless].some(({ tests }) => tests.some(({ predicate }) => predicates.has(predicate)));

/** One policy over stored mail, as if it were in Enforce, and what it has said so far. */
export class PolicyRun {
  readonly policy: Policy;
  readonly #enforced: Policy;
  readonly #now: number;
  readonly #asksAddresses: boolean;
  /** By rule. */
  readonly #asksMessage: readonly boolean[];
  readonly #rules: readonly GrowingRule[];
  readonly #answers = new Map<string, { -readonly [K in keyof AnswerTally]: AnswerTally[K] }>();
  readonly #groups = new HeldGroups();
  #reread = 0;
  #partial = 0;

  /** @param now milliseconds since 1970: what rules and exceptions expire by */
  constructor(policy: Policy, now: number) {
    this.policy = policy;
    this.#enforced = enforced(policy);
    this.#now = now;
    this.#asksAddresses = policy.rules.some((rule) => asksOneOf(rule, addressPredicates));
    this.#asksMessage = policy.rules.map((rule) => asksOneOf(rule, messagePredicates));
    this.#rules = policy.rules.map(({ unless }) => ({
      matched: 0,
      excepted: 0,
      unknown: 0,
      asked: new Map(),
      exceptions: unless.map(() => 0),
    }));
  }

  decide(item: MailItem): Decision {
    return decide(this.#enforced, item, this.#now);
  }

  /** Whether the tables do not hold what decides of a message, and the message itself might. */
  isOpen(mail: StoredMail, { trace }: Decision): boolean {
    return this.#isPartial(mail) || trace.some(({ outcome }, at) => outcome === 'unknown' && this.#asksMessage[at]);
  }

  #isPartial = ({ isPartial }: StoredMail): boolean => isPartial && this.#asksAddresses;

  /** @param isReread whether the item is that of the kept message */
  count(mail: StoredMail, { trace, action, rule }: Decision, isReread: boolean): void {
    this.#reread += isReread ? 1 : 0;
    this.#partial += !isReread && this.#isPartial(mail) ? 1 : 0;
    for (const [at, outcome] of trace.entries()) this.#countRule(at, outcome, mail.item);
    this.#countAnswer(action);
    if (action.kind !== 'Deliver') this.#groups.add(mail, action.kind, rule ?? '');
  }

  #countRule(at: number, { outcome, by }: RuleOutcome, item: MailItem): void {
    const tally = this.#rules[at]!;
    if (outcome === 'matched') tally.matched += 1;
    if (outcome === 'excepted') {
      tally.excepted += 1;
      if (by?.list === 'unless') tally.exceptions[by.at] = (tally.exceptions[by.at] ?? 0) + 1;
    }
    if (outcome !== 'unknown') return;
    tally.unknown += 1;
    for (const test of unknownTests(this.policy.rules[at]!, item))
      tally.asked.set(test, (tally.asked.get(test) ?? 0) + 1);
  }

  #countAnswer(action: FinalAction): void {
    const answer = answerOf(action);
    const key = `${action.kind} ${answer}`;
    const tally = this.#answers.get(key) ?? { action: action.kind, answer, messages: 0 };
    tally.messages += 1;
    this.#answers.set(key, tally);
  }

  /** What was found, and the messages that stand for its groups. */
  result(time: Pick<Simulation, 'from' | 'until' | 'messages'>): {
    readonly simulation: Simulation;
    readonly groups: readonly GroupWithItems[];
  } {
    const { name, mode, rules } = this.policy;
    const { groups, ungrouped } = this.#groups.result();
    const simulation: Simulation = {
      policy: name,
      mode,
      ...time,
      rules: rules.map((rule, at) => told(rule, this.#rules[at]!)),
      answers: [...this.#answers.values()].sort((one, other) => other.messages - one.messages),
      groups: groups.map(({ group }) => group),
      ungrouped,
      reread: this.#reread,
      partial: this.#partial,
    };
    return { simulation, groups };
  }
}

const told = ({ name }: PolicyRule, { asked, ...tally }: GrowingRule): RuleTally => ({
  rule: name,
  ...tally,
  asked: [...asked].map(([test, messages]) => ({ test, messages })).sort((one, other) => other.messages - one.messages),
});

/** The tests of a rule that have no answer, as the file has them. */
const unknownTests = (rule: PolicyRule, item: MailItem): ReadonlySet<string> =>
  new Set(
    [...rule.when, ...rule.unless]
      .flatMap(({ tests }) => tests)
      .filter((test) => testHolds(test, rule, item) === undefined)
      .map(({ predicate, written }) => `${predicate}: ${written}`),
  );

/** What SMTP answers: what is discarded or kept apart is accepted. */
export const answerOf = (action: FinalAction): string =>
  'reply' in action ? `${action.reply.code} ${action.reply.enhanced} ${action.reply.text}` : '250';
