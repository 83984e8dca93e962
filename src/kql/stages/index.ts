/** Queries in stages: what depends on data, or on more than the binder sees, is learned, written into the text, and that compiled. */
export { fingerprint, LearnedText } from './learned-text.ts';
export { NamedSources } from './named-sources.ts';
export { type LearnedColumn, OpenColumns, type Question } from './open-columns.ts';
export { OpenValue } from './open-value.ts';
