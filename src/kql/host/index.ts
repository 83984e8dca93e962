/** What the engine calls back: scalars, aggregates and tabular operations that TypeScript computes. */

export { hostError } from './host-error.ts';
export { type HostFunction, hostFunctions, hostFunctionsWith, type LookUpPlace } from './host-functions.ts';
