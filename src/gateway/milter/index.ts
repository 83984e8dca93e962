/** The milter: what Postfix and Sendmail ask about a message before they take it. */
export { type MilterAddress, printAddress, readMilterAddress } from './address.ts';
export { defaultMilterLimits, type MilterLimits } from './limits.ts';
export type { MilterFacts, MilterLog } from './log.ts';
export { type Milter, type MilterOptions, startMilter } from './milter.ts';
