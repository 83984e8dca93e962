import { type Evidence, kqlText } from '../../evidence/index.ts';
import { isAddressText } from '../plain-text.ts';
import type { Situation } from './situation.ts';

/** Ids and hosts that a query names at most. */
const MOST = 100;

const GUID = /^[\da-f-]{8,64}$/i;
/** An id where it is one, for texts that are pasted elsewhere. */
export const idsOf = (id: string): readonly string[] => (GUID.test(id) ? [id] : []);

/** Accounts that clicked. */
export const accounts = ({ clicks }: Evidence): readonly string[] =>
  [...new Set(clicks.map(({ account }) => account))].filter(isAddressText).slice(0, MOST);

const list = (texts: readonly string[]): string => `dynamic([${texts.slice(0, MOST).map(kqlText).join(', ')}])`;

const members = ({ message, campaign }: Evidence): readonly string[] => [
  message.networkMessageId,
  ...campaign.members.map(({ networkMessageId }) => networkMessageId),
];

/** Copies of the message and its kin that are still in a mailbox. */
export const stillThereQuery = ({ evidence }: Situation): string =>
  `EmailEvents
| where NetworkMessageId in (${list(members(evidence))})
| where LatestDeliveryLocation !in ("Quarantine", "Deleted items", "Failed", "Dropped")
| project Timestamp, NetworkMessageId, RecipientEmailAddress, Subject, DeliveryLocation, LatestDeliveryLocation`;

/** Clicks on the message's hosts, whatever message they stood in. */
export function clicksQuery({ evidence: { message } }: Situation): string {
  const hosts = [...new Set(message.urls.map(({ domain }) => domain.toLowerCase()))].filter(Boolean);
  return `let hosts = ${list(hosts)};
UrlClickEvents
| where Timestamp >= datetime(${dayOf(message.at)})
| where Url has_any (hosts)
| project Timestamp, AccountUpn, Url, ActionType, IsClickedThrough, IPAddress, NetworkMessageId
| order by Timestamp asc`;
}

/** More of its kind: the same author from the same source, the same links, the same files. */
export function campaignQuery({ evidence: { message } }: Situation): string {
  const hosts = [...new Set(message.urls.map(({ domain }) => domain.toLowerCase()))].filter(Boolean);
  const hashes = message.attachments.map(({ sha256 }) => sha256).filter(Boolean);
  const ofLinks =
    hosts.length === 0 ? [] : [`    (EmailUrlInfo | where UrlDomain in~ (${list(hosts)}) | project NetworkMessageId)`];
  const ofFiles =
    hashes.length === 0
      ? []
      : [`    (EmailAttachmentInfo | where SHA256 in~ (${list(hashes)}) | project NetworkMessageId)`];
  const both = [...ofLinks, ...ofFiles];
  const ofSource = `SenderIPv4 == ${kqlText(message.senderIp)} and SenderFromDomain =~ ${kqlText(message.senderFromDomain)}`;
  const kin = both.length === 0 ? '' : `let kin = union\n${both.join(',\n')};\n`;
  return `${kin}EmailEvents
| where (${ofSource})${both.length === 0 ? '' : '\n    or NetworkMessageId in (kin)'}
| summarize Recipients = dcount(RecipientEmailAddress), First = min(Timestamp), Last = max(Timestamp), Subjects = make_set(Subject, 5)
    by SenderFromAddress, SenderIPv4, DeliveryAction
| order by Recipients desc`;
}

/** Sign-ins of those who clicked, since the message came. */
export function signInQuery({ evidence }: Situation): string {
  const who =
    accounts(evidence).length > 0 ? accounts(evidence) : evidence.message.recipients.map(({ address }) => address);
  return `EntraIdSignInEvents
| where Timestamp >= datetime(${dayOf(evidence.message.at)})
| where AccountUpn in~ (${list(who)})
| project Timestamp, AccountUpn, IPAddress, Country, Application, ErrorCode, RiskLevelDuringSignIn
| order by Timestamp asc`;
}

/** What came without a verdict on the same day. */
export const temperrorQuery = ({ evidence: { message } }: Situation): string =>
  `EmailEvents
| where Timestamp between (datetime(${dayOf(message.at)}) .. 1d)
| extend Checks = parse_json(AuthenticationDetails)
| where tostring(Checks.DMARC) =~ "temperror" or tostring(Checks.SPF) =~ "temperror"
| project Timestamp, SenderFromAddress, SenderIPv4, RecipientEmailAddress, Subject, DeliveryAction, AuthenticationDetails`;

const dayOf = (iso: string): string => (/^\d{4}-\d{2}-\d{2}/.test(iso) ? iso.slice(0, 10) : '1970-01-01');
