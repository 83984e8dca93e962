/** Mail-flow rules: conditions, exceptions, actions; what they say to a message. */
export { decide, enforced, testHolds } from './decide.ts';
export type { Decision, RuleOutcome } from './decision.ts';
export { defaultPolicy, defaultPolicyText } from './default-policy.ts';
export { type ImportedPolicy, importExchange } from './exchange/index.ts';
export { type Explanation, explain, type RuleExplanation, type TestExplanation } from './explain.ts';
export { type ItemSurroundings, judgedItem } from './items/judged-item.ts';
export { type FoundInPolicy, lintPolicy } from './lint/index.ts';
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
export { predicateNamed, predicateTable } from './predicates/index.ts';
export { policySchema } from './read/policy-schema.ts';
export { readPolicy } from './read/read-policy.ts';
export { arrivalOf, claimsOfCarrier, isPassedOn } from './reputation/arrival-of.ts';
export { organizationOf } from './reputation/organization.ts';
export { recall } from './reputation/recall.ts';
export { type Arrival, Reputation } from './reputation/reputation.ts';
export { innocentWords, isInnocentWord, type Look, type LookAt } from './simulate/look.ts';
export type { OurMend } from './simulate/our-mend.ts';
export { answerOf } from './simulate/policy-run.ts';
export { type Decided, type SimulationMeans, simulate } from './simulate/simulate.ts';
export type {
  AnswerTally,
  Comparison,
  DifferingGroup,
  HeldGroup,
  Replay,
  RuleTally,
  Simulation,
} from './simulate/simulation.ts';
export { type PolicyFile, type TranslationMeans, translations } from './translations.ts';
export { writePolicy } from './write/index.ts';
