/** The SQL that makes each column of the benchmark's mail, clicks, links and files; a column that is not here stays empty. */
import { TICKS_PER_DAY, TICKS_PER_HOUR } from '../src/values/index.ts';

/** Draws from 0..n-1, always the same for the same salt and number. */
const draw = (salt: number, n: number | bigint, of = 'i'): string => `(hash(${of}, ${salt}) % ${n})::BIGINT`;

const pick = (salt: number, values: readonly string[], of = 'i'): string =>
  `([${values.map((value) => `'${value}'`).join(', ')}])[1 + ${draw(salt, values.length, of)}]`;

const sometimes = (salt: number, percent: number, then: string): string =>
  `CASE WHEN ${draw(salt, 100)} < ${percent} THEN ${then} ELSE '' END`;

const guid = (salt: number, of = 'i'): string => `md5('${salt}:' || ${of})::UUID::VARCHAR`;

const ownDomains = ['contoso.com', 'fabrikam.fr'];
const subjectWords = ['Invoice', 'Meeting', 'Report', 'Order', 'Parcel', 'Minutes', 'Newsletter', 'Password', 'Offer'];
const locations = ['Inbox/folder', 'Inbox/folder', 'Inbox/folder', 'Junk folder', 'Quarantine'];
const delivered = ['Delivered', 'Delivered', 'Delivered', 'Delivered', 'Delivered', 'Delivered'];

/**
 * Mail, numbered by `i`; `m` is the message, of which every fifth row is one more recipient. Few senders are busy and
 * many are rare: the cube of an even draw leans to the low numbers.
 */
export const emailRows = (rows: number, start: bigint, days: bigint): string => `
  WITH numbered AS (SELECT i, i - (i % 5 = 4)::INT AS m FROM range(${rows}) r(i)),
  sent AS (SELECT *,
    ${start} + (m * (${days * TICKS_PER_DAY}::DOUBLE / ${rows}))::BIGINT + ${draw(1, TICKS_PER_HOUR / 6n, 'm')} AS ticks,
    (power(${draw(2, 1_000_000, 'm')} / 1e6, 3) * 400000)::BIGINT AS sender,
    'person' || ${draw(3, 50_000)} || '@' || ${pick(4, ownDomains)} AS recipient FROM numbered),
  named AS (SELECT *, CASE WHEN ${draw(5, 100, 'm')} < 3 THEN ${pick(6, ownDomains, 'm')}
    ELSE 'sender' || (sender % 20000) || '.example' END AS from_domain FROM sent),
  judged AS (SELECT named.*, verdict.text AS authentication, CASE WHEN ${draw(7, 100, 'm')} < 12
    THEN 'bounce' || (sender % 300) || '.mailer.example' ELSE from_domain END AS envelope_domain
    FROM named JOIN authentication_text verdict ON verdict.slot = ${draw(8, 1000, 'm')})
  SELECT * FROM judged`;

export const emailColumns: Readonly<Record<string, string>> = {
  Timestamp: 'ticks',
  NetworkMessageId: guid(9, 'm'),
  InternetMessageId: `'<' || md5('10:' || m) || '@' || from_domain || '>'`,
  SenderMailFromAddress: `'user' || sender || '@' || envelope_domain`,
  SenderFromAddress: `'user' || sender || '@' || from_domain`,
  SenderDisplayName: `'User ' || sender`,
  SenderMailFromDomain: 'envelope_domain',
  SenderFromDomain: 'from_domain',
  SenderIPv4: `'192.0.2.' || (sender % 254)`,
  RecipientEmailAddress: 'recipient',
  RecipientObjectId: 'md5(recipient)::UUID::VARCHAR',
  Subject: `${pick(11, subjectWords, 'm')} || ' ' || (m // 3) || ' "' || ${pick(12, subjectWords, 'm')} || '" für Zoë'`,
  EmailClusterId: draw(13, 300_000, 'm'),
  EmailDirection: pick(14, [...new Array(6).fill('Inbound'), 'Outbound', 'Intra-org'], 'm'),
  DeliveryAction: pick(15, [...delivered, 'Junked', 'Blocked']),
  DeliveryLocation: pick(16, locations),
  ThreatTypes: sometimes(17, 6, pick(18, ['Phish', 'Spam', 'Malware', 'Phish, Spam'])),
  DetectionMethods: sometimes(17, 6, pick(19, ['{"Phish":["Spoof DMARC"]}', '{"Spam":["Bulk"]}'])),
  ConfidenceLevel: sometimes(17, 6, pick(20, ['{"Phish":"High"}', '{"Spam":"Normal"}', '{"Phish":"Normal"}'])),
  BulkComplaintLevel: draw(21, 10),
  EmailAction: sometimes(22, 5, `'Move message to junk mail folder'`),
  EmailActionPolicy: sometimes(22, 5, pick(23, ['Antispam', 'Anti-phishing spoof'])),
  AuthenticationDetails: 'authentication',
  AttachmentCount: draw(24, 3),
  UrlCount: draw(25, 12),
  EmailLanguage: pick(26, ['en', 'en', 'en', 'fr', 'de']),
  Connectors: sometimes(27, 10, `'Inbound from partner'`),
  ReportId: `${guid(9, 'm')} || '-' || i`,
  LatestDeliveryLocation: pick(16, locations),
  LatestDeliveryAction: pick(15, [...delivered, 'Moved to junk folder', 'Blocked']),
  To: 'recipient',
  RecipientDomain: `split_part(recipient, '@', 2)`,
  EmailSize: `2000 + ${draw(28, 200_000)}`,
  IsFirstContact: draw(29, 2),
};

