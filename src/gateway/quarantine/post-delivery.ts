import { rowTable, type TableRows, ticks } from '../../ingest/index.ts';
import type { Held, Leaving } from './ledger.ts';

/** A message that left the quarantine, for one of its recipients. */
interface Left {
  readonly held: Held;
  readonly recipient: string;
  readonly how: Leaving;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** How Defender would say it: who did it, and where the message is then. */
const ways: Readonly<
  Record<
    Leaving,
    { readonly action: string; readonly type: string; readonly trigger: string; readonly location: string }
  >
> = {
  released: {
    action: 'Quarantine release',
    type: 'Redelivery',
    trigger: 'AdminAction',
    location: 'Inbox/folder',
  },
  removed: { action: 'Hard delete', type: 'Manual remediation', trigger: 'AdminAction', location: 'Deleted items' },
  expired: {
    action: 'Hard delete',
    type: 'Automated Remediation',
    trigger: 'SpecialAction',
    location: 'Deleted items',
  },
};

const table = rowTable<Left>('EmailPostDeliveryEvents', {
  Timestamp: ({ at }) => ticks(at),
  NetworkMessageId: ({ held }) => held.id,
  InternetMessageId: ({ held }) => held.internetMessageId,
  Action: ({ how }) => ways[how].action,
  ActionType: ({ how }) => ways[how].type,
  ActionTrigger: ({ how }) => ways[how].trigger,
  ActionResult: () => 'Success',
  RecipientEmailAddress: ({ recipient }) => recipient,
  DeliveryLocation: ({ how }) => ways[how].location,
  SourceLocation: () => 'Quarantine',
  ReportId: ({ held, recipient, how }) => `${held.id}-${recipient}-${how}`,
  SenderFromAddress: ({ held }) => held.from,
  EmailDirection: () => 'Inbound',
});

/** What somebody, or time, did to a message in quarantine, as rows of EmailPostDeliveryEvents. */
export const postDeliveryRows = (held: Held, how: Leaving, at: number): TableRows => ({
  table: table.name,
  columns: table.columns,
  rows: held.recipients.map((recipient) => table.row({ held, recipient, how, at })),
});
