/** How a tile shows what its query gives. */
export type TileView = 'chart' | 'table' | 'figures';

/** A tile of the page Trends: a question, and the KQL that answers it, which opens in Hunt as it stands. */
export interface Tile {
  readonly id: string;
  readonly title: string;
  /** What to read out of it, one sentence. */
  readonly note: string;
  readonly view: TileView;
  /** As wide as the page, or half of it. */
  readonly wide?: boolean;
  /** `days` is how far back the page looks. */
  readonly kql: (days: number) => string;
}

/** DMARC of Defender's JSON, in lower case; `none` where the column says nothing. */
const withResult = (check: string): string =>
  `| extend ${check} = tolower(tostring(parse_json(AuthenticationDetails).${check}))
| extend ${check} = iff(isempty(${check}), "unknown", ${check})`;

const daily = (check: string, days: number): string => `EmailEvents
| where Timestamp > ago(${days}d) and EmailDirection == "Inbound"
${withResult(check)}
| summarize Messages = dcount(NetworkMessageId) by bin(Timestamp, 1d), ${check}
| order by iff(${check} == "fail", 0, 1) asc, ${check} asc, Timestamp asc
| render columnchart with (kind=stacked, title="${check} of inbound mail", xcolumn=Timestamp, series=${check}, ycolumns=Messages)`;

const failing = (days: number): string => `EmailEvents
| where Timestamp > ago(${days}d) and EmailDirection == "Inbound"
| where tolower(tostring(parse_json(AuthenticationDetails).DMARC)) == "fail"`;

const clicks = (days: number): string => `UrlClickEvents
  | where Timestamp > ago(${days}d) and isnotempty(NetworkMessageId)
  | where ActionType == "ClickAllowed" or IsClickedThrough`;

