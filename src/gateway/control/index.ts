/** How a gate that runs is asked from outside: its socket, and who asks. */
export type {
  Control,
  GateCounts,
  GateStatus,
  HeldMessage,
  QuarantinePurge,
  QuarantinePurged,
  Released,
} from './control.ts';
export { controlAt, runningGate } from './control-client.ts';
export { type ControlParts, controlOf } from './control-of.ts';
export { ControlServer } from './control-server.ts';
export { MessageCounts } from './message-counts.ts';
