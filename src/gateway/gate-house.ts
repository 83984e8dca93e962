import { join } from 'node:path';
import type { Resolver } from '../mail/index.ts';
import { Reputation } from '../policy/index.ts';
import type { Gate } from './gate.ts';
import { DecisionJournal, type GateStore, type Journalling, startDrain } from './journal/index.ts';
import {
  Acquaintances,
  type GateOptions,
  gateTimes,
  type HearingSetup,
  hearingsHere,
  hearingsInThreads,
  openGate,
  type Seeding,
  seed,
} from './judging/index.ts';
import { Quarantine } from './quarantine/index.ts';

/** How a gate is opened with all that stands behind it. */
export interface GateHouseOptions
  extends Pick<GateOptions, 'inForce' | 'isDnsAlive' | 'rulingTime' | 'onTrouble' | 'notice'>,
    Omit<HearingSetup, 'dnsTime'> {
  /** Answers DNS, with a memory that all messages share. */
  readonly resolver: Resolver;
  /** Milliseconds for all of a message's questions to DNS together; what is not answered by then has failed. @default 10 000 */
  readonly dnsTime?: number;
  /** Threads that judge; 0 judges in this one. @default 1 */
  readonly threads?: number;
  /** The gate's own folder; one process holds it at a time. */
  readonly folder: string;
  /** Names this run: a UUID. */
  readonly run: string;
  /** Opens a way to the store, or throws where there is none now. */
  readonly connect: () => Promise<GateStore>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Bytes of decisions that may wait for the store. */
  readonly journalLimit?: number;
}

/** A gate, its journal on the way into the store, and its quarantine. */
export interface GateHouse extends AsyncDisposable {
  readonly gate: Gate;
  readonly quarantine: Quarantine;
  /** Bytes of decisions that the store does not have yet. */
  readonly waiting: number;
  /** Fills the memory of who has been seen; until then the gate says of no contact that it is the first. */
  seed(from: Seeding): Promise<void>;
  /** Resolves when all that was recorded before is in the store. */
  drained(): Promise<void>;
}

/** Milliseconds for which it is believed that DNS is dead, or alive: while it is dead, every look takes seconds. */
const DNS_LOOK = 5000;
/** Milliseconds between two looks for messages whose time in quarantine is over. */
const PURGE = 3_600_000;

/**
 * Opens a gate with all that stands behind it.
 *
 * @throws MailhuntError STORE0003 where the disk is full
 * @example await using house = await openGateHouse({ folder: join(store, 'gate'), connect: () => openSession(call), … });
 */
export async function openGateHouse(options: GateHouseOptions): Promise<GateHouse> {
  const { folder, run, connect, now, journalLimit: limit, notice } = options;
  const journal = await DecisionJournal.open(join(folder, 'journal'), { run, ...(limit !== undefined && { limit }) });
  const quarantine = await Quarantine.open(join(folder, 'quarantine'), { now, journal });
  for (const error of [...journal.notices, ...quarantine.notices]) notice(error);
  const onTrouble = (error: unknown): void => {
    if (error !== undefined) notice(error instanceof Error ? error : new Error(String(error)));
  };
  const drain = startDrain(journal, { connect, quarantine: (entry) => quarantine.take(entry), onTrouble });
  const memory = { reputation: new Reputation(), acquaintances: new Acquaintances() };
  const { judge, stamping, rows, keepMessages, dnsTime = gateTimes.dns, resolver, threads = 1 } = options;
  const setup = { judge, stamping, rows, keepMessages, dnsTime };
  const hearings = threads === 0 ? hearingsHere(setup, resolver) : hearingsInThreads(setup, resolver, threads);
  const gate = openGate({
    ...options,
    ...memory,
    hearings,
    isDnsAlive: rememberedFor(DNS_LOOK, options.isDnsAlive, now),
    acceptedDomains: judge.acceptedDomains,
    journal: intoQuarantine(journal, quarantine, onTrouble),
  });
  const timer = setInterval(() => void quarantine.purge().catch(onTrouble), PURGE).unref();
  return {
    gate,
    quarantine,
    get waiting() {
      return journal.size;
    },
    seed: (from) => seed(memory, from),
    drained: () => drain.drained(),
    [Symbol.asyncDispose]: () => close(timer, [hearings, drain, quarantine]),
  };
}

/** What is kept here can be listed and released at once, wherever the store is; the drain takes it in again after a kill. */
const intoQuarantine = (
  journal: DecisionJournal,
  quarantine: Quarantine,
  onTrouble: (error: unknown) => void,
): Journalling => ({
  get hasRoom() {
    return journal.hasRoom;
  },
  record: async (entry) => {
    await journal.record(entry);
    if (entry.kept?.as === 'quarantined') quarantine.take(entry).catch(onTrouble);
  },
});

async function close(timer: NodeJS.Timeout, parts: readonly AsyncDisposable[]): Promise<void> {
  clearInterval(timer);
  for (const part of parts) await part[Symbol.asyncDispose]();
}

/** Asks once for all who ask at about the same time. */
function rememberedFor<T>(milliseconds: number, ask: () => Promise<T>, now: () => number): () => Promise<T> {
  let last: { readonly answer: Promise<T>; readonly at: number } | undefined;
  return () => {
    if (last === undefined || now() - last.at > milliseconds) last = { answer: ask(), at: now() };
    return last.answer;
  };
}
