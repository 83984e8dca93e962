import { wordsOfDetails } from '../../mail/index.ts';
import type { Answering } from '../../rules/index.ts';
import { formatDatetime } from '../../values/index.ts';
import { arrivalOf } from './arrival-of.ts';
import type { Reputation } from './reputation.ts';

const DAY = 864_000_000_000n;

/** Days of mail that make somebody known before the mail that is asked about. */
export const REMEMBERED = 90n * DAY;
/** Ticks of mail that one query reads. */
const AT_ONCE = 30n * DAY;

/** Messages that count alike: on one day, of one author domain, with the same verdict, from the same carriers. */
const QUERY = `declare query_parameters(from:datetime, until:datetime);
let Checks = EmailAuthentication
| where Timestamp >= from and Timestamp < until and Method in ("SPF", "DKIM")
| summarize Passed = make_set_if(Domain, Result == "pass" and VerdictSource == "verified", 20), ClientKnown = take_any(ClientKnown)
    by NetworkMessageId;
EmailEvents
| where Timestamp >= from and Timestamp < until and EmailDirection == "Inbound"
| extend Addressed = strcat(tostring(To), " ", tostring(Cc))
| summarize Timestamp = min(Timestamp), Author = take_any(SenderFromDomain), AuthenticationDetails = take_any(AuthenticationDetails),
    MailFrom = take_any(SenderMailFromDomain), Ip = take_any(iff(isempty(SenderIPv4), SenderIPv6, SenderIPv4)),
    ByName = countif(Addressed !contains "@" or Addressed contains RecipientEmailAddress) by NetworkMessageId
| lookup kind=leftouter Checks on NetworkMessageId
| summarize Messages = count(), First = min(Timestamp)
    by Author, AuthenticationDetails, Passed = tostring(array_sort_asc(Passed)), MailFrom, Ip = iff(ClientKnown == "assumed", "", Ip),
    IsPassedOn = ByName == 0, Day = bin(Timestamp, 1d)
| project Author, AuthenticationDetails, Passed, MailFrom, Ip, IsPassedOn, Messages, First
| order by First asc`;

type Recalled = readonly [
  author: string,
  details: string,
  passed: string,
  mailFrom: string,
  ip: string,
  isPassedOn: boolean,
  messages: number | string,
  first: string,
];

/**
 * Tells a reputation of the mail of a time, so that who was known by then is known: a gate when it starts, a replay before
 * the mail that it replays.
 *
 * @param from datetime ticks, until: not after it
 * @throws MailhuntError KQL…, and the signal's reason
 * @example await recall(reputation, now - REMEMBERED, now, { store, now, signal });
 */
export async function recall(
  reputation: Reputation,
  from: bigint,
  until: bigint,
  { store, now, signal }: { readonly store: Answering; readonly now: bigint; readonly signal: AbortSignal },
): Promise<void> {
  for (let begin = from; begin < until; begin += AT_ONCE) {
    const end = begin + AT_ONCE < until ? begin + AT_ONCE : until;
    const parameters = { from: datetime(begin), until: datetime(end) };
    signal.throwIfAborted();
    const answer = await store.query(QUERY, { now, parameters, signal });
    for (const { blocks } of answer.tables) {
      for await (const block of blocks) {
        signal.throwIfAborted();
        for (const text of block) recallOne(reputation, JSON.parse(text) as Recalled);
      }
    }
  }
}

function recallOne(
  reputation: Reputation,
  [author, details, passed, mailFrom, ip, isPassedOn, messages, first]: Recalled,
): void {
  const arrival = arrivalOf({
    at: Date.parse(first),
    authorDomain: author,
    words: wordsOfDetails(details),
    passed: passed === '' ? [] : (JSON.parse(passed) as readonly string[]),
    mailFromDomain: mailFrom,
    clientIp: ip,
    isPassedOn,
  });
  reputation.recall(arrival, Number(messages));
}

const datetime = (ticks: bigint): string => `datetime(${formatDatetime(ticks)})`;
