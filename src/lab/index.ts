/** Made-up mail for demos and proofs: the demo tenant; scenarios of known attacks and known innocents. */
export { DEMO_SEED, type DemoOptions, demoBatches, demoSource } from './demo.ts';
export { DEMO_ROWS } from './demo-messages.ts';
export type { PostedLetter } from './kernel/post.ts';
export { acceptedDomains } from './organisation.ts';
export { scenarios } from './scenarios/index.ts';
export type { Case, Claim, Scenario } from './scenarios/scenario.ts';
export { type Sending, type Sent, send } from './scenarios/send.ts';
