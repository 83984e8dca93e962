import type { Answering } from '../../rules/index.ts';
import { formatDatetime, parseDatetime } from '../../values/index.ts';
import type { Reputation } from '../reputation/reputation.ts';
import { CELLS, MOST_CHECKS } from './stored-checks.ts';
import { headerColumns } from './stored-headers.ts';
import { type StoredMail, type StoredRow, storedMail } from './stored-item.ts';

/** With what stored mail is read again. */
export interface StoredMeans {
  readonly store: Answering;
  /** Datetime ticks. */
  readonly now: bigint;
  readonly signal: AbortSignal;
  readonly acceptedDomains: readonly string[];
  /** ARC sealers that the organisation trusts today. */
  readonly trustedSealers: readonly string[];
  /** What came before counts for what comes after: it is added to while the mail is read, in order of time. */
  readonly reputation: Reputation;
}

const DAY = 864_000_000_000n;

/** Mail is read in whole days of about so many rows: what is held does not grow with the store. */
const ROWS = 50_000;
const DAYS = `declare query_parameters(from:datetime, until:datetime);
EmailEvents
| where Timestamp >= from and Timestamp < until and EmailDirection == "Inbound"
| summarize Rows = count() by Day = bin(Timestamp, 1d)
| order by Day asc`;

/**
 * One row a message, with all that predicates ask. The checks become one list, so many cells each (make_list puts lists
 * together); their Details are read where nothing else tells. A message may be of one second in one table and of the next
 * in another.
 */
const QUERY = `declare query_parameters(from:datetime, until:datetime);
let Checks = EmailAuthentication
| where Timestamp >= from - 1h and Timestamp < until + 1h and Method != "DMARC-7489"
| summarize Checks = make_list(pack_array(Method, Ordinal, Result, Reason, ReasonCode, Domain, Identity, Selector, IsAligned == true, Policy, Action,
    iff(Method == "ARC" or VerdictSource == "received", tostring(Details), "")), ${MOST_CHECKS * CELLS}),
    VerdictSource = take_any(VerdictSource), ClientIP = take_any(ClientIP), ClientKnown = take_any(ClientKnown), Helo = take_any(Helo)
    by NetworkMessageId;
let Headers = EmailHeaders
| where Timestamp >= from - 1h and Timestamp < until + 1h
| project NetworkMessageId, FromDomains, HeaderNames, ${Object.values(headerColumns).join(', ')};
EmailEvents
| where Timestamp >= from and Timestamp < until and EmailDirection == "Inbound"
| summarize Timestamp = min(Timestamp), Recipients = make_set(RecipientEmailAddress, 1000), SenderFromAddress = take_any(SenderFromAddress),
    SenderFromDomain = take_any(SenderFromDomain), SenderMailFromAddress = take_any(SenderMailFromAddress),
    SenderMailFromDomain = take_any(SenderMailFromDomain), Ip = take_any(iff(isempty(SenderIPv4), SenderIPv6, SenderIPv4)),
    Subject = take_any(Subject), AuthenticationDetails = take_any(AuthenticationDetails), To = take_any(To), Cc = take_any(Cc),
    EmailSize = take_any(EmailSize), ConfidenceLevel = take_any(ConfidenceLevel), FirstContact = max(IsFirstContact),
    DeliveryAction = take_any(DeliveryAction), DeliveryLocation = take_any(DeliveryLocation) by NetworkMessageId
| lookup kind=leftouter Checks on NetworkMessageId
| lookup kind=leftouter Headers on NetworkMessageId
| order by Timestamp asc, NetworkMessageId asc`;

/**
 * The inbound mail of a time, as a policy sees it, oldest first, in blocks of a few thousand.
 *
 * @param from datetime ticks, until: not after it
 * @throws MailhuntError KQL…, and the signal's reason
 * @example for await (const mails of storedItems(from, now, means)) for (const { item } of mails) decide(policy, item, item.at);
 */
export async function* storedItems(
  from: bigint,
  until: bigint,
  means: StoredMeans,
): AsyncGenerator<readonly StoredMail[]> {
  for (const span of await spansOf(from, until, means)) yield* mailOf(span, means);
}

interface Span {
  readonly from: bigint;
  readonly until: bigint;
}

/** The days that have mail, small ones together. */
async function spansOf(from: bigint, until: bigint, means: StoredMeans): Promise<readonly Span[]> {
  const spans: (Span & { readonly rows: number })[] = [];
  for await (const { cells } of rowsOf(DAYS, { from, until }, means)) {
    const [day, count] = cells as readonly [string, number | string];
    const start = parseDatetime(day)!;
    const end = start + DAY < until ? start + DAY : until;
    const rows = Number(count);
    const last = spans.at(-1);
    if (last !== undefined && last.rows + rows <= ROWS)
      spans[spans.length - 1] = { ...last, until: end, rows: last.rows + rows };
    else spans.push({ from: start > from ? start : from, until: end, rows });
  }
  return spans;
}

/** Rows that are handed on together. */
const BLOCK = 2000;

async function* mailOf(span: Span, means: StoredMeans): AsyncGenerator<readonly StoredMail[]> {
  let block: StoredMail[] = [];
  for await (const { names, cells } of rowsOf(QUERY, span, means)) {
    block.push(storedMail(rowOf(names, cells), means));
    if (block.length < BLOCK) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}

async function* rowsOf(text: string, { from, until }: Span, { store, now, signal }: StoredMeans) {
  const parameters = { from: `datetime(${formatDatetime(from)})`, until: `datetime(${formatDatetime(until)})` };
  const answer = await store.query(text, { now, parameters, signal });
  for (const { columns, blocks } of answer.tables) {
    const names = columns.map(({ name }) => name);
    for await (const block of blocks) {
      signal.throwIfAborted();
      for (const row of block) yield { names, cells: JSON.parse(row) as readonly unknown[] };
    }
  }
}

function rowOf(names: readonly string[], cells: readonly unknown[]): StoredRow {
  const row: Record<string, unknown> = {};
  for (let at = 0; at < names.length; at += 1) row[names[at]!] = cells[at];
  return row as unknown as StoredRow;
}
