import { wordsOfDetails } from '../../mail/index.ts';
import { isBag, type Row } from '../ask/row.ts';
import type {
  AttachmentFacts,
  AuthenticationWords,
  CheckFacts,
  HeaderFacts,
  MessageFacts,
  PostDeliveryFacts,
  RecipientFacts,
  UrlFacts,
} from '../message-facts.ts';
import type { MessageRows } from './message-rows.ts';

/**
 * One message, of all of its rows; undefined where `EmailEvents` has none of it. Several reports of one recipient count
 * once, the newest; what all rows of a message share is read from its first.
 */
export function messageFactsOf(rows: MessageRows, isKept: boolean): MessageFacts | undefined {
  const [first] = rows.EmailEvents;
  if (first === undefined) return undefined;
  const text = (column: string): string => firstText(rows.EmailEvents, column);
  return {
    networkMessageId: first.text('NetworkMessageId'),
    internetMessageId: text('InternetMessageId'),
    at: first.text('Timestamp'),
    subject: text('Subject'),
    senderFromAddress: text('SenderFromAddress'),
    senderFromDomain: text('SenderFromDomain').toLowerCase() || domainOf(text('SenderFromAddress')),
    senderDisplayName: text('SenderDisplayName'),
    senderMailFromAddress: text('SenderMailFromAddress'),
    senderMailFromDomain: text('SenderMailFromDomain').toLowerCase() || domainOf(text('SenderMailFromAddress')),
    senderIp: text('SenderIPv4') || text('SenderIPv6'),
    direction: text('EmailDirection'),
    recipients: recipientsOf(rows.EmailEvents),
    threatTypes: text('ThreatTypes'),
    detectionMethods: text('DetectionMethods'),
    confidence: text('ConfidenceLevel'),
    words: authenticationWords(text('AuthenticationDetails')),
    checks: rows.EmailAuthentication.map(checkOf),
    headers: rows.EmailHeaders[0] && headersOf(rows.EmailHeaders[0]),
    urls: distinct(rows.EmailUrlInfo.map(urlOf), ({ url, location }) => `${location} ${url}`),
    attachments: distinct(
      rows.EmailAttachmentInfo.map(attachmentOf),
      ({ sha256, fileName }) => `${sha256} ${fileName}`,
    ),
    postDelivery: rows.EmailPostDeliveryEvents.map(postDeliveryOf),
    isKept,
  };
}

/** The result words of a text of `AuthenticationDetails`; empty where it says nothing. */
export function authenticationWords(details: string): AuthenticationWords {
  const { spf = '', dkim = '', dmarc = '', compauth = '', action = '', reason = '' } = wordsOfDetails(details);
  return { spf, dkim, dmarc, compAuth: compauth, action, reason };
}

/** The domain of an address in lower case; empty where it is no address. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? '' : address.slice(at + 1).toLowerCase();
}

const firstText = (rows: readonly Row[], column: string): string =>
  rows.find((row) => row.text(column) !== '')?.text(column) ?? '';

/** Each once, the last of equals in the place of the first. */
const distinct = <T>(things: readonly T[], keyOf: (thing: T) => string): readonly T[] => [
  ...new Map(things.map((thing) => [keyOf(thing), thing])).values(),
];

const recipientsOf = (rows: readonly Row[]): readonly RecipientFacts[] =>
  distinct(rows.map(recipientOf), ({ address }) => address.toLowerCase());

function recipientOf(row: Row): RecipientFacts {
  const firstContact = row.number('IsFirstContact');
  return {
    address: row.text('RecipientEmailAddress'),
    objectId: row.text('RecipientObjectId'),
    at: row.text('Timestamp'),
    deliveryAction: row.text('DeliveryAction'),
    deliveryLocation: row.text('DeliveryLocation'),
    latestDeliveryAction: row.text('LatestDeliveryAction'),
    latestDeliveryLocation: row.text('LatestDeliveryLocation'),
    deliveryKnown: row.bag('AdditionalFields').DeliverySource === 'derived' ? 'derived' : 'source',
    isFirstContact: firstContact === undefined ? undefined : firstContact !== 0,
  };
}

const checkOf = (row: Row): CheckFacts => ({
  method: row.text('Method'),
  ordinal: row.number('Ordinal') ?? 0,
  result: row.text('Result'),
  reason: row.text('Reason'),
  reasonCode: row.text('ReasonCode'),
  domain: row.text('Domain'),
  organizationalDomain: row.text('OrganizationalDomain'),
  identity: row.text('Identity'),
  selector: row.text('Selector'),
  algorithm: row.text('Algorithm'),
  keyBits: row.number('KeyBits'),
  alignment: row.text('Alignment'),
  isAligned: row.flag('IsAligned'),
  recordDomain: row.text('RecordDomain'),
  record: row.text('Record'),
  policy: row.text('Policy'),
  action: row.text('Action'),
  clientIp: row.text('ClientIP'),
  helo: row.text('Helo'),
  clientKnown: row.text('ClientKnown'),
  verdictSource: row.text('VerdictSource'),
  receiver: row.text('Receiver'),
  checkedAt: row.text('CheckedAt'),
  details: row.bag('Details'),
});

const headersOf = (row: Row): HeaderFacts => ({
  from: row.text('From'),
  authorDomains: row.texts('FromDomains'),
  sender: row.text('Sender'),
  replyTo: row.text('ReplyTo'),
  replyToDomain: row.text('ReplyToDomain'),
  returnPath: row.text('ReturnPath'),
  inReplyTo: row.text('InReplyTo'),
  references: row.text('References').split(/\s+/).filter(Boolean),
  listId: row.text('ListId'),
  listUnsubscribe: row.text('ListUnsubscribe'),
  listPost: row.text('ListPost'),
  precedence: row.text('Precedence'),
  autoSubmitted: row.text('AutoSubmitted'),
  mailer: row.text('UserAgent'),
  hops: row.array('Hops').filter(isBag),
  fieldNames: row.text('HeaderNames').split(' ').filter(Boolean),
  problems: row.texts('Problems'),
  contentHash: row.text('ContentHash'),
  bodyShape: row.number('BodyShape'),
  sourceFile: row.text('SourceFile'),
});

const urlOf = (row: Row): UrlFacts => ({
  url: row.text('Url'),
  domain: row.text('UrlDomain').toLowerCase(),
  location: row.text('UrlLocation'),
});

const attachmentOf = (row: Row): AttachmentFacts => ({
  fileName: row.text('FileName'),
  fileType: row.text('FileType'),
  sha256: row.text('SHA256').toLowerCase(),
  size: row.number('FileSize'),
  threatTypes: row.text('ThreatTypes'),
});

const postDeliveryOf = (row: Row): PostDeliveryFacts => ({
  at: row.text('Timestamp'),
  recipient: row.text('RecipientEmailAddress'),
  action: row.text('Action'),
  actionType: row.text('ActionType'),
  actionTrigger: row.text('ActionTrigger'),
  actionResult: row.text('ActionResult'),
  deliveryLocation: row.text('DeliveryLocation'),
});
