import type { Finding, LintTarget, Subject } from '../../../../src/rules/lint/lint.ts';
import { logicLints } from '../../../../src/rules/lint/logic/index.ts';
import { readQuery } from '../../../../src/rules/lint/read-query.ts';
import { targetSchema } from '../../../../src/rules/lint/target-schema.ts';
import { ticksFromUnixMs } from '../../../../src/values/index.ts';

const NOW = ticksFromUnixMs(Date.parse('2026-07-18T14:00:00Z'));

/** A query as the lints see it. */
export function subjectOf(query: string, target: LintTarget = 'defender'): Subject {
  const { catalog, table } = targetSchema(target);
  const rule = { format: 'kql', kind: 'hunting', name: 'a hunt', query } as unknown as Subject['rule'];
  return { rule, target, reading: readQuery(query, catalog, NOW).reading, rules: [rule], table };
}

/** What the logic lints find in a query: `MH101 EmailDirection == "IntraOrg"`. */
export const findingsIn = (query: string, target: LintTarget = 'defender'): string[] =>
  found(query, target).map(
    ({ id, finding: { span } }) => `${id} ${query.slice(span!.start, span!.start + span!.length)}`,
  );

export function found(query: string, target: LintTarget = 'defender'): { id: string; finding: Finding }[] {
  const subject = subjectOf(query, target);
  return logicLints.flatMap(({ id, check }) => [...check(subject)].map((finding) => ({ id, finding })));
}

/** A query with the fixes of some findings; where two overlap, the first counts. */
export function fixed(query: string, findings: readonly Finding[]): string {
  const edits = findings.flatMap(({ fix = [] }) => fix).toSorted((a, b) => b.span.start - a.span.start);
  return edits.reduce(
    (text, { span, text: by }) => text.slice(0, span.start) + by + text.slice(span.start + span.length),
    query,
  );
}
