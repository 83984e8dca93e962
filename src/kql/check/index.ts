/** A query text while it is written: its mistakes, what would run. */
export { type CheckedText, checkText } from './check.ts';
export type { DeclaredParameter } from './declared-parameters.ts';
