import type { MailhuntError, Span } from '../../errors/index.ts';
import type { Reading } from '../../kql/index.ts';
import type { TableSchema } from '../../schema/index.ts';
import type { Rule } from '../rule.ts';

/** Where a rule is to run: what its columns hold and what may be deployed differs. */
export const lintTargets = ['defender', 'sentinel', 'mailhunt'] as const;
export type LintTarget = (typeof lintTargets)[number];

/** Never or always true, dead text; silently wrong; not deployable; the file itself. */
export type LintGroup = 'logic' | 'silent' | 'deploy' | 'file';

/** A change of the query text that keeps its results, or makes them right as the lint says. */
export interface Fix {
  readonly span: Span;
  readonly text: string;
}

/** What a lint found. */
export interface Finding {
  /** In the query text; undefined where it is about the file: then `field` says which, or it is about the whole. */
  readonly span?: Span;
  readonly field?: readonly (string | number)[];
  /** One sentence that says what is wrong here and why, with the names of the case at hand. */
  readonly message: string;
  /** Edits that together are the fix; they do not overlap. */
  readonly fix?: readonly Fix[];
}

/** A rule as lints see it. */
export interface Subject {
  readonly rule: Rule;
  readonly target: LintTarget;
  /** The query, read once for all lints; undefined for a text that the parser cannot be given. */
  readonly reading: Reading | undefined;
  /** Why there is no reading. */
  readonly unread?: MailhuntError;
  /** All rules that are linted together, this one among them. */
  readonly rules: readonly Rule[];
  /** Tables by name, as the target has them. */
  table(name: string): TableSchema | undefined;
}

/** A query or a file that shows what a lint is about, and the same done right: both are its tests. */
export interface LintExample {
  /** KQL, or the text of a rule's file: YAML (a line that begins with `query:`) or Graph JSON (begins with `{`). */
  readonly wrong: string;
  readonly right: string;
  /** @default defender */
  readonly target?: LintTarget;
  /** Kind of the rule around a KQL example. @default hunting */
  readonly kind?: Rule['kind'];
  /** What else the rule around a KQL example says: `schedule`, `name`, `description`. */
  readonly rule?: Partial<Pick<Rule, 'name' | 'description' | 'schedule' | 'format'>>;
  /** Another file that is linted together with it. */
  readonly beside?: string;
}

/** A lint: a row of a table. Its page in docs/lints is made from it. */
export interface Lint {
  /** Stable, never used again for another: MH1xx logic, MH2xx silent, MH3xx deploy, MH4xx file. */
  readonly id: string;
  /** Kebab-case, `never-true`. */
  readonly name: string;
  readonly group: LintGroup;
  readonly severity: 'error' | 'warning' | 'note';
  /** One sentence: what is wrong. */
  readonly summary: string;
  /** Why it matters and what to write instead; Markdown, short. */
  readonly why: string;
  /** The public page, RFC or document that it rests on. */
  readonly source: string;
  /** Where it applies. @default all */
  readonly targets?: readonly LintTarget[];
  /** At least one. */
  readonly examples: readonly LintExample[];
  check(subject: Subject): Iterable<Finding>;
}
