/** Made-up mail for demos and proofs: the demo tenant; scenarios of known attacks and known innocents. */
export {
  type Building,
  type BuiltFile,
  type BuiltLetter,
  builtFiles,
  MARK,
  marked,
  receiverSettings,
  zoneFile,
} from './build.ts';
export { DEMO_SEED, type DemoBatch, type DemoOptions, demoBatches, demoSource } from './demo.ts';
export { DEMO_ROWS } from './demo-messages.ts';
export type { PostedLetter } from './kernel/post.ts';
export { acceptedDomains } from './organisation.ts';
export { type OutcomeName, outcomes } from './outcomes.ts';
export { type Random, randomFor } from './random.ts';
export { caseIn, caseNamed, loadScenarios, type ScenarioFolder, scenarioFolder } from './scenario-folder.ts';
export { gateAnswer } from './scenarios/gate.ts';
export {
  type LetterVerdict,
  type Received,
  type ReceivedLetter,
  type Receiving,
  receive,
} from './scenarios/receive.ts';
export { addressedTo, relocated } from './scenarios/relocate.ts';
export { mayForge } from './scenarios/reserved.ts';
export type { Case, CaseLetter, Claim, Scenario } from './scenarios/scenario.ts';
