import type { Explanation, FinalAction, RuleExplanation, TestExplanation } from '../../policy/index.ts';
import { harmless } from '../harmless.ts';
import { hung } from '../wrap.ts';

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

/** What is done, as its sender or its reader meets it. */
export function actionWords(action: FinalAction): string {
  switch (action.kind) {
    case 'Reject':
    case 'Defer':
      return `${action.kind}: ${action.reply.code} ${action.reply.enhanced} ${action.reply.text}`;
    case 'Quarantine':
      return `Quarantine, for ${action.days} ${action.days === 1 ? 'day' : 'days'}`;
    default:
      return action.kind;
  }
}

/** What `policy explain` prints: the outcome, then every rule with what it asked and what there was to see. */
export function explanationText(found: Explanation, width: number): string {
  const { policy, mode, action, inEnforce, rules } = found;
  const lines = [
    `${actionWords(action)}   (“${policy}”, ${mode})`,
    ...(mode === 'Enforce' ? [] : [`In Enforce it would be ${actionWords(inEnforce)}`]),
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
