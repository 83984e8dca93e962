import { wordsOfDetails } from '../../../mail/index.ts';
import type { Queries, Row } from './rows.ts';
import { among } from './search/index.ts';

/** A message in the list. Texts that the sender chose are hostile. */
export interface ListedMessage {
  readonly networkMessageId: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly senderFromAddress: string;
  readonly senderDisplayName: string;
  readonly senderMailFromAddress: string;
  readonly subject: string;
  readonly direction: string;
  readonly threatTypes: string;
  /** Result words; empty where nothing is known. */
  readonly spf: string;
  readonly dkim: string;
  readonly dmarc: string;
  readonly compAuth: string;
  /** The first ones; `recipientCount` counts all. */
  readonly recipients: readonly string[];
  readonly recipientCount: number;
  /** Recipients by what happened: `Delivered`, `Junked`, … */
  readonly deliveries: Readonly<Record<string, number>>;
  readonly urls: number;
  readonly attachments: number;
  readonly clicks: number;
  /** True where a click got through. */
  readonly isClickedThrough: boolean;
}

/** What the list shows of messages, in the order of their ids. */
export async function listed(queries: Queries, ids: readonly string[]): Promise<readonly ListedMessage[]> {
  if (ids.length === 0) return [];
  const [events, clicks] = await Promise.all([
    queries.rows(
      `EmailEvents | where ${among(ids)}
       | summarize Timestamp = max(Timestamp),
           take_any(SenderFromAddress, SenderDisplayName, SenderMailFromAddress, Subject, EmailDirection, AuthenticationDetails),
           ThreatTypes = max(ThreatTypes), Recipients = make_set(RecipientEmailAddress, 4),
           RecipientCount = count_distinct(RecipientEmailAddress), UrlCount = max(UrlCount),
           AttachmentCount = max(AttachmentCount), Delivered = countif(DeliveryAction == "Delivered"),
           Junked = countif(DeliveryAction == "Junked"), Blocked = countif(DeliveryAction == "Blocked"),
           Replaced = countif(DeliveryAction == "Replaced") by NetworkMessageId`,
    ),
    queries.rows(
      `UrlClickEvents | where ${among(ids)}
       | summarize Clicks = count(), Through = countif(ActionType == "ClickAllowed" or IsClickedThrough == true) by NetworkMessageId`,
    ),
  ]);
  const clicksOf = new Map(clicks.map((row) => [row.NetworkMessageId, row]));
  const byId = new Map(
    events.map((row) => [String(row.NetworkMessageId), messageOf(row, clicksOf.get(row.NetworkMessageId))]),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

const deliveryActions = ['Delivered', 'Junked', 'Blocked', 'Replaced'] as const;

function messageOf(row: Row, clicks: Row | undefined): ListedMessage {
  const text = (name: string): string => String(row[name] ?? '');
  const { spf = '', dkim = '', dmarc = '', compauth = '' } = wordsOfDetails(text('AuthenticationDetails'));
  return {
    networkMessageId: text('NetworkMessageId'),
    at: text('Timestamp'),
    senderFromAddress: text('SenderFromAddress'),
    senderDisplayName: text('SenderDisplayName'),
    senderMailFromAddress: text('SenderMailFromAddress'),
    subject: text('Subject'),
    direction: text('EmailDirection'),
    threatTypes: text('ThreatTypes'),
    spf,
    dkim,
    dmarc,
    compAuth: compauth,
    recipients: Array.isArray(row.Recipients) ? row.Recipients.map(String) : [],
    recipientCount: Number(row.RecipientCount ?? 0),
    deliveries: Object.fromEntries(
      deliveryActions.flatMap((action) => (Number(row[action]) > 0 ? [[action, Number(row[action])]] : [])),
    ),
    urls: Number(row.UrlCount ?? 0),
    attachments: Number(row.AttachmentCount ?? 0),
    clicks: Number(clicks?.Clicks ?? 0),
    isClickedThrough: Number(clicks?.Through ?? 0) > 0,
  };
}
