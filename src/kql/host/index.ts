/** What the engine calls back: scalars, aggregates and tabular operations that TypeScript computes. */
export { ChunkLimit } from './chunk-limit.ts';
export { hostError } from './host-error.ts';
export { type HostFunction, hostFunctions, hostFunctionsWith, type LookUpPlace } from './host-functions.ts';
