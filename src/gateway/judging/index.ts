/** A message at the gate: judged, decided, and what becomes of it. */
export { Acquaintances } from './acquaintances.ts';
export { type GateOptions, gateTimes, type OnTrouble } from './gate-options.ts';
export type { HearingSetup } from './hearing.ts';
export { hearingsInThreads } from './hearing-threads.ts';
export { type Hearings, hearingsHere, type PolicyInForce } from './hearings.ts';
export { openGate } from './open-gate.ts';
export { type Seeding, seed } from './seed.ts';
