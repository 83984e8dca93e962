import type { Rule } from '../rule.ts';
import type { LintReport } from './found.ts';
import { lints } from './lints.ts';
import { type LintOptions, runLints } from './run-lints.ts';

/**
 * What is wrong with rules as far as it can be known without data.
 *
 * @throws the signal's reason where it is aborted
 * @example (await lintRules(rules, { target: 'defender', now })).findings[0].message
 */
export const lintRules = (rules: readonly Rule[], options: LintOptions): Promise<LintReport> =>
  runLints(rules, lints, options);
