import { wordsOfDetails } from '../../mail/index.ts';
import type { Answering } from '../../rules/index.ts';
import { formatDatetime } from '../../values/index.ts';
import { arrivalOf } from './arrival-of.ts';
import type { Reputation } from './reputation.ts';

const DAY = 864_000_000_000n;

/** Days of mail that make somebody known before the mail that is asked about, and those that one query reads. */
const REMEMBERED = 90n * DAY;
const AT_ONCE = 30n * DAY;

/** Messages that count alike: of one author domain, with the same verdict, from the same carriers. */
const QUERY = `declare query_parameters(from:datetime, until:datetime);
let Checks = EmailAuthentication
| where Timestamp >= from and Timestamp < until and Method in ("SPF", "DKIM")
| summarize Passed = make_set_if(Domain, Result == "pass" and VerdictSource == "verified", 20), ClientKnown = take_any(ClientKnown)
    by NetworkMessageId;
EmailEvents
| where Timestamp >= from and Timestamp < until and EmailDirection == "Inbound"
| summarize Timestamp = min(Timestamp), Author = take_any(SenderFromDomain), AuthenticationDetails = take_any(AuthenticationDetails),
    Ip = take_any(iff(isempty(SenderIPv4), SenderIPv6, SenderIPv4)) by NetworkMessageId
| lookup kind=leftouter Checks on NetworkMessageId
| summarize Messages = count(), First = min(Timestamp)
    by Author, AuthenticationDetails, Passed = tostring(array_sort_asc(Passed)), Ip = iff(ClientKnown == "assumed", "", Ip)
| project Author, AuthenticationDetails, Passed, Ip, Messages, First
| order by First asc`;

type Recalled = readonly [
  author: string,
  details: string,
  passed: string,
  ip: string,
  messages: number | string,
  first: string,
];

/**
 * Tells a reputation of the mail before a moment, so that who was known by then is known: 90 days of it.
 *
 * @param until datetime ticks
 * @throws MailhuntError KQL…, and the signal's reason
 */
export async function recall(
  reputation: Reputation,
  until: bigint,
  { store, now, signal }: { readonly store: Answering; readonly now: bigint; readonly signal: AbortSignal },
): Promise<void> {
  for (let from = until - REMEMBERED; from < until; from += AT_ONCE) {
    const parameters = { from: datetime(from), until: datetime(from + AT_ONCE) };
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

function recallOne(reputation: Reputation, [author, details, passed, ip, messages, first]: Recalled): void {
  const { dmarc, compauth } = wordsOfDetails(details);
  const arrival = arrivalOf({
    at: Date.parse(first),
    authorDomain: author,
    isProved: dmarc === 'pass' || compauth === 'pass',
    passed: passed === '' ? [] : (JSON.parse(passed) as readonly string[]),
    clientIp: ip,
  });
  reputation.recall(arrival, Number(messages));
}

const datetime = (ticks: bigint): string => `datetime(${formatDatetime(ticks)})`;
