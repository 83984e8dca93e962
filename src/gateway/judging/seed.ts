import { type Reputation, recall } from '../../policy/index.ts';
import type { Answering } from '../../rules/index.ts';
import { formatDatetime } from '../../values/index.ts';
import type { Acquaintances } from './acquaintances.ts';
import type { DeferredDeliveries } from './deferred-deliveries.ts';

/** What was put off last, and has not come again; senders give up after four or five days (RFC 5321 section 4.5.4.1). */
const PUT_OFF = `EmailEvents
| where Timestamp >= max_of(from, ago(5d)) and AdditionalFields has "AttemptId"
| extend Gate = parse_json(AdditionalFields).Gate
| extend AttemptId = tostring(Gate.AttemptId), Answer = tostring(Gate.Answer)
| where AttemptId != ""
| summarize arg_max(Timestamp, NetworkMessageId, Answer) by AttemptId
| where Answer startswith "4"
| project NetworkMessageId, AttemptId, Code = toint(substring(Answer, 0, 3))`;

/** Who wrote to whom, and was proved: a forgery that was let in makes nobody known. */
const PAIRS = `EmailEvents
| where Timestamp >= from and EmailDirection == "Inbound" and SenderFromAddress != ""
| where DeliveryAction != "Blocked"
| where AuthenticationDetails has 'DMARC":"pass' or AuthenticationDetails has 'CompAuth":"pass'
| distinct Author = tolower(SenderFromAddress), Recipient = tolower(RecipientEmailAddress)`;

const DECLARED = 'declare query_parameters(from:datetime);\n';

/** What the memory of a gate is filled from. */
export interface Seeding {
  readonly store: Answering;
  /** Datetime ticks. */
  readonly now: bigint;
  /** Datetime ticks: mail before it is not looked at. */
  readonly from: bigint;
  readonly signal: AbortSignal;
}

/** What a gate remembers of mail that it has seen. */
export interface GateMemory {
  readonly acquaintances: Acquaintances;
  readonly reputation: Reputation;
  readonly deferred: DeferredDeliveries;
}

/**
 * Fills the memory of a gate with what the store knows of the past.
 *
 * @throws MailhuntError KQL…, CLI0002 where the store does not answer: then the memory stays as it is, and says less
 */
export async function seed({ acquaintances, reputation, deferred }: GateMemory, seeding: Seeding): Promise<void> {
  for await (const [id, attemptId, code] of rowsOf<[string, string, number]>(PUT_OFF, seeding))
    deferred.recall({ id, attemptId }, code);
  for await (const [author, recipient] of rowsOf<[string, string]>(PAIRS, seeding))
    acquaintances.note([author], [recipient]);
  acquaintances.seeded();
  await recall(reputation, seeding.from, seeding.now, seeding);
}

async function* rowsOf<T>(query: string, { store, now, from, signal }: Seeding): AsyncGenerator<T> {
  const parameters = { from: `datetime(${formatDatetime(from)})` };
  const answer = await store.query(DECLARED + query, { now, parameters, signal });
  for (const { blocks } of answer.tables) {
    for await (const block of blocks) {
      signal.throwIfAborted();
      for (const text of block) yield JSON.parse(text) as T;
    }
  }
}
