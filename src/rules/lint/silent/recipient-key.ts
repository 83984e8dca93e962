import type { SyntaxNode } from '../../../kql/index.ts';
import type { Lint } from '../lint.ts';
import { comparisonsOf } from '../nodes.ts';
import { mailRows, recipientColumns } from './mail-rows.ts';
import { leavesOutRecipient, recipientsOf } from './recipients.ts';
import { isUniqueOn, type JoinSight, type Rows } from './rows.ts';
import { traceOf } from './trace.ts';

/** Two tables with a row a recipient, joined by the message alone. */
export const recipientKey: Lint = {
  id: 'MH203',
  name: 'recipient-not-in-key',
  group: 'silent',
  severity: 'warning',
  summary:
    'Both sides of a join have a row a recipient, and the key is the message alone: rows of different people are put together.',
  why: [
    'EmailEvents, EmailAttachmentInfo and EmailPostDeliveryEvents have a row for each recipient, UrlClickEvents names who clicked in',
    '`AccountUpn`. Joined on `NetworkMessageId` alone, the delivery to one person meets the attachment row, the removal or the',
    'click of another: a message with one file to 3 recipients gives 9 rows of `EmailEvents | join kind=inner EmailAttachmentInfo`',
    'instead of 3, and a click of one of 100 recipients shows 100 deliveries. With `leftanti`, a message that was removed from one',
    'mailbox counts as removed from all. Add the recipient: `on NetworkMessageId, RecipientEmailAddress`, or',
    '`$left.RecipientEmailAddress == $right.AccountUpn`.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-emailevents-table',
  examples: [
    {
      wrong:
        'EmailEvents | join kind=inner EmailAttachmentInfo on NetworkMessageId | project RecipientEmailAddress, DeliveryAction, FileName',
      right:
        'EmailEvents | join kind=inner EmailAttachmentInfo on NetworkMessageId, RecipientEmailAddress | project RecipientEmailAddress, DeliveryAction, FileName',
    },
    {
      wrong:
        'EmailEvents | where DeliveryAction == "Delivered" | join kind=leftanti EmailPostDeliveryEvents on NetworkMessageId | project RecipientEmailAddress, Subject',
      right:
        'EmailEvents | where DeliveryAction == "Delivered" | join kind=leftanti EmailPostDeliveryEvents on NetworkMessageId, RecipientEmailAddress | project RecipientEmailAddress, Subject',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    for (const join of traceOf(reading.root).joins) {
      const pair = pairOf(join);
      if (pair === undefined || isComparedLater(reading.root, join.node)) continue;
      yield {
        span: join.keys[0]?.node.span ?? join.node.span,
        message: `Joined by ${join.keys.map(({ left }) => left).join(' and ')} alone, a row about one recipient (${pair.left}) meets rows about others (${pair.right}); ${consequenceOf(join)}: compare the recipient too.`,
      };
    }
  },
};

/** The columns that name the recipient on both sides, where the result depends on their being the same. */
function pairOf(join: JoinSight): { left: string; right: string } | undefined {
  if (!leavesOutRecipient(join)) return undefined;
  const [left, right] = [recipientsOf(join.left)[0], recipientsOf(join.right)[0]];
  const keys = { left: join.keys.map((key) => key.left), right: join.keys.map((key) => key.right) };
  if (left === undefined || right === undefined) return undefined;
  if (isUniqueOn(join.left, keys.left) && !readsPerson(join, 'left')) return undefined;
  if (isUniqueOn(join.right, keys.right) && !isOneSided(join)) return undefined;
  const isRead = isOneSided(join)
    ? readsPerson(join, 'left')
    : readsPerson(join, 'left') && (readsPerson(join, 'right') || !join.isDefault);
  return isRead ? { left, right } : undefined;
}

const isOneSided = ({ kind }: JoinSight): boolean => /^left(?:semi|anti)/.test(kind);

/** Whether what is read of a side is about one recipient. */
function readsPerson(join: JoinSight, side: 'left' | 'right'): boolean {
  const rows: Rows = join[side];
  return [...join.used[side]].some((name) => {
    const origin = rows.columns.get(name)?.origin;
    if (origin === undefined || rows.pinned.has(name)) return false;
    if (recipientColumns.has(origin.column)) return true;
    return origin.table !== 'EmailAttachmentInfo' && mailRows[origin.table]?.differ.includes(origin.column) === true;
  });
}

function consequenceOf(join: JoinSight): string {
  if (/anti/.test(join.kind)) return 'what happened to one recipient takes the others out of the result';
  if (isOneSided(join)) return 'what happened to one recipient brings in all the others';
  if (!readsPerson(join, 'right')) return 'a message to several people gives each row once for every one of them';
  return 'a message to several people gives rows that no one of them had';
}

/** Whether a filter of the query compares one recipient column with another: then the key is only written elsewhere. */
function isComparedLater(root: SyntaxNode, join: SyntaxNode): boolean {
  const trace = traceOf(root);
  const isRecipient = (node: SyntaxNode | undefined): boolean =>
    node !== undefined && recipientColumns.has(trace.originOf(node)?.column ?? '');
  return comparisonsOf(root).some(
    ({ node, left, right }) => node.span.start > join.span.start && isRecipient(left) && isRecipient(right[0]),
  );
}
