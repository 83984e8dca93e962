/** The gate: SMTP and milter fronts, the decision, its journal. */
export { applyEdits, receivedField, type SealKey, type Stamping } from './edits/index.ts';
export type { Client, Edits, Gate, Offered, Ruling } from './gate.ts';
export { type GateHouse, type GateHouseOptions, openGateHouse } from './gate-house.ts';
export type { GateStore } from './journal/index.ts';
export type { HearingSetup, OnTrouble, PolicyInForce, Seeding } from './judging/index.ts';
export { type Milter, type MilterAddress, printAddress, startMilter } from './milter/index.ts';
export { type SmtpProxy, startProxy } from './proxy/index.ts';
export type { HandOver, Held, Quarantine } from './quarantine/index.ts';
export { type GatewaySetup, type PolicyWatch, readSetup, type SmtpSetup, watchPolicy } from './setup/index.ts';
export { hopTimeouts, smtpLimits, smtpTimeouts } from './smtp/index.ts';
