import { setImmediate } from 'node:timers/promises';
import { MailhuntError } from '../../errors/index.ts';
import type { Rule } from '../rule.ts';
import { type Found, inOrder, type LintReport, placeOfFinding } from './found.ts';
import type { Lint, LintTarget, Subject } from './lint.ts';
import { type LintConfig, plainConfig, severityOf } from './lint-config.ts';
import { readQuery } from './read-query.ts';
import { type Claim, suppress } from './suppress.ts';
import { suppressionLints } from './suppression-lints.ts';
import { targetSchema } from './target-schema.ts';

/** How rules are linted. */
export interface LintOptions {
  /** Where they are to run; each where its format belongs, where it is left out. */
  readonly target?: LintTarget;
  /** What `now()` is, datetime ticks. */
  readonly now: bigint;
  readonly config?: LintConfig;
  readonly signal?: AbortSignal;
}

/** Findings of one lint in one rule; more say no more. */
const MAX_FINDINGS = 200;

/** Pages often have a query for each portal, under headings that say so. */
const ofSentinel = /: (?:Microsoft |Azure )?Sentinel$/i;

/** Where a rule is to run, where nobody says. */
export const targetOf = ({ format, name }: Rule): LintTarget =>
  format === 'sentinel' || (format === 'markdown' && ofSentinel.test(name)) ? 'sentinel' : 'defender';

/**
 * Looks at rules with some lints. Each query is read once. A lint that throws is noted as a defect, and the others go on.
 *
 * @throws the signal's reason where it is aborted
 */
export async function runLints(
  rules: readonly Rule[],
  lints: readonly Lint[],
  { target, now, config = plainConfig, signal }: LintOptions,
): Promise<LintReport> {
  const findings: Found[] = [];
  const suppressed: Found[] = [];
  const defects: MailhuntError[] = [];
  const ids = new Set([...lints, ...suppressionLints].map(({ id }) => id));
  for (const rule of rules) {
    // so that Ctrl-C is heard between rules
    await setImmediate();
    signal?.throwIfAborted();
    const subject = subjectOf(rule, rules, target ?? config.target ?? targetOf(rule), now);
    const running = lints.filter((lint) => isRun(lint, subject, config));
    const claims = running.flatMap((lint) => claimsOf(lint, subject, defects));
    const sorted = suppress(rule, claims, running, ids, config);
    findings.push(...sorted.counts.flatMap((claim) => foundOf(claim, rule, config)));
    for (const [lint, finding, known] of sorted.suppressed)
      suppressed.push(...foundOf([lint, finding], rule, config).map((found) => ({ ...found, known })));
  }
  return { rules, findings: inOrder(findings), suppressed: inOrder(suppressed), defects };
}

function subjectOf(rule: Rule, rules: readonly Rule[], target: LintTarget, now: bigint): Subject {
  const { catalog, table } = targetSchema(target);
  return { rule, rules, target, table, ...readQuery(rule.query, catalog, now) };
}

const isRun = (lint: Lint, { target }: Subject, config: LintConfig): boolean =>
  severityOf(lint, config) !== undefined && (lint.targets?.includes(target) ?? true);

function claimsOf(lint: Lint, subject: Subject, defects: MailhuntError[]): Claim[] {
  const claims: Claim[] = [];
  try {
    for (const finding of lint.check(subject)) {
      claims.push([lint, finding]);
      if (claims.length === MAX_FINDINGS) break;
    }
  } catch (cause) {
    const { name, provenance } = subject.rule;
    const text = cause instanceof Error ? cause.message : String(cause);
    defects.push(new MailhuntError('LINT0001', { lint: lint.id, rule: name, file: provenance.path, text }, { cause }));
  }
  return claims;
}

function foundOf([lint, finding]: Claim, rule: Rule, config: LintConfig): Found[] {
  const severity = severityOf(lint, config);
  if (severity === undefined) return [];
  return [{ ...finding, rule, lint, severity, place: placeOfFinding(finding, rule) }];
}
