/** Messages that a policy keeps: listed, released, removed, purged by age. */
export type { Held, Leaving } from './ledger.ts';
export { type HandOver, Quarantine, type QuarantineOptions } from './quarantine.ts';