/** Clicks, numbered by `i`, in the order of their time; a message is clicked some time after it came, Teams knows none. */
export const clickRows = (rows: number, mails: number, start: bigint, days: bigint): string => `
  WITH numbered AS (SELECT i, (i * (${mails}::DOUBLE / ${rows}))::BIGINT AS newest FROM range(${rows}) r(i)),
  clicked AS (SELECT *, greatest(newest - ${draw(40, 150_000)}, 0) AS n FROM numbered)
  SELECT i, n - (n % 5 = 4)::INT AS m, ${draw(41, 20)} = 0 AS in_teams,
    ${start} + (newest * (${days * TICKS_PER_DAY}::DOUBLE / ${mails}))::BIGINT + ${draw(42, TICKS_PER_HOUR / 6n)} AS ticks
  FROM clicked`;

export const clickColumns: Readonly<Record<string, string>> = {
  Timestamp: 'ticks',
  Url: `'https://site' || ${draw(43, 30_000)} || '.example/path/' || ${draw(44, 1_000_000)}`,
  ActionType: pick(45, ['ClickAllowed', 'ClickAllowed', 'ClickAllowed', 'ClickBlocked', 'UrlScanInProgress']),
  AccountUpn: `'person' || ${draw(46, 50_000)} || '@contoso.com'`,
  Workload: `CASE WHEN in_teams THEN 'Teams' ELSE 'Email' END`,
  NetworkMessageId: `CASE WHEN in_teams THEN '' ELSE ${guid(9, 'm')} END`,
  IPAddress: `'198.51.100.' || ${draw(47, 254)}`,
  IsClickedThrough: `${draw(48, 4)} = 0`,
  ReportId: guid(49),
};

/** What messages carry, numbered by `i`, in the order of the mail: a message may carry several, and many carry none. */
export const carriedRows = (rows: number, mails: number, start: bigint, days: bigint): string => `
  WITH numbered AS (SELECT i, ((i - i % 3) * (${mails}::DOUBLE / ${rows}))::BIGINT AS n FROM range(${rows}) r(i)),
  carried AS (SELECT i, n - (n % 5 = 4)::INT AS m FROM numbered)
  SELECT i, m, ${start} + (m * (${days * TICKS_PER_DAY}::DOUBLE / ${mails}))::BIGINT + ${draw(1, TICKS_PER_HOUR / 6n, 'm')} AS ticks,
    (power(${draw(2, 1_000_000, 'm')} / 1e6, 3) * 400000)::BIGINT AS sender
  FROM carried`;

export const urlColumns: Readonly<Record<string, string>> = {
  Timestamp: 'ticks',
  NetworkMessageId: guid(9, 'm'),
  Url: `'https://site' || ${draw(50, 30_000)} || '.example/path/' || ${draw(51, 1_000_000)}`,
  UrlDomain: `'site' || ${draw(50, 30_000)} || '.example'`,
  UrlLocation: pick(52, [...new Array(8).fill('Body'), 'Attachment', 'QRCode']),
  ReportId: guid(53),
};

const fileTypes = ['pdf', 'pdf', 'docx', 'xlsx', 'png', 'png', 'zip', 'html'];

export const fileColumns: Readonly<Record<string, string>> = {
  Timestamp: 'ticks',
  NetworkMessageId: guid(9, 'm'),
  SenderFromAddress: `'user' || sender || '@sender' || (sender % 20000) || '.example'`,
  FileName: `'File ' || ${draw(54, 200_000)} || '.' || ${pick(55, fileTypes)}`,
  FileType: pick(55, fileTypes),
  FileExtension: pick(55, fileTypes),
  SHA256: `md5('60:' || ${draw(54, 200_000)}) || md5('61:' || ${draw(54, 200_000)})`,
  FileSize: `1000 + ${draw(56, 3_000_000)}`,
  ThreatTypes: sometimes(57, 2, pick(58, ['Phish', 'Malware'])),
  ReportId: guid(59),
};
