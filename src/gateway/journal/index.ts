/** The decisions of a gate: durable before its client is answered, then in the store. */
export { Ballast } from './ballast.ts';
export { DecisionJournal, type Journalling, type JournalSettings } from './decision-journal.ts';
export { Drain, type DrainOptions, type GateStore, isEmptied, startDrain } from './drain.ts';
export type { Entry, Origin, Told } from './entry.ts';
export { answerWord, judgedEntry, originOf } from './judged-entry.ts';
