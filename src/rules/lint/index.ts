/** What is wrong with rules as far as it can be known without data. */
export { type Baseline, baselineText, newFindings, readBaseline } from './baseline.ts';
export { type Fixable, isFixable } from './fix-file.ts';
export { type ChangedFile, fixRules, type RulesFixed } from './fix-rules.ts';
export type { Found, LintReport } from './found.ts';
export { type Lint, type LintTarget, lintTargets } from './lint.ts';
export { uselessEntries } from './lint-config.ts';
export { lintPages } from './lint-pages.ts';
export { lintRules } from './lint-rules.ts';
export { lints } from './lints.ts';
export { queryRule } from './query-rule.ts';
export { reportJson } from './report/json.ts';
export { sarif } from './report/sarif.ts';
export { findingText, plural, summaryText } from './report/text.ts';
export type { LintOptions } from './run-lints.ts';
