/** A message at the gate: judged, decided, and what becomes of it. */
export { Acquaintances } from './acquaintances.ts';
export { DeferredDeliveries } from './deferred-deliveries.ts';
export { type GateOptions, gateTimes, type Keeping, type OnTrouble } from './gate-options.ts';
export type { HearingSetup } from './hearing.ts';
export { hearingsInThreads } from './hearing-threads.ts';
export { type Hearings, hearingsHere, type PolicyInForce } from './hearings.ts';
export { type LoopLimits, loopLimits } from './loops.ts';
export type { Observed, Observer } from './observation.ts';
export { openGate } from './open-gate.ts';
export { type Seeding, seed } from './seed.ts';
export { within } from './time-limit.ts';
