import type { Answering } from '../../rules/index.ts';
import { formatDatetime, parseDatetime } from '../../values/index.ts';
import type { RowPredicate } from '../kql/row-predicate.ts';
import type { Reputation } from '../reputation/reputation.ts';
import { CELLS, MOST_CHECKS } from './stored-checks.ts';
import { headerColumns } from './stored-headers.ts';
import { type StoredMail, type StoredRow, storedMail } from './stored-item.ts';
import { kqlAnswers, kqlParts } from './stored-predicates.ts';

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
  /** KQL predicates that will be asked, see `kqlPredicatesOf`; of others it is not known whether they hold. */
  readonly predicates?: readonly RowPredicate[];
}

const HOUR = 36_000_000_000n;

/** Mail is read in whole hours of about so many rows: what is held does not grow with the store. */
const ROWS = 50_000;
const HOURS = `declare query_parameters(from:datetime, until:datetime);
EmailEvents
| where Timestamp >= from and Timestamp < until and EmailDirection == "Inbound"
| summarize Rows = count() by Hour = bin(Timestamp, 1h)
| order by Hour asc`;

/**
 * One row a message, with all that predicates ask. The checks become one list, so many cells each (make_list puts lists
 * together); their Details are read where nothing else tells. A message may be of one second in one table and of the next
 * in another. KQL predicates are columns of it, so that the database answers them.
 */
function queryFor(predicates: readonly RowPredicate[]): string {
  const { lets, rows, aggregates } = kqlParts(predicates);
  return `declare query_parameters(from:datetime, until:datetime);
${lets}let Checks = EmailAuthentication
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
${rows}| summarize Timestamp = min(Timestamp), Recipients = make_set(RecipientEmailAddress, 1000), SenderFromAddress = take_any(SenderFromAddress),
    SenderFromDomain = take_any(SenderFromDomain), SenderMailFromAddress = take_any(SenderMailFromAddress),
    SenderMailFromDomain = take_any(SenderMailFromDomain), Ip = take_any(iff(isempty(SenderIPv4), SenderIPv6, SenderIPv4)),
    Subject = take_any(Subject), AuthenticationDetails = take_any(AuthenticationDetails), To = take_any(To), Cc = take_any(Cc),
    EmailSize = take_any(EmailSize), ConfidenceLevel = take_any(ConfidenceLevel), FirstContact = max(IsFirstContact),
    DeliveryAction = take_any(DeliveryAction), DeliveryLocation = take_any(DeliveryLocation)${aggregates}
    by NetworkMessageId
| lookup kind=leftouter Checks on NetworkMessageId
| lookup kind=leftouter Headers on NetworkMessageId
| order by Timestamp asc, NetworkMessageId asc`;
}

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

/** The hours that have mail, small ones together. */
async function spansOf(from: bigint, until: bigint, means: StoredMeans): Promise<readonly Span[]> {
  const spans: (Span & { readonly rows: number })[] = [];
  for await (const { cells } of rowsOf(HOURS, { from, until }, means)) {
    const [hour, count] = cells as readonly [string, number | string];
    const start = parseDatetime(hour)!;
    const end = start + HOUR < until ? start + HOUR : until;
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
  const predicates = means.predicates ?? [];
  const answersOf = kqlAnswers(predicates);
  let block: StoredMail[] = [];
  for await (const { cells, rowOf } of rowsOf(queryFor(predicates), span, means)) {
    const row = rowOf(cells);
    block.push(storedMail(row, means, answersOf(row)));
    if (block.length < BLOCK) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}

async function* rowsOf(text: string, { from, until }: Span, { store, now, signal }: StoredMeans) {
  const parameters = { from: `datetime(${formatDatetime(from)})`, until: `datetime(${formatDatetime(until)})` };
  // The compiler is not to be stopped, and takes a second when it is cold.
  signal.throwIfAborted();
  const answer = await store.query(text, { now, parameters, signal });
  for (const { columns, blocks } of answer.tables) {
    const rowOf = rowMaker(columns.map(({ name }) => name));
    for await (const block of blocks) {
      signal.throwIfAborted();
      for (const row of block) yield { cells: JSON.parse(row) as readonly unknown[], rowOf };
    }
  }
}

/** Makes rows of cells: all begin as copies of one, for objects that grow name by name cost a tenth of a replay. */
function rowMaker(names: readonly string[]): (cells: readonly unknown[]) => StoredRow {
  const empty: Readonly<Record<string, unknown>> = Object.fromEntries(names.map((name) => [name, null]));
  return (cells) => {
    const row = { ...empty };
    for (let at = 0; at < names.length; at += 1) row[names[at]!] = cells[at];
    return row as unknown as StoredRow;
  };
}
