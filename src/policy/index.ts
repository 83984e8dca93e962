/** Mail-flow rules: conditions, exceptions, actions; what they say to a message. */
export { decide, enforced } from './decide.ts';
export type { Decision, RuleOutcome } from './decision.ts';
export { defaultPolicy, defaultPolicyText } from './default-policy.ts';
export { type Explanation, explain, type RuleExplanation, type TestExplanation } from './explain.ts';
export { type ItemSurroundings, judgedItem } from './items/judged-item.ts';
export type { ItemEvidence, ItemVerdict, MailItem } from './mail-item.ts';
export { policyFilesPage } from './page.ts';
export type {
  Action,
  Change,
  Clause,
  Exception,
  FinalAction,
  Mode,
  Policy,
  PolicyRule,
  Reply,
  Test,
} from './policy.ts';
export { readPolicy } from './read/read-policy.ts';
