/** Messages that a policy keeps: listed, released, removed, purged by age. */
export type { HandedOver, HandOver, Quarantined } from './hand-over.ts';
export type { Attempt, Held, HeldPage, Leaving, Page, Way } from './ledger.ts';
export type { Particulars } from './particulars.ts';
export { Quarantine, type QuarantineOptions } from './quarantine.ts';
export { type QuarantineLimits, type QuarantineStatus, quarantineLimits } from './quarantine-room.ts';
export type { Searched, Sighted, Unread } from './searched.ts';
