import { rulesOfText } from '../read/read-rules.ts';
import type { Rule } from '../rule.ts';
import type { Lint, LintExample, LintTarget } from './lint.ts';
import { queryRule } from './query-rule.ts';

/** How a text of an example is written: KQL alone, or a rule's file. */
export type ExampleForm = 'kusto' | 'yaml' | 'json';

/** @example exampleForm('EmailEvents | take 10') // 'kusto' */
export function exampleForm(text: string): ExampleForm {
  if (text.trimStart().startsWith('{')) return 'json';
  return /^query:/m.test(text) ? 'yaml' : 'kusto';
}

/** Where an example runs, if it does not say so itself. */
export const exampleTarget = (lint: Lint, { target }: LintExample): LintTarget =>
  target ?? lint.targets?.[0] ?? 'defender';

/** A text of an example as a rule, with what stands beside it. */
export function exampleRules(text: string, { kind = 'hunting', rule, beside }: LintExample): Rule[] {
  const files = [text, ...(beside === undefined ? [] : [beside])];
  return files.flatMap((file, i) => ruleOf(file, i === 0 ? 'example' : 'other', { kind, ...rule }));
}

function ruleOf(text: string, name: string, given: Partial<Rule>): readonly Rule[] {
  const form = exampleForm(text);
  if (form === 'kusto') return [queryRule(text, name, given)];
  const { rules, problems } = rulesOfText(`${name}.${form}`, text);
  if (rules.length === 0) throw problems[0] ?? new RangeError('an example without a rule');
  return rules;
}
