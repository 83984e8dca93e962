import type { IgnoredRule, LintSetting } from '../../settings/index.ts';
import type { Rule } from '../rule.ts';
import type { LintReport } from './found.ts';
import type { Lint } from './lint.ts';

/** What `mailhunt.yaml` says of lints, under `lint:`. */
export type LintConfig = LintSetting;

/** What holds where it says nothing. */
export const plainConfig: LintConfig = { severities: {}, ignore: [] };

/** How severe a lint's findings are here; undefined where it is off. */
export function severityOf(lint: Lint, { severities }: LintConfig): Lint['severity'] | undefined {
  const set = Object.hasOwn(severities, lint.id) ? severities[lint.id] : undefined;
  return set === 'off' ? undefined : (set ?? lint.severity);
}

/** Why the findings of a lint do not count in this rule, where the settings say so. */
export const ignoredReason = (lint: Lint, rule: Rule, { ignore }: LintConfig): string | undefined =>
  ignore.find((entry) => entry.lint === lint.id && isAbout(entry, rule))?.reason;

/** Whether an entry names a rule: by its id, name or path. */
const isAbout = ({ rule: text }: IgnoredRule, { id, name, provenance }: Rule): boolean =>
  text === name || text === provenance.path || text.toLowerCase() === id?.toLowerCase();

/** Entries that name a rule at hand and suppress nothing in it: they would hide the next finding. */
export const uselessEntries = ({ ignore }: LintConfig, { rules, suppressed }: LintReport): IgnoredRule[] =>
  ignore
    .filter((entry) => rules.some((rule) => isAbout(entry, rule)))
    .filter((entry) => !suppressed.some(({ rule, lint }) => lint.id === entry.lint && isAbout(entry, rule)));
