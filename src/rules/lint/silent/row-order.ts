import { membersOf, type SyntaxNode } from '../../../kql/index.ts';
import type { Lint } from '../lint.ts';
import { argumentsOf, calledName, nodesOfKind } from '../nodes.ts';

/** Rows taken at random before they are counted or filtered. */
export const takenBefore: Lint = {
  id: 'MH221',
  name: 'take-before-aggregation',
  group: 'silent',
  severity: 'warning',
  summary: '`take` (`limit`) stands before a filter, a join or an aggregation: these see rows that nobody chose.',
  why: [
    '`take 1000` gives any 1,000 rows, others each time. `EmailEvents | take 1000 | summarize count() by SenderFromDomain` counts a sample of a',
    'day with 200,000 messages, and `take 100 | where …` looks for the needle in a handful. Put `take` last, or say which rows by `top … by`.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/take-operator',
  examples: [
    {
      wrong: 'EmailEvents | take 1000 | summarize Mails = count() by SenderFromDomain',
      right: 'EmailEvents | summarize Mails = count() by SenderFromDomain | take 1000',
    },
    {
      wrong: 'EmailEvents | limit 100 | where ThreatTypes has "Phish"',
      right: 'EmailEvents | where ThreatTypes has "Phish" | limit 100',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    for (const node of nodesOfKind(reading.root, 'TakeOperator')) {
      const next = operatorAfter(node);
      const before = operatorBefore(node);
      if (next === undefined || !deciding.has(next.kind) || before?.kind === 'SortOperator') continue;
      yield {
        span: node.span,
        message: `${node.text} gives any rows, and ${firstWord(next.text)} goes over these alone.`,
      };
    }
  },
};

const deciding = new Set([
  'SummarizeOperator',
  'FilterOperator',
  'JoinOperator',
  'CountOperator',
  'DistinctOperator',
  'MakeSeriesOperator',
]);

/** An order that the next operator loses. */
export const orderLost: Lint = {
  id: 'MH222',
  name: 'order-lost',
  group: 'silent',
  severity: 'note',
  summary: 'Rows are sorted, and the next operator keeps no order.',
  why: [
    '`summarize`, `join`, `distinct`, `union` and `count` give their rows in any order: a `sort` just before them costs time and says',
    'something of the result that is not so. Sort last. (`make_list` and `prev()` do see the order.)',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/sort-operator',
  examples: [
    {
      wrong: 'EmailEvents | sort by Timestamp desc | summarize Mails = count() by SenderFromDomain',
      right: 'EmailEvents | summarize Mails = count() by SenderFromDomain',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    for (const node of nodesOfKind(reading.root, 'SortOperator')) {
      const next = operatorAfter(node);
      if (
        next === undefined ||
        !unordered.has(next.kind) ||
        /\b(?:make_list|make_set|make_bag|take_any|any)\w*\s*\(/i.test(next.text)
      )
        continue;
      yield {
        span: node.span,
        message: `${firstWord(next.text)} keeps no order: what ${firstWord(node.text)} says of the rows is lost.`,
        fix: [{ span: { start: node.span.start, length: next.span.start - node.span.start }, text: '' }],
      };
    }
  },
};

const unordered = new Set(['SummarizeOperator', 'JoinOperator', 'DistinctOperator', 'CountOperator', 'UnionOperator']);

/** A condition counted as if its values were things. */
export const conditionCounted: Lint = {
  id: 'MH223',
  name: 'distinct-values-of-a-condition',
  group: 'silent',
  severity: 'error',
  summary: 'The distinct values of a condition are counted: these are true and false, so the number is at most 2.',
  why: [
    '`count_distinct(DeliveryLocation == "Quarantine")` counts how many different answers the comparison has: 1 or 2, whatever the mail. Write',
    '`countif(DeliveryLocation == "Quarantine")` for rows, `dcountif(NetworkMessageId, DeliveryLocation == "Quarantine")` for messages. `count(…)` of',
    'a condition counts all rows.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/count-distinct-aggregation-function',
  examples: [
    {
      wrong: 'EmailEvents | summarize Held = count_distinct(DeliveryLocation == "Quarantine") by SenderFromAddress',
      right: 'EmailEvents | summarize Held = countif(DeliveryLocation == "Quarantine") by SenderFromAddress',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    for (const call of nodesOfKind(reading.root, 'FunctionCallExpression')) {
      const [first] = argumentsOf(call);
      const name = calledName(call) ?? '';
      if (!/^(?:dcount|count_distinct)$/.test(name) || first?.type !== 'bool' || first.kind === 'NameReference')
        continue;
      yield { span: call.span, message: `${first.text} is true or false, so ${name} of it is at most 2.` };
    }
  },
};

/** The operator that reads what this one gives. */
function operatorAfter(node: SyntaxNode): SyntaxNode | undefined {
  const pipe = node.parent?.parent;
  return pipe?.kind === 'PipeExpression' && node.parent?.role === 'Expression' ? pipe.child('Operator') : undefined;
}

function operatorBefore(node: SyntaxNode): SyntaxNode | undefined {
  const input = node.parent?.child('Expression');
  return input?.kind === 'PipeExpression' ? input.child('Operator') : membersOf(input)[0];
}

const firstWord = (text: string): string => /^[\w-]+/.exec(text)?.[0] ?? text;
