import { ticksFromUnixMs } from '../values/index.ts';
import type { ClickEvent, DeliveredFile, Delivery, MessageUrl, Traces } from './delivery.ts';

type Cell = string | number | bigint | boolean | null;
type Cells<T> = Readonly<Record<string, (thing: T) => Cell>>;

const domain = (address: string): string => address.slice(address.indexOf('@') + 1);
const hostname = (url: string): string => new URL(url).hostname;
const isIpv6 = (ip: string): boolean => ip.includes(':');
const extension = (name: string): string => name.slice(name.lastIndexOf('.'));
const fileTypes: Readonly<Record<string, string>> = { '.pdf': 'pdf', '.docx': 'docx;zip', '.html': 'html;text' };
const malware = (of: string): string => JSON.stringify({ [of]: ['File detonation'] });

const emailEvents: Cells<Delivery> = {
  Timestamp: (d) => ticksFromUnixMs(d.message.at),
  NetworkMessageId: (d) => d.id,
  InternetMessageId: (d) => d.internetId,
  SenderMailFromAddress: (d) => d.message.mailFrom,
  SenderFromAddress: (d) => d.message.from.address,
  SenderDisplayName: (d) => d.message.from.name,
  SenderObjectId: (d) => d.message.from.objectId,
  // Defender has been seen to write "<>" for the null sender's domain.
  SenderMailFromDomain: (d) => (d.message.mailFrom === '' ? '<>' : domain(d.message.mailFrom)),
  SenderFromDomain: (d) => domain(d.message.from.address),
  SenderIPv4: (d) => (isIpv6(d.message.ip) ? '' : d.message.ip),
  SenderIPv6: (d) => (isIpv6(d.message.ip) ? d.message.ip : ''),
  RecipientEmailAddress: (d) => d.recipient.address,
  RecipientObjectId: (d) => d.recipient.objectId,
  RecipientDomain: (d) => domain(d.recipient.address),
  Subject: (d) => d.message.subject,
  EmailClusterId: (d) => d.clusterId,
  EmailDirection: (d) => d.message.direction,
  DeliveryAction: (d) => d.outcome.action,
  DeliveryLocation: (d) => d.outcome.location,
  ThreatTypes: (d) => d.outcome.threats ?? '',
  DetectionMethods: (d) => d.outcome.methods ?? '',
  ConfidenceLevel: (d) => d.outcome.confidence ?? '',
  BulkComplaintLevel: (d) => d.message.bulkLevel ?? null,
  EmailAction: (d) => d.outcome.emailAction ?? '',
  EmailActionPolicy: (d) => d.outcome.policy ?? '',
  AuthenticationDetails: (d) => d.authenticationDetails,
  AttachmentCount: (d) => d.message.attachments?.length ?? 0,
  UrlCount: (d) => d.message.urls?.length ?? 0,
  EmailLanguage: (d) => d.message.language,
  Connectors: (d) => d.message.connector ?? '',
  OrgLevelAction: (d) => d.outcome.orgAction ?? '',
  OrgLevelPolicy: (d) => d.outcome.orgPolicy ?? '',
  ExchangeTransportRule: (d) => d.outcome.rule ?? '',
  ReportId: (d) => d.reportId,
  LatestDeliveryLocation: (d) => (d.removedAt === undefined ? d.outcome.location : 'Quarantine'),
  LatestDeliveryAction: (d) => (d.removedAt === undefined ? latestActions[d.outcome.action] : 'Moved to quarantine'),
  DistributionList: (d) => d.message.distributionList ?? '',
  To: (d) => JSON.stringify(d.message.to.map((mailbox) => mailbox.address)),
  Cc: () => '[]',
  EmailSize: (d) => d.size,
  IsFirstContact: (d) => (d.message.direction === 'Inbound' ? Number(d.message.firstContact ?? false) : null),
};

const latestActions = { Delivered: 'Delivered', Junked: 'Moved to junk folder', Blocked: 'Blocked' } as const;

const emailUrlInfo: Cells<MessageUrl> = {
  Timestamp: (u) => ticksFromUnixMs(u.delivery.message.at),
  NetworkMessageId: (u) => u.delivery.id,
  Url: (u) => u.url,
  UrlDomain: (u) => hostname(u.url),
  UrlLocation: (u) => u.delivery.message.urlLocation ?? 'Body',
  ReportId: (u) => u.reportId,
};

