import { changedItem } from './changed-item.ts';
import { type Decision, deliver, type RuleOutcome } from './decision.ts';
import type { MailItem } from './mail-item.ts';
import {
  type Change,
  type Clause,
  type FinalAction,
  isChange,
  type Policy,
  type PolicyRule,
  type Reply,
  type Test,
} from './policy.ts';
import { type Answer, predicateNamed } from './predicates/index.ts';
import { deferred } from './read/read-actions.ts';

/** What a rule that cannot tell, and is to defer then, says (RFC 3463 section 3.8). */
const cannotTell: Reply = { code: 451, enhanced: '4.7.1', text: 'The policy for this message cannot be decided now' };

/**
 * What a policy says to a message: its rules are asked in order. Actions that change the message add up, and later rules see
 * it as changed (see {@link changedItem}); the first that ends it ends the asking, as Exchange's do. A rule in Audit, and
 * every rule of a policy in Audit, is only recorded, and the asking goes on as if it had not matched.
 *
 * Where checks ended in a temporary error, the message is asked about as if they had passed, too (see `MailItem.ifAnswered`):
 * where the two come to different actions, the client is asked to come again. So what DNS kept back refuses nothing, and who
 * makes his own name servers fail gains nothing where their answer could not have helped him.
 *
 * @param now milliseconds since 1970: what rules and exceptions expire by
 * @example decide(policy, item, Date.now()).action // { kind: 'Reject', reply: { code: 550, … } }
 */
export function decide(policy: Policy, item: MailItem, now: number): Decision {
  const found = decisionOn(policy, item, now);
  if (item.ifAnswered === undefined || found.action.kind === 'Defer') return found;
  const other = decisionOn(policy, item.ifAnswered, now);
  return other.action.kind === found.action.kind ? found : undecided(found, other);
}

/** Between two decisions: the first rule on which they differ is the one that cannot be told now. */
function undecided(found: Decision, other: Decision): Decision {
  const at = found.trace.findIndex(({ outcome }, index) => outcome !== other.trace[index]!.outcome);
  const trace = found.trace.map(({ rule, by }, index): RuleOutcome => {
    if (index < at) return found.trace[index]!;
    const place = by ?? other.trace[index]!.by;
    if (index > at) return { rule, outcome: 'not reached' };
    return { rule, outcome: 'unknown', ...(place === undefined ? {} : { by: place }) };
  });
  return { action: { kind: 'Defer', reply: deferred }, changes: [], rule: trace[at]!.rule, trace };
}

function decisionOn(policy: Policy, item: MailItem, now: number): Decision {
  const trace: RuleOutcome[] = [];
  const changes: Change[] = [];
  let action: FinalAction | undefined;
  let rule: string | undefined;
  let isOver = false;
  let seen = item;
  for (const one of policy.rules) {
    if (isOver) {
      trace.push({ rule: one.name, outcome: 'not reached' });
      continue;
    }
    const outcome = outcomeOf(policy, one, seen, now);
    trace.push(outcome);
    if (outcome.outcome === 'unknown' && one.errorAction === 'Defer' && isEnforced(policy, one)) {
      [action, rule, isOver] = [{ kind: 'Defer', reply: cannotTell }, one.name, true];
    }
    if (outcome.outcome !== 'matched') continue;
    const own = one.do.filter(isChange);
    changes.push(...own);
    seen = own.reduce(changedItem, seen);
    action = one.do.find((each): each is FinalAction => !isChange(each));
    if (action !== undefined) rule = one.name;
    isOver = action !== undefined || one.stop;
  }
  return { action: action ?? deliver, changes, rule, trace };
}

/**
 * The policy as it would be in Enforce, rules that are in Audit by themselves left as they are: what `simulate` shows, and
 * what a gate in Audit records beside what it did.
 */
export const enforced = (policy: Policy): Policy => ({ ...policy, mode: 'Enforce' });

const isEnforced = (policy: Policy, rule: PolicyRule): boolean => policy.mode === 'Enforce' && rule.mode === 'Enforce';

function outcomeOf(policy: Policy, rule: PolicyRule, item: MailItem, now: number): RuleOutcome {
  const said = (outcome: RuleOutcome['outcome'], by?: RuleOutcome['by']): RuleOutcome => ({
    rule: rule.name,
    outcome,
    ...(by === undefined ? {} : { by }),
  });
  if (!isActive(rule, now)) return said('inactive');
  let open: RuleOutcome['by'];
  for (const [at, clause] of rule.when.entries()) {
    const answer = clauseHolds(clause, rule, item);
    if (answer === false) return said('missed', { list: 'when', at });
    if (answer === undefined) open ??= { list: 'when', at };
  }
  for (const [at, exception] of rule.unless.entries()) {
    if (exception.expires !== undefined && exception.expires <= now) continue;
    const answer = clauseHolds(exception, rule, item);
    if (answer === true) return said('excepted', { list: 'unless', at });
    // An exception that nobody can rule out is no reason to act.
    if (answer === undefined) open ??= { list: 'unless', at };
  }
  if (open !== undefined) return said('unknown', open);
  return said(isEnforced(policy, rule) ? 'matched' : 'audited');
}

const isActive = ({ enabled, activation, expiry }: PolicyRule, now: number): boolean =>
  enabled && (activation === undefined || activation <= now) && (expiry === undefined || now < expiry);

/** Whether all tests of a clause hold for a message; undefined where that cannot be told. */
export function clauseHolds(clause: Clause, rule: PolicyRule, item: MailItem): Answer {
  let holds: Answer = true;
  for (const test of clause.tests) {
    const answer = testHolds(test, rule, item);
    if (answer === false) return false;
    if (answer === undefined) holds = undefined;
  }
  return holds;
}

/** Whether one test holds for a message. */
export const testHolds = ({ predicate, value }: Test, rule: PolicyRule, item: MailItem): Answer =>
  predicateNamed(predicate)?.test(item, value, rule);
