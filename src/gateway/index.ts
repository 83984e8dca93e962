/** The gate: SMTP and milter fronts, the decision, its journal. */
export {
  type Control,
  type GateCounts,
  type GateStatus,
  type HeldMessage,
  type QuarantinePurged,
  type Released,
  runningGate,
} from './control/index.ts';
export { applyEdits, receivedField, type SealKey, type Stamping, traceIdOf } from './edits/index.ts';
export { type FolderControl, type FolderControlOptions, openFolderControl } from './folder-control.ts';
export type { Client, Edits, Gate, Offered, Ruling } from './gate.ts';
export { controlSocket } from './gate-folder.ts';
export { type GateHouse, type GateHouseOptions, openGateHouse } from './gate-house.ts';
export type { GateStore } from './journal/index.ts';
export type { HearingSetup, OnTrouble, PolicyInForce, Seeding } from './judging/index.ts';
export { type Milter, type MilterAddress, printAddress, startMilter } from './milter/index.ts';
export { type CountedFront, GateNumbers, messageFacts, messageLine } from './operation/index.ts';
export { type SmtpProxy, startProxy } from './proxy/index.ts';
export type { HandOver, Held, HeldPage, Quarantine } from './quarantine/index.ts';
export {
  type GatewaySetup,
  gatewaySchema,
  gatewaySettingsPage,
  type HopSetup,
  type MilterSetup,
  type PolicyWatch,
  readSetup,
  type SmtpSetup,
  watchPolicy,
} from './setup/index.ts';
export { Certificate, hopTimeouts, NextHop, type Notice, smtpLimits, smtpTimeouts } from './smtp/index.ts';
