import type { Scalar } from '../../../kql/index.ts';
import type { Lint } from '../lint.ts';
import { analysisOf } from './analysis.ts';
import { textAt } from './telling.ts';

export const contradiction: Lint = {
  id: 'MH102',
  name: 'contradiction',
  group: 'logic',
  severity: 'error',
  summary: 'Predicates that cannot be true together.',
  why:
    'Each of them finds something, both together find nothing: two values of one column joined by `and` (write `in` or ' +
    '`or`), ranges that do not meet, or a filter that an earlier one has left nothing for.',
  source: 'https://learn.microsoft.com/kusto/query/logical-operators',
  examples: [
    {
      wrong: 'EmailEvents\n| where SenderFromDomain == "contoso.com" and SenderFromDomain == "fabrikam.com"',
      right: 'EmailEvents\n| where SenderFromDomain in ("contoso.com", "fabrikam.com")',
    },
    {
      wrong: 'EmailEvents\n| where Timestamp > ago(1d) and Timestamp < ago(7d)',
      right: 'EmailEvents\n| where Timestamp < ago(1d) and Timestamp > ago(7d)',
    },
    {
      wrong: 'EmailEvents\n| where EmailDirection == "Inbound"\n| where EmailDirection == "Intra-org"',
      right: 'EmailEvents\n| where EmailDirection == "Inbound" or EmailDirection == "Intra-org"',
    },
    {
      wrong: 'EmailEvents\n| where Subject startswith "RE:" and Subject startswith "FW:"',
      right: 'EmailEvents\n| where Subject startswith "RE:" or Subject startswith "FW:"',
    },
  ],
  *check(subject) {
    const { reading } = subject;
    const at = (scalar: Scalar): string => textAt(reading!, scalar.kind === 'call' ? scalar : {});
    for (const judgement of analysisOf(subject)?.judgements ?? []) {
      const { kind, call } = judgement;
      if (kind !== 'contradiction' && kind !== 'excluded') continue;
      const pair = kind === 'contradiction' ? judgement.pair : undefined;
      const message =
        kind === 'excluded'
          ? `${at(call)} is true on none of the rows that the filters before it leave`
          : pair === undefined
            ? `the parts of ${at(call)} are never true together`
            : `${at(pair[0])} and ${at(pair[1])} are never true together`;
      yield { ...(call.span && { span: call.span }), message };
    }
  },
};

export const unreachableCase: Lint = {
  id: 'MH114',
  name: 'unreachable-case',
  group: 'logic',
  severity: 'warning',
  summary: 'A branch of `case` that is never taken, because the branches or filters before it leave none of its rows.',
  why: 'The first condition that holds decides. Put the narrower condition first.',
  source: 'https://learn.microsoft.com/kusto/query/case-function',
  examples: [
    {
      wrong:
        'EmailEvents\n| extend Size = case(AttachmentCount > 0, "some", AttachmentCount > 10, "many", "none")\n| project Size',
      right:
        'EmailEvents\n| extend Size = case(AttachmentCount > 10, "many", AttachmentCount > 0, "some", "none")\n| project Size',
    },
  ],
  *check(subject) {
    for (const { kind, call } of analysisOf(subject)?.judgements ?? []) {
      if (kind !== 'unreachable') continue;
      const message = `this branch is never taken: what stands before ${textAt(subject.reading!, call)} leaves none of its rows`;
      yield { ...(call.span && { span: call.span }), message };
    }
  },
};
