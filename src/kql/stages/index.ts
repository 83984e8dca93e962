/** Queries in stages: where a plugin's columns depend on data they are learned first, by a query of their own. */
export { fingerprint, LearnedText } from './learned-text.ts';
export { type LearnedColumn, OpenColumns, type Question } from './open-columns.ts';
