import type { MailhuntError } from '../../../errors/index.ts';
import { fingerprintOf } from '../fingerprint.ts';
import type { Found, LintReport } from '../found.ts';

/** The JSON of a report. Its members keep their names and meanings; new ones may be added. */
export const reportJson = (
  { rules, findings, suppressed, defects }: LintReport,
  problems: readonly MailhuntError[],
) => ({
  version: 1,
  rules: rules.length,
  findings: findings.map(findingJson),
  suppressed: suppressed.map(findingJson),
  /** Files that could not be read. */
  problems: problems.map(errorJson),
  /** Lints that failed. */
  defects: defects.map(errorJson),
});

const errorJson = ({ code, message }: MailhuntError) => ({ code, message });

function findingJson(found: Found) {
  const { rule, lint, severity, place, message, span, field, fix } = found;
  const end = span === undefined ? undefined : rule.placeOf(span.start + span.length);
  return {
    lint: lint.id,
    name: lint.name,
    group: lint.group,
    severity,
    message,
    path: rule.provenance.path,
    line: place.line,
    column: place.column,
    ...(end === undefined ? {} : { endLine: end.line, endColumn: end.column }),
    rule: { name: rule.name, ...(rule.id === undefined ? {} : { id: rule.id }) },
    /** In UTF-16 units of the query. */
    ...(span === undefined ? {} : { span }),
    ...(field === undefined ? {} : { field }),
    ...(fix === undefined ? {} : { fix }),
    fingerprint: fingerprintOf(found),
  };
}
