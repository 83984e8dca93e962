import { walk } from '../../../kql/index.ts';
import type { Lint } from '../lint.ts';

export const nothingLeft: Lint = {
  id: 'MH113',
  name: 'nothing-left',
  group: 'logic',
  severity: 'warning',
  summary: 'An operator that lets no row through, whatever the data.',
  why: 'It is left over from writing the query: `take 0` shows columns only, and `where false` nothing.',
  source: 'https://learn.microsoft.com/kusto/query/take-operator',
  examples: [
    { wrong: 'EmailEvents\n| take 0', right: 'EmailEvents\n| take 10' },
    { wrong: 'EmailEvents\n| where 1 == 2', right: 'EmailEvents\n| where UrlCount == 2' },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    for (const node of walk(reading.root)) {
      if (node.kind === 'TakeOperator' && /^(?:take|limit)\s+0$/.test(node.text))
        yield { span: node.span, message: `\`${node.text}\` lets no row through` };
      const condition = node.kind === 'FilterOperator' ? node.child('Condition') : undefined;
      if (condition !== undefined && isFalse(condition.text))
        yield { span: condition.span, message: `\`${condition.text}\` is false on each row` };
    }
  },
};

/** `false`, or two different numbers compared. */
function isFalse(text: string): boolean {
  if (text === 'false') return true;
  const numbers = /^(\d{1,9})\s*==\s*(\d{1,9})$/.exec(text);
  return numbers !== null && Number(numbers[1]) !== Number(numbers[2]);
}