/** Everything on the page, in its order. Each is run over the demo store by the tests. */
export const tiles: readonly Tile[] = [
  {
    id: 'figures',
    title: 'What failed, and how far it got',
    note: 'Inbound mail that failed DMARC: how much of it was delivered, and whose links were clicked.',
    view: 'figures',
    wide: true,
    kql: (days) => `let clicked = ${clicks(days)}
  | distinct NetworkMessageId;
EmailEvents
| where Timestamp > ago(${days}d) and EmailDirection == "Inbound"
| extend Failed = tolower(tostring(parse_json(AuthenticationDetails).DMARC)) == "fail"
| extend Delivered = DeliveryAction == "Delivered"
| summarize Inbound = dcount(NetworkMessageId),
            ["Failed DMARC"] = dcountif(NetworkMessageId, Failed),
            ["Failed and delivered"] = dcountif(NetworkMessageId, Failed and Delivered),
            ["Failed, delivered and clicked"] = dcountif(NetworkMessageId, Failed and Delivered and NetworkMessageId in (clicked)),
            ["Owner asked for reject"] = dcountif(NetworkMessageId, Failed and AuthenticationDetails has "oreject")`,
  },
  {
    id: 'dmarc',
    title: 'DMARC by day',
    note: 'A new band of failures is a campaign, or a sender whose set-up broke.',
    view: 'chart',
    wide: true,
    kql: (days) => daily('DMARC', days),
  },
  {
    id: 'spf',
    title: 'SPF by day',
    note: 'Softfail and fail that rise together with one sender are a host that its record forgot.',
    view: 'chart',
    kql: (days) => daily('SPF', days),
  },
  {
    id: 'dkim',
    title: 'DKIM by day',
    note: 'Failures of a domain that used to pass: a rotated key, or mail changed on its way.',
    view: 'chart',
    kql: (days) => daily('DKIM', days),
  },
  {
    id: 'senders',
    title: 'Top failing senders',
    note: 'By messages; many recipients and few messages is a wave, many messages to few is a system.',
    view: 'table',
    wide: true,
    kql: (days) => `let clicked = ${clicks(days)}
  | distinct NetworkMessageId;
${failing(days)}
| summarize Messages = dcount(NetworkMessageId),
            Recipients = dcount(RecipientEmailAddress),
            Delivered = dcountif(NetworkMessageId, DeliveryAction == "Delivered"),
            Clicked = dcountif(NetworkMessageId, NetworkMessageId in (clicked)),
            Sources = dcount(SenderIPv4),
            FirstSeen = min(Timestamp),
            LastSeen = max(Timestamp)
          by SenderFromDomain
| top 15 by Messages`,
  },
  {
    id: 'delivered',
    title: 'Failed and delivered by day',
    note: 'Mail that failed DMARC and reached a mailbox all the same, by where it is now.',
    view: 'chart',
    kql: (days) => `${failing(days)}
| extend Where = iff(isempty(LatestDeliveryLocation), DeliveryLocation, LatestDeliveryLocation)
| summarize Messages = dcount(NetworkMessageId) by bin(Timestamp, 1d), Where
| order by Where asc, Timestamp asc
| render columnchart with (kind=stacked, title="Where failing mail is", xcolumn=Timestamp, series=Where, ycolumns=Messages)`,
  },
  {
    id: 'clicked',
    title: 'Clicks on mail that failed',
    note: 'How long after its delivery a link was clicked: what came within minutes nobody could purge.',
    view: 'table',
    kql: (days) => `${failing(days)}
| where DeliveryAction == "Delivered"
| project EmailTime = Timestamp, NetworkMessageId, SenderFromDomain, Subject, RecipientEmailAddress
| join kind=inner (${clicks(days)}
  | project ClickTime = Timestamp, NetworkMessageId, AccountUpn, Url) on NetworkMessageId
| where AccountUpn =~ RecipientEmailAddress
| extend MinutesAfter = toint((ClickTime - EmailTime) / 1m)
| project ClickTime, MinutesAfter, AccountUpn, SenderFromDomain, Subject
| top 15 by ClickTime`,
  },
  {
    id: 'readiness',
    title: 'Domains by readiness for p=reject',
    note: 'What a domain’s mail to you says of it: all aligned is ready; the rest would be lost, and its owner can mend it.',
    view: 'table',
    wide: true,
    kql: (days) => `EmailAuthentication
| where Timestamp > ago(${days}d) and Method == "DMARC"
| summarize Messages = dcount(NetworkMessageId),
            Aligned = dcountif(NetworkMessageId, Result == "pass"),
            Failing = dcountif(NetworkMessageId, Result == "fail"),
            TemporaryFailures = dcountif(NetworkMessageId, Result == "temperror"),
            Policy = take_anyif(Policy, isnotempty(Policy))
          by Domain
| extend AlignedPercent = round(100.0 * Aligned / Messages, 1)
| extend Readiness = case(
    isempty(Policy), "no DMARC record",
    Policy == "reject" and Failing == 0, "enforced, and nothing of it fails",
    Policy == "reject", "enforced: what fails is forged or lost",
    Failing == 0 and Messages >= 20, "ready for p=reject",
    Failing == 0, "too little mail to say",
    AlignedPercent >= 95, "nearly ready",
    "not ready")
| project Domain, Policy, Readiness, AlignedPercent, Messages, Aligned, Failing, TemporaryFailures
| order by Failing desc, Messages desc
| take 25`,
  },
  {
    id: 'reasons',
    title: 'Composite authentication by reason',
    note: 'Microsoft’s three digits: 000 an explicit failure, 001 an implicit one, 010 a failure in the name of your own domain; 1xx and 7xx pass.',
    view: 'table',
    kql: (days) => `EmailAuthentication
| where Timestamp > ago(${days}d) and Method == "CompAuth"
| summarize Messages = dcount(NetworkMessageId), LastSeen = max(Timestamp) by Result, ReasonCode, Reason
| top 12 by Messages`,
  },
  {
    id: 'own',
    title: 'Your own domains, written by others',
    note: 'Inbound mail from outside in the name of a domain that receives mail here, and fails.',
    view: 'table',
    kql: (days) => `let own = EmailEvents
  | where Timestamp > ago(${days}d) and EmailDirection in ("Outbound", "Intra-org")
  | distinct SenderFromDomain;
${failing(days)}
| where SenderFromDomain in~ (own)
| summarize Messages = dcount(NetworkMessageId),
            Delivered = dcountif(NetworkMessageId, DeliveryAction == "Delivered"),
            Recipients = dcount(RecipientEmailAddress)
          by SenderFromDomain, SenderIPv4
| top 12 by Messages`,
  },
];