const emailAttachmentInfo: Cells<DeliveredFile> = {
  Timestamp: (f) => ticksFromUnixMs(f.delivery.message.at),
  NetworkMessageId: (f) => f.delivery.id,
  SenderFromAddress: (f) => f.delivery.message.from.address,
  SenderDisplayName: (f) => f.delivery.message.from.name,
  SenderObjectId: (f) => f.delivery.message.from.objectId,
  RecipientEmailAddress: (f) => f.delivery.recipient.address,
  RecipientObjectId: (f) => f.delivery.recipient.objectId,
  FileName: (f) => f.file.name,
  FileType: (f) => fileTypes[extension(f.file.name)] ?? '',
  FileExtension: (f) => extension(f.file.name),
  SHA256: (f) => f.sha256,
  FileSize: (f) => f.file.size,
  ThreatTypes: (f) => f.file.threat?.type ?? '',
  ThreatNames: (f) => f.file.threat?.name ?? '',
  DetectionMethods: (f) => (f.file.threat ? malware(f.file.threat.type) : ''),
  ReportId: (f) => f.reportId,
};

const isBad = (c: ClickEvent): boolean => c.click.action === 'ClickBlocked';

const urlClickEvents: Cells<ClickEvent> = {
  Timestamp: (c) => ticksFromUnixMs(c.at),
  Url: (c) => c.delivery.message.urls![c.click.url]!,
  ActionType: (c) => c.click.action,
  AccountUpn: (c) => c.delivery.recipient.address,
  Workload: () => 'Email',
  NetworkMessageId: (c) => c.delivery.id,
  ThreatTypes: (c) => (isBad(c) ? 'Phish' : ''),
  DetectionMethods: (c) => (isBad(c) ? JSON.stringify({ Phish: ['URL detonation reputation'] }) : ''),
  IPAddress: (c) => c.ip,
  IsClickedThrough: (c) => c.throughWarning,
  UrlChain: (c) => JSON.stringify([c.delivery.message.urls![c.click.url]!]),
  ReportId: (c) => c.reportId,
};

const removalTypes = {
  'Phish ZAP': { trigger: 'SpecialAction', threats: 'Phish' },
  'Malware ZAP': { trigger: 'SpecialAction', threats: 'Malware' },
  'Spam ZAP': { trigger: 'SpecialAction', threats: 'Spam' },
  'Manual remediation': { trigger: 'AdminAction', threats: 'Phish' },
} as const;

const emailPostDeliveryEvents: Cells<Delivery> = {
  Timestamp: (d) => ticksFromUnixMs(d.removedAt!),
  NetworkMessageId: (d) => d.id,
  InternetMessageId: (d) => d.internetId,
  Action: () => 'Moved to quarantine',
  ActionType: (d) => d.message.afterwards!.type,
  ActionTrigger: (d) => removalTypes[d.message.afterwards!.type].trigger,
  ActionResult: () => 'Success',
  RecipientEmailAddress: (d) => d.recipient.address,
  DeliveryLocation: () => 'Quarantine',
  SourceLocation: (d) => d.outcome.location,
  ThreatTypes: (d) => removalTypes[d.message.afterwards!.type].threats,
  ReportId: (d) => `${d.reportId}-removed`,
  SenderFromAddress: (d) => d.message.from.address,
  EmailDirection: (d) => d.message.direction,
};

/** A table of the demo: which traces are its rows, and how each column is read from one. */
const table = <T>(name: string, things: (traces: Traces) => readonly T[], cells: Cells<T>) => {
  const columns = Object.keys(cells);
  const readers = Object.values(cells);
  const row = (thing: T): string => `[${readers.map((read) => printed(read(thing))).join(',')}]`;
  return { name, columns, rows: (traces: Traces): string[] => things(traces).map(row) };
};

/** Ticks have more digits than a JavaScript number keeps: bigints are printed as they are. */
const printed = (cell: Cell): string => (typeof cell === 'bigint' ? String(cell) : JSON.stringify(cell));

/** The tables that the demo fills, in the order in which they are written. */
export const demoTables = [
  table('EmailEvents', (t) => t.deliveries, emailEvents),
  table('EmailUrlInfo', (t) => t.urls, emailUrlInfo),
  table('EmailAttachmentInfo', (t) => t.files, emailAttachmentInfo),
  table('UrlClickEvents', (t) => t.clicks, urlClickEvents),
  table('EmailPostDeliveryEvents', (t) => t.removals, emailPostDeliveryEvents),
] as const;
