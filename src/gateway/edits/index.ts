/** What the gate changes in a message: its stamp, forged ones, the policy's changes, a seal. */
export { applyEdits } from './apply-edits.ts';
export { bareEdits, type Edited, messageEdits, type Stamping } from './message-edits.ts';
export { exceptionsIn, policyField, releasedField, resultsField, troubleField } from './own-fields.ts';
export { hidesOwn, POLICY_FIELD, seemsOwn } from './own-names.ts';
export { isTraceOf, type Receipt, receivedField, traceIdOf } from './received-field.ts';
export type { SealKey } from './seal-edits.ts';
