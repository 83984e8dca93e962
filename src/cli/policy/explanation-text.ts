import type { Explanation, RuleExplanation, TestExplanation } from '../../policy/index.ts';
import { harmless } from '../harmless.ts';
import { hung } from '../wrap.ts';
import { actionWords, deedWords } from './deed-words.ts';

/** What became of a rule, for a person. */
export const outcomeWords: Readonly<Record<RuleExplanation['outcome'], string>> = {
  matched: 'matches',
  audited: 'matches, and is in Audit',
  missed: 'does not match',
  excepted: 'an exception holds',
  unknown: 'cannot be told',
  inactive: 'is not in force',
  'not reached': 'is not asked: an earlier rule has ended it',
};

const answers = { yes: '✓', no: '✗', unknown: '?' } as const;

const markOf = ({ holds }: TestExplanation): string =>
  holds === undefined ? answers.unknown : holds ? answers.yes : answers.no;

/** What `policy explain` prints: the outcome, then every rule with what it asked and what there was to see. */
export function explanationText(found: Explanation, width: number): string {
  const { policy, mode, action, inEnforce, rules } = found;
  const lines = [
    `${actionWords(action)}   (“${policy}”, ${mode})`,
    ...(mode === 'Enforce' ? [] : [`In Enforce it would be ${deedWords(inEnforce)}`]),
    ...rules.flatMap((rule, at) => ['', ...ruleLines(rule, at + 1)]),
  ];
  return `${lines.flatMap((line) => hung(harmless(line), width)).join('\n')}\n`;
}

function ruleLines(rule: RuleExplanation, number: number): readonly string[] {
  const head = `${number}  ${rule.rule}: ${outcomeWords[rule.outcome]} (line ${rule.place.line})`;
  if (rule.outcome === 'not reached' || rule.outcome === 'inactive') return [head];
  return [head, ...rule.tests.map(testLine)];
}

function testLine(test: TestExplanation): string {
  const exception = test.list === 'unless' ? `except ${test.isExpired ? '(expired) ' : ''}` : '';
  return `   ${markOf(test)} ${exception}${test.written} – ${test.saw}`;
}
