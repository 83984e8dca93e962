import type { Scene } from './scene.ts';

/** Characters of a text that a query names. */
const LONGEST = 500;

/**
 * A text as a KQL string: its escapes are those of JSON, and characters beyond ASCII that could change how the query
 * reads are escaped as well.
 *
 * @example kqlText('say "hi"') // '"say \\"hi\\""'
 */
export const kqlText = (text: string): string =>
  JSON.stringify(text.slice(0, LONGEST).toWellFormed()).replaceAll(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const ofMessage = ({ message }: Scene): string => `where NetworkMessageId == ${kqlText(message.networkMessageId)}`;

/** The checks of the message, one by one. */
export const authenticationQuery = (scene: Scene): string =>
  scene.message.checks.length === 0
    ? `EmailEvents\n| ${ofMessage(scene)}\n| project Timestamp, SenderFromAddress, SenderMailFromAddress, SenderIPv4, AuthenticationDetails`
    : `EmailAuthentication\n| ${ofMessage(scene)}\n| project Method, Ordinal, Result, Reason, ReasonCode, Domain, Selector, Alignment, IsAligned, Policy, Action, Record`;

/** Who the message says that it is from, and who sent it. */
export const senderQuery = (scene: Scene): string =>
  `EmailEvents\n| ${ofMessage(scene)}\n| project Timestamp, SenderDisplayName, SenderFromAddress, SenderMailFromAddress, SenderIPv4, SenderIPv6, IsFirstContact`;

/** The headers of the message. */
export const headersQuery = (scene: Scene): string => `EmailHeaders\n| ${ofMessage(scene)}`;

/** How the author's domain authenticated before, by source. */
export const historyQuery = ({ message, author }: Scene): string =>
  `EmailEvents
| where Timestamp < datetime(${isoOf(message.at)}) and SenderFromDomain =~ ${kqlText(author)}
| extend Dmarc = tostring(parse_json(AuthenticationDetails).DMARC)
| summarize Messages = dcount(NetworkMessageId), First = min(Timestamp), Last = max(Timestamp) by SenderIPv4, SenderMailFromDomain, Dmarc
| order by Messages desc`;

/** What else came from the client. */
export const clientQuery = ({ message, clientIp }: Scene): string =>
  `EmailEvents
| where Timestamp < datetime(${isoOf(message.at)}) and (SenderIPv4 == ${kqlText(clientIp)} or SenderIPv6 == ${kqlText(clientIp)})
| extend Dmarc = tostring(parse_json(AuthenticationDetails).DMARC)
| summarize Messages = dcount(NetworkMessageId), First = min(Timestamp) by SenderFromDomain, Dmarc
| order by Messages desc`;

/** The links of the message. */
export const urlQuery = (scene: Scene): string =>
  `EmailUrlInfo\n| ${ofMessage(scene)}\n| project Url, UrlDomain, UrlLocation`;

/** The files of the message. */
export const attachmentQuery = (scene: Scene): string =>
  `EmailAttachmentInfo\n| ${ofMessage(scene)}\n| project FileName, FileType, SHA256, ThreatTypes`;

/** Who clicked. */
export const clickQuery = (scene: Scene): string =>
  `UrlClickEvents\n| ${ofMessage(scene)}\n| project Timestamp, AccountUpn, Url, ActionType, IsClickedThrough, IPAddress`;

/** What was done after the delivery. */
export const postDeliveryQuery = (scene: Scene): string =>
  `EmailPostDeliveryEvents\n| ${ofMessage(scene)}\n| project Timestamp, RecipientEmailAddress, Action, ActionType, ActionResult`;

/** What the receiver did with the message. */
export const handlingQuery = (scene: Scene): string =>
  `EmailEvents\n| ${ofMessage(scene)}\n| project DeliveryAction, DeliveryLocation, ThreatTypes, DetectionMethods, Connectors, OrgLevelAction, OrgLevelPolicy`;

const isoOf = (iso: string): string => (/^[\d:.TZ+-]{4,40}$/.test(iso) ? iso : '9999-12-31');
