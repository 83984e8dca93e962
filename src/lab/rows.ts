import {
  dynamic,
  type JudgedMessage,
  messageRows,
  type Recipient,
  type RowOptions,
  type RowTable,
  rowTable,
  type TableRows,
  ticks,
} from '../ingest/index.ts';
import type { Aftermath, ClickEvent } from './aftermath.ts';
import type { Afterwards } from './message.ts';

interface Clicked {
  readonly judged: JudgedMessage;
  readonly click: ClickEvent;
}

const isBad = ({ click }: Clicked): boolean => click.action === 'ClickBlocked';

const urlClickEvents = rowTable<Clicked>('UrlClickEvents', {
  Timestamp: ({ click }) => ticks(click.at),
  Url: ({ click }) => click.url,
  ActionType: ({ click }) => click.action,
  AccountUpn: ({ click }) => click.recipient.address,
  Workload: () => 'Email',
  NetworkMessageId: ({ judged }) => judged.networkMessageId,
  ThreatTypes: (clicked) => (isBad(clicked) ? 'Phish' : ''),
  DetectionMethods: (clicked) => (isBad(clicked) ? dynamic({ Phish: ['URL detonation reputation'] }) : ''),
  IPAddress: ({ click }) => click.ip,
  IsClickedThrough: ({ click }) => click.throughWarning,
  UrlChain: ({ click }) => dynamic([click.url]),
  ReportId: ({ click }) => click.reportId,
});

interface Removed {
  readonly judged: JudgedMessage;
  readonly recipient: Recipient;
  readonly at: number;
  readonly type: Afterwards['type'];
}

const removals = {
  'Phish ZAP': { trigger: 'SpecialAction', threats: 'Phish' },
  'Malware ZAP': { trigger: 'SpecialAction', threats: 'Malware' },
  'Spam ZAP': { trigger: 'SpecialAction', threats: 'Spam' },
  'Manual remediation': { trigger: 'AdminAction', threats: 'Phish' },
} as const satisfies Record<Afterwards['type'], unknown>;

const emailPostDeliveryEvents = rowTable<Removed>('EmailPostDeliveryEvents', {
  Timestamp: ({ at }) => ticks(at),
  NetworkMessageId: ({ judged }) => judged.networkMessageId,
  InternetMessageId: ({ judged }) => judged.claims.messageId ?? '',
  Action: () => 'Moved to quarantine',
  ActionType: ({ type }) => type,
  ActionTrigger: ({ type }) => removals[type].trigger,
  ActionResult: () => 'Success',
  RecipientEmailAddress: ({ recipient }) => recipient.address,
  DeliveryLocation: () => 'Quarantine',
  SourceLocation: ({ judged }) => judged.delivery.location,
  ThreatTypes: ({ type }) => removals[type].threats,
  ReportId: ({ judged, recipient }) => `${judged.networkMessageId}-${recipient.address}-removed`,
  SenderFromAddress: ({ judged }) => judged.authors.mailboxes[0]?.address ?? '',
  EmailDirection: ({ judged }) => judged.direction,
});

/** The tables that the demo fills, in the order in which they are written. */
export const demoTables = [
  ...['EmailEvents', 'EmailUrlInfo', 'EmailAttachmentInfo', 'EmailAuthentication', 'EmailHeaders'],
  urlClickEvents.name,
  emailPostDeliveryEvents.name,
] as const;

/**
 * What one message leaves in the tables: what came of its delivery by the rows of every ingest, clicks and removals,
 * which no message tells of, by those above.
 */
export function rowsOf(
  judged: JudgedMessage,
  { clicks, removal }: Aftermath,
  { withHeaderForm }: RowOptions = { withHeaderForm: true },
): readonly TableRows[] {
  const removed =
    removal === undefined ? [] : judged.recipients.map((recipient) => ({ judged, recipient, ...removal }));
  return [
    ...messageRows(judged, { withHeaderForm }),
    printed(
      urlClickEvents,
      clicks.map((click) => ({ judged, click })),
    ),
    printed(emailPostDeliveryEvents, removed),
  ];
}

/** Rows of one table as one; undefined where there are none. */
export function joinedRows(parts: readonly TableRows[]): TableRows | undefined {
  const rows = parts.flatMap((part) => part.rows);
  return rows.length === 0 ? undefined : { ...parts[0]!, rows };
}

const printed = <T>({ name, columns, row }: RowTable<T>, things: readonly T[]): TableRows => ({
  table: name,
  columns,
  rows: things.map(row),
});
