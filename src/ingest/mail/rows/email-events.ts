import { authenticationDetails, type Mailbox } from '../../../mail/index.ts';
import type { JudgedMessage, Recipient } from '../judged-message.ts';
import { type Cell, dynamic, rowTable, ticks } from './row-table.ts';

/** One message to one recipient. */
export interface Received {
  readonly judged: JudgedMessage;
  readonly recipient: Recipient;
  readonly withHeaderForm: boolean;
}

/** Characters of a display name: as of a subject. */
export const NAME_LENGTH = 2000;

const isIpv6 = (ip: string): boolean => ip.includes(':');
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** Of several authors the one whom the verdict is about: who names himself first must not hide whom he forges behind it. */
function author({ judged: { authors, verdict } }: Received): Mailbox | undefined {
  const domain =
    verdict.source === 'verified'
      ? verdict.authentication.dmarc.domain
      : verdict.source === 'received'
        ? verdict.received.fromDomain
        : undefined;
  const judged = domain ? authors.mailboxes.find((mailbox) => mailbox.domain === domain) : undefined;
  return judged ?? authors.mailboxes[0];
}

/** Defender has been seen to write "<>" for the null sender's domain. */
const envelopeDomain = (mailFrom: string | undefined): string =>
  mailFrom === undefined ? '' : mailFrom === '' ? '<>' : domainOf(mailFrom);

/** How a row came about, for who asks: where the verdict and the delivery columns come from. */
const provenance = ({ judged }: Received): Cell => {
  const { verdict, delivery, atKnown, transaction } = judged;
  return dynamic({
    VerdictSource: verdict.source,
    ...(verdict.source === 'received' ? { VerdictReceiver: verdict.received.receiver } : {}),
    DeliverySource: delivery.known,
    TimeSource: atKnown,
    ClientKnown: transaction.known,
    ...(delivery.gate === undefined ? {} : { Gate: delivery.gate }),
  });
};

const latestActions = { Delivered: 'Delivered', Junked: 'Moved to junk folder', Blocked: 'Blocked' } as const;
/** Addresses of To and of Cc that each row repeats. */
const LISTED = 100;
const list = (mailboxes: readonly { address: string }[]): Cell =>
  dynamic(mailboxes.slice(0, LISTED).map(({ address }) => address));

/** EmailEvents: a row for each recipient. */
export const emailEvents = rowTable<Received>('EmailEvents', {
  Timestamp: ({ judged }) => ticks(judged.at),
  NetworkMessageId: ({ judged }) => judged.networkMessageId,
  InternetMessageId: ({ judged }) => judged.claims.messageId ?? '',
  SenderMailFromAddress: ({ judged }) => judged.transaction.mailFrom ?? '',
  SenderFromAddress: (r) => author(r)?.address ?? '',
  SenderDisplayName: (r) => author(r)?.name.slice(0, NAME_LENGTH) ?? '',
  SenderObjectId: ({ judged }) => judged.senderObjectId ?? '',
  SenderMailFromDomain: ({ judged }) => envelopeDomain(judged.transaction.mailFrom),
  SenderFromDomain: (r) => author(r)?.domain ?? '',
  SenderIPv4: ({ judged: { transaction } }) => (isIpv6(transaction.ip ?? ':') ? '' : (transaction.ip ?? '')),
  SenderIPv6: ({ judged: { transaction } }) => (isIpv6(transaction.ip ?? '') ? (transaction.ip ?? '') : ''),
  RecipientEmailAddress: ({ recipient }) => recipient.address,
  RecipientObjectId: ({ recipient }) => recipient.objectId ?? '',
  RecipientDomain: ({ recipient }) => domainOf(recipient.address),
  Subject: ({ judged }) => judged.claims.subject ?? '',
  EmailClusterId: ({ judged }) => judged.delivery.clusterId ?? null,
  EmailDirection: ({ judged }) => judged.direction,
  DeliveryAction: ({ judged }) => judged.delivery.action,
  DeliveryLocation: ({ judged }) => judged.delivery.location,
  ThreatTypes: ({ judged }) => judged.delivery.threats ?? '',
  DetectionMethods: ({ judged }) => judged.delivery.methods ?? '',
  ConfidenceLevel: ({ judged }) => judged.delivery.confidence ?? '',
  BulkComplaintLevel: ({ judged }) => judged.delivery.bulkLevel ?? null,
  EmailAction: ({ judged }) => judged.delivery.emailAction ?? '',
  EmailActionPolicy: ({ judged }) => judged.delivery.policy ?? '',
  AuthenticationDetails: ({ judged, withHeaderForm }) =>
    authenticationDetails(judged.verdict.words, { withHeaderForm }),
  AttachmentCount: ({ judged }) => judged.content.attachments.length,
  UrlCount: ({ judged }) => judged.content.urls.length,
  EmailLanguage: ({ judged }) => judged.delivery.language ?? '',
  Connectors: ({ judged }) => judged.delivery.connector ?? '',
  OrgLevelAction: ({ judged }) => judged.delivery.orgAction ?? '',
  OrgLevelPolicy: ({ judged }) => judged.delivery.orgPolicy ?? '',
  ExchangeTransportRule: ({ judged }) => judged.delivery.rule ?? '',
  ReportId: ({ judged, recipient }) => `${judged.networkMessageId}-${recipient.address}`,
  LatestDeliveryLocation: ({ judged: { delivery } }) => delivery.latestLocation ?? delivery.location,
  LatestDeliveryAction: ({ judged: { delivery } }) => delivery.latestAction ?? latestActions[delivery.action],
  DistributionList: ({ judged }) => judged.delivery.distributionList ?? '',
  To: ({ judged }) => list(judged.claims.to),
  Cc: ({ judged }) => list(judged.claims.cc),
  EmailSize: ({ judged }) => judged.message.bytes.length,
  IsFirstContact: ({ judged: { delivery } }) =>
    delivery.firstContact === undefined ? null : Number(delivery.firstContact),
  AdditionalFields: provenance,
});
