import { formatDatetime, unixMsFromTicks } from '../../values/index.ts';
import type { Decision } from '../decision.ts';
import { keptItem } from '../items/kept-item.ts';
import type { StoredMail } from '../items/stored-item.ts';
import { type StoredMeans, storedItems } from '../items/stored-items.ts';
import { kqlPredicatesOf } from '../items/stored-predicates.ts';
import type { MailItem } from '../mail-item.ts';
import type { Policy } from '../policy.ts';
import { REMEMBERED, recall } from '../reputation/recall.ts';
import { Reputation } from '../reputation/reputation.ts';
import { Differences } from './differences.ts';
import { type Looking, lookingOnce, withLooks } from './innocence.ts';
import { PolicyRun } from './policy-run.ts';
import type { Replay } from './simulation.ts';

/** A message and what each policy says to it, in the policies' order. */
export interface Decided {
  readonly item: MailItem;
  readonly decisions: readonly Decision[];
}

/** With what stored mail is replayed. */
export interface SimulationMeans extends Omit<StoredMeans, 'reputation' | 'predicates'> {
  /** The raw messages that the store keeps; without them what the tables do not hold stays unknown. */
  readonly kept?: {
    /** Those of the ids whose message is kept. */
    readonly ids: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
    readonly bytes: (id: string) => Promise<Buffer | undefined>;
  };
  /** Told after every block of rows: how many messages, and up to when (milliseconds since 1970). */
  readonly progress?: (messages: number, at: number) => void;
  /** Told every message, a block of rows at a time, in the order of time. */
  readonly told?: (block: readonly Decided[]) => Promise<void>;
  /** Without it nobody says which of the held mail looks innocent. */
  readonly looking?: Looking;
}

/**
 * Replays the inbound mail of a time against policies, each as it would be in Enforce today: what each rule would have
 * done, what SMTP would have answered, and whom it would have hurt; of the first two where they differ. The mail is read
 * once; who was known before it is asked for first.
 *
 * @param from datetime ticks, until: not after it
 * @throws MailhuntError KQL…, and the signal's reason
 * @example const { simulations: [simulation] } = await simulate([policy], from, now, means)
 */
export async function simulate(
  policies: readonly Policy[],
  from: bigint,
  until: bigint,
  means: SimulationMeans,
): Promise<Replay> {
  const runs = policies.map((policy) => new PolicyRun(policy, unixMsFromTicks(means.now)));
  const [first, second] = policies;
  const differences = second && new Differences();
  const reputation = new Reputation();
  await recall(reputation, from - REMEMBERED, from, means);
  const predicates = kqlPredicatesOf(policies);
  let messages = 0;
  for await (const mails of storedItems(from, until, { ...means, reputation, predicates })) {
    const decided = await decidedOf(mails, runs, means);
    for (const { item, decisions } of decided) differences?.add(item, decisions[0]!, decisions[1]!);
    await means.told?.(decided);
    messages += mails.length;
    means.progress?.(messages, mails.at(-1)?.item.at ?? 0);
  }
  const time = { from: formatDatetime(from), until: formatDatetime(until), messages };
  const looking = means.looking && lookingOnce(means.looking);
  const simulations = [];
  for (const run of runs) {
    const { simulation, groups } = run.result(time);
    simulations.push(
      looking === undefined
        ? simulation
        : { ...simulation, groups: await withLooks(run.policy, groups, until, means, looking) },
    );
  }
  return differences === undefined
    ? { simulations }
    : { simulations, comparison: differences.result(first!.name, second!.name) };
}

/** What the policies say to a block of mail: by the rows, and where these leave it open by the message itself. */
async function decidedOf(
  mails: readonly StoredMail[],
  runs: readonly PolicyRun[],
  { kept, signal }: SimulationMeans,
): Promise<readonly Decided[]> {
  const byRows = mails.map((mail) => runs.map((run) => run.decide(mail.item)));
  const isOpen = (mail: StoredMail, at: number): boolean => runs.some((run, i) => run.isOpen(mail, byRows[at]![i]!));
  const open = kept === undefined ? [] : mails.filter(isOpen).map(({ item }) => item.id);
  const there = open.length === 0 ? undefined : await kept?.ids(open);
  const found: Decided[] = [];
  for (const [at, mail] of mails.entries()) {
    signal.throwIfAborted();
    const bytes = there?.has(mail.item.id) ? await kept?.bytes(mail.item.id) : undefined;
    const item = bytes === undefined ? mail.item : keptItem(mail.item, bytes);
    const decisions = bytes === undefined ? byRows[at]! : runs.map((run) => run.decide(item));
    for (const [i, run] of runs.entries()) run.count({ ...mail, item }, decisions[i]!, bytes !== undefined);
    found.push({ item, decisions });
  }
  return found;
}
