/** Rule files: read, lint, prove by scenarios, make witnesses for, publish. */
export type { Provenance, Rule, RuleFormat, RuleKind, Schedule, Severity } from './rule.ts';
