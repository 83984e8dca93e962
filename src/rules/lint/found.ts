import type { MailhuntError } from '../../errors/index.ts';
import type { FilePlace, Rule } from '../rule.ts';
import type { Finding, Lint } from './lint.ts';

/** A finding with the rule and the place that it is about. */
export interface Found extends Finding {
  readonly rule: Rule;
  readonly lint: Lint;
  /** As the settings have it. */
  readonly severity: Lint['severity'];
  /** In the rule's file. */
  readonly place: FilePlace;
  /** Why it does not count, where a comment or the settings say so. */
  readonly known?: Known;
}

/** Why a finding does not count. */
export interface Known {
  readonly by: 'comment' | 'settings';
  readonly reason: string;
}

/** What linting some rules gave. */
export interface LintReport {
  readonly rules: readonly Rule[];
  /** By file, line and column. */
  readonly findings: readonly Found[];
  /** Findings that a comment or the settings say are known and wanted. */
  readonly suppressed: readonly Found[];
  /** Lints that threw: defects of mailhunt. All others were run. */
  readonly defects: readonly MailhuntError[];
}

/** The place of a finding: of its words in the query, of its field or the nearest that is there, of the file. */
export function placeOfFinding({ span, field }: Finding, rule: Rule): FilePlace {
  if (span !== undefined) return rule.placeOf(span.start);
  for (let path = field ?? []; path.length > 0; path = path.slice(0, -1)) {
    const place = rule.placeOfField(path);
    if (place !== undefined) return place;
  }
  return { line: 1, column: 1 };
}

/** Findings in the order in which a person meets them. */
export const inOrder = (findings: readonly Found[]): Found[] =>
  findings.toSorted(
    (a, b) =>
      a.rule.provenance.path.localeCompare(b.rule.provenance.path, 'en') ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column ||
      a.lint.id.localeCompare(b.lint.id, 'en'),
  );
