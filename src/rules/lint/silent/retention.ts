import type { Lint } from '../lint.ts';
import { nodesOfKind } from '../nodes.ts';
import { hoursAgo } from './ago.ts';
import { traceOf } from './trace.ts';

/** Days that advanced hunting keeps. */
const KEPT = 30;

/** A baseline that lies before the first row that there is. */
export const olderThanKept: Lint = {
  id: 'MH214',
  name: 'baseline-older-than-data',
  group: 'silent',
  severity: 'warning',
  summary: 'Rows older than 30 days are asked for, and advanced hunting keeps 30 days: there are none.',
  why: [
    'A baseline of `Timestamp < ago(30d)` is empty, and nothing says so: of "senders not seen before" all senders are left, and an anti-join with it takes',
    'nothing away. Take the baseline out of what there is: `Timestamp between (ago(30d) .. ago(1d))`. Where Defender tables are also sent to a',
    'Sentinel workspace that keeps them longer, ask there.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-overview',
  targets: ['defender'],
  examples: [
    {
      wrong:
        'let Known = EmailEvents | where Timestamp < ago(30d) | distinct SenderFromAddress; EmailEvents | where Timestamp > ago(1d) | where SenderFromAddress !in (Known)',
      right:
        'let Known = EmailEvents | where Timestamp < ago(1d) | distinct SenderFromAddress; EmailEvents | where Timestamp > ago(1d) | where SenderFromAddress !in (Known)',
    },
  ],
  *check({ reading, table }) {
    if (reading === undefined) return;
    const trace = traceOf(reading.root);
    for (const node of nodesOfKind(reading.root, 'LessThanExpression', 'LessThanOrEqualExpression')) {
      const [left, right] = [node.child('Left'), node.child('Right')];
      const hours = right === undefined ? undefined : hoursAgo(right);
      const days = hours === undefined ? undefined : hours / 24;
      const origin = left === undefined ? undefined : trace.originOf(left);
      if (days === undefined || days < KEPT || origin === undefined || !/^Time(?:stamp|Generated)$/.test(origin.column))
        continue;
      if (!table(origin.table)?.source.includes('/defender-xdr/')) continue;
      yield {
        span: node.span,
        message: `${origin.table} holds ${KEPT} days in advanced hunting: nothing in it is older than ${days}.`,
      };
    }
  },
};
