import { type Evidence, hostNetworkOf, kqlText } from '../../evidence/index.ts';
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

/** Texts on a line, where they are more than it shows. */
const ON_LINE = 2;

function list(texts: readonly string[]): string {
  const named = texts.slice(0, MOST).map(kqlText);
  if (named.length <= ON_LINE) return `dynamic([${named.join(', ')}])`;
  const lines = named.flatMap((_, i) => (i % ON_LINE === 0 ? [`    ${named.slice(i, i + ON_LINE).join(', ')}`] : []));
  return `dynamic([\n${lines.join(',\n')}])`;
}

const members = ({ message, campaign }: Evidence): readonly string[] => [
  message.networkMessageId,
  ...campaign.members.map(({ networkMessageId }) => networkMessageId),
];

/** Copies of the message and its kin that are still in a mailbox. */
export const stillThereQuery = ({ evidence }: Situation): string =>
  `EmailEvents
| where NetworkMessageId in (${list(members(evidence))})
| where LatestDeliveryLocation !in ("Quarantine", "Deleted items", "Failed", "Dropped")
| project Timestamp, NetworkMessageId, RecipientEmailAddress, Subject,
    DeliveryLocation, LatestDeliveryLocation`;

/** Clicks on the message's hosts, whatever message they stood in. */
export function clicksQuery({ evidence: { message } }: Situation): string {
  const hosts = [...new Set(message.urls.map(({ domain }) => domain.toLowerCase()))].filter(Boolean);
  return `let hosts = ${list(hosts)};
UrlClickEvents
| where Timestamp >= datetime(${dayOf(message.at)})
| where Url has_any (hosts)
| project Timestamp, AccountUpn, Url, ActionType, IsClickedThrough,
    IPAddress, NetworkMessageId
| order by Timestamp asc`;
}

/** More of its kind: the same author from the same source, the same links, the same files. */
export function campaignQuery({ evidence: { message } }: Situation): string {
  const hosts = [...new Set(message.urls.map(({ domain }) => domain.toLowerCase()))].filter(Boolean);
  const hashes = message.attachments.map(({ sha256 }) => sha256).filter(Boolean);
  const ways = [
    { name: 'hosts', texts: hosts, found: 'EmailUrlInfo | where UrlDomain in~ (hosts)' },
    { name: 'hashes', texts: hashes, found: 'EmailAttachmentInfo | where SHA256 in~ (hashes)' },
  ].filter(({ texts }) => texts.length > 0);
  const named = ways.map(({ name, texts }) => `let ${name} = ${list(texts)};\n`).join('');
  const union = ways.map(({ found }) => `    (${found} | project NetworkMessageId)`).join(',\n');
  const kin = ways.length === 0 ? '' : `${named}let kin = union\n${union};\n`;
  const ofSource = `${fromHost(message.senderIp)} and SenderFromDomain =~ ${kqlText(message.senderFromDomain)}`;
  return `${kin}EmailEvents
| where (${ofSource})${ways.length === 0 ? '' : '\n    or NetworkMessageId in (kin)'}
| summarize Recipients = dcount(RecipientEmailAddress), First = min(Timestamp),
    Last = max(Timestamp), Subjects = make_set(Subject, 5)
    by SenderFromAddress, Client = coalesce(SenderIPv4, SenderIPv6), DeliveryAction
| order by Recipients desc`;
}

/** Of IPv6 a host has its whole /64. */
function fromHost(ip: string): string {
  const network = ip.includes(':') ? hostNetworkOf(ip) : undefined;
  return network === undefined
    ? `SenderIPv4 == ${kqlText(ip)}`
    : `isnotempty(SenderIPv6) and ipv6_is_in_range(SenderIPv6, ${kqlText(network)})`;
}

/** Sign-ins of those who clicked, since the message came. */
export function signInQuery({ evidence }: Situation): string {
  const who =
    accounts(evidence).length > 0 ? accounts(evidence) : evidence.message.recipients.map(({ address }) => address);
  return `EntraIdSignInEvents
| where Timestamp >= datetime(${dayOf(evidence.message.at)})
| where AccountUpn in~ (${list(who)})
| project Timestamp, AccountUpn, IPAddress, Country, Application,
    ErrorCode, RiskLevelDuringSignIn
| order by Timestamp asc`;
}

/** What came without a verdict on the same day. */
export const temperrorQuery = ({ evidence: { message } }: Situation): string =>
  `EmailEvents
| where Timestamp between (datetime(${dayOf(message.at)}) .. 1d)
| extend Checks = parse_json(AuthenticationDetails)
| lookup kind=leftouter (EmailAuthentication | where Method == "ARC" | project NetworkMessageId, ARC = Result) on NetworkMessageId
| where tostring(Checks.DMARC) =~ "temperror" or tostring(Checks.SPF) =~ "temperror" or ARC == "temperror"
| project Timestamp, SenderFromAddress, SenderIPv4, RecipientEmailAddress, Subject,
    DeliveryAction, AuthenticationDetails`;

const dayOf = (iso: string): string => (/^\d{4}-\d{2}-\d{2}/.test(iso) ? iso.slice(0, 10) : '1970-01-01');
