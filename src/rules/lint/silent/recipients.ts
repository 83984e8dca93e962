import { messageKeys, recipientColumns } from './mail-rows.ts';
import type { JoinSight, Rows } from './rows.ts';

/** The columns of some rows that name a recipient, each taken from a mail table. */
export const recipientsOf = (rows: Rows): readonly string[] =>
  [...rows.columns].flatMap(([name, { origin }]) =>
    origin !== undefined && recipientColumns.has(origin.column) && mailTables.has(origin.table) ? [name] : [],
  );

const mailTables = new Set([
  'EmailEvents',
  'EmailAttachmentInfo',
  'EmailPostDeliveryEvents',
  'UrlClickEvents',
  'CampaignInfo',
]);

/** Whether both sides say whom their rows are about and the join, by message, does not compare it. */
export function leavesOutRecipient({ left, right, keys }: JoinSight): boolean {
  const origins = keys.map((key) => left.columns.get(key.left)?.origin?.column);
  if (!origins.some((column) => column !== undefined && messageKeys.has(column))) return false;
  const isCompared = keys.some(
    (key) => recipientsOf(left).includes(key.left) || recipientsOf(right).includes(key.right),
  );
  return !isCompared && recipientsOf(left).length > 0 && recipientsOf(right).length > 0;
}
