import type { Resolver } from '../mail/index.ts';
import { Reputation } from '../policy/index.ts';
import { MessageCounts } from './control/index.ts';
import type { Gate } from './gate.ts';
import { type GateFolder, openGateFolder } from './gate-folder.ts';
import { answerControl, type HouseControlParts } from './house-control.ts';
import { type DecisionJournal, type Entry, type GateStore, type Journalling, startDrain } from './journal/index.ts';
import {
  Acquaintances,
  DeferredDeliveries,
  type GateOptions,
  gateTimes,
  type HearingSetup,
  hearingsHere,
  hearingsInThreads,
  openGate,
  type Seeding,
  seed,
} from './judging/index.ts';
import type { Quarantine, QuarantineLimits } from './quarantine/index.ts';

/** How a gate is opened with all that stands behind it. */
export interface GateHouseOptions
  extends Pick<GateOptions, 'inForce' | 'isDnsAlive' | 'rulingTime' | 'onTrouble' | 'notice' | 'refusals' | 'observe'>,
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
  /** Milliseconds, from any start, by a clock that never leaps. @default performance.now */
  readonly clock?: () => number;
  /** How much the quarantine holds. @default {@link quarantineLimits} */
  readonly quarantineLimits?: QuarantineLimits;
  /** Bytes of decisions that may wait for the store. */
  readonly journalLimit?: number;
  /** Where released messages go; without it none can be released. */
  readonly release?: HouseControlParts['release'];
}

/** A gate, its journal on the way into the store, and its quarantine. */
export interface GateHouse extends AsyncDisposable {
  readonly gate: Gate;
  readonly quarantine: Quarantine;
  /** Bytes of decisions that the store does not have yet. */
  readonly waiting: number;
  /** Whether there is room for more of them. */
  readonly hasRoom: boolean;
  /** Whether the store failed when it was last needed. */
  readonly isStoreAway: boolean;
  /** Fills the memory of who has been seen; until then the gate says of no contact that it is the first. */
  seed(from: Seeding): Promise<void>;
  /** Resolves when all that was recorded before is in the store. */
  drained(): Promise<void>;
}

/** Milliseconds for which it is believed that DNS is dead, or alive: while it is dead, every look takes seconds. */
const DNS_LOOK = 5000;
/** Milliseconds between two looks for messages whose time in quarantine is over. */
const PURGE = 60_000;

/**
 * Opens a gate with all that stands behind it.
 *
 * @throws MailhuntError GATE0015 where another process has the folder, STORE0003 where the disk is full
 * @example await using house = await openGateHouse({ folder: join(store, 'gate'), connect: () => openSession(call), … });
 */
export async function openGateHouse(options: GateHouseOptions): Promise<GateHouse> {
  const { connect, now, notice } = options;
  let opened: GateFolder | undefined;
  const memory = {
    reputation: new Reputation(),
    acquaintances: new Acquaintances(),
    deferred: new DeferredDeliveries((id) => opened?.quarantine.knows(id) ?? false),
  };
  const onWaiting = ({ id, told }: Entry): void => {
    if (told?.attemptId === undefined) return;
    memory.deferred.recall({ id, attemptId: told.attemptId }, Number(told.answer.slice(0, 3)));
  };
  opened = await openGateFolder({ ...options, onWaiting });
  const { journal, quarantine } = opened;
  const onTrouble = (error: unknown): void => {
    if (error !== undefined) notice(error instanceof Error ? error : new Error(String(error)));
  };
  const drain = startDrain(journal, { connect, quarantine: (entry) => quarantine.take(entry), onTrouble });
  const { judge, stamping, rows, keepMessages, dnsTime = gateTimes.dns, resolver, threads = 1, loops } = options;
  const setup = { judge, stamping, rows, keepMessages, dnsTime, ...(loops && { loops }) };
  const hearings = threads === 0 ? hearingsHere(setup, resolver) : hearingsInThreads(setup, resolver, threads);
  // What a first message waits for a thread that still loads would be taken from its ruling's time.
  await hearings.ready?.();
  const isDnsAlive = rememberedFor(DNS_LOOK, options.isDnsAlive, now);
  const counts = new MessageCounts();
  const gate = openGate({
    ...options,
    ...memory,
    hearings,
    isDnsAlive,
    acceptedDomains: judge.acceptedDomains,
    keeping: quarantine,
    journal: intoQuarantine(journal, { quarantine, counts, onTrouble }),
  });
  const control = answerControl({ ...options, folder: opened, drain, counts, isDnsAlive });
  const purging = keepPurging(quarantine, onTrouble);
  return {
    gate,
    quarantine,
    get waiting() {
      return journal.size;
    },
    get hasRoom() {
      return journal.hasRoom;
    },
    get isStoreAway() {
      return drain.isStoreAway;
    },
    seed: (from) => seed(memory, from),
    drained: () => drain.drained(),
    [Symbol.asyncDispose]: async () => {
      // What is asked and what is judged comes to its end before what writes it down.
      await control.stop();
      await hearings[Symbol.asyncDispose]();
      await purging.stop();
      for (const part of [drain, opened]) await part[Symbol.asyncDispose]();
    },
  };
}

/** Removes from quarantine what has been there for its time, now and ever again. */
function keepPurging(quarantine: Quarantine, onTrouble: (error: unknown) => void) {
  let last: Promise<unknown> = Promise.resolve();
  const purge = (): void => {
    last = last.then(() => quarantine.purge()).catch(onTrouble);
  };
  purge();
  const timer = setInterval(purge, PURGE).unref();
  return {
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await last;
    },
  };
}

/** What is kept here can be listed and released at once, wherever the store is; the drain takes it in again after a kill. */
const intoQuarantine = (
  journal: DecisionJournal,
  {
    quarantine,
    counts,
    onTrouble,
  }: {
    readonly quarantine: Quarantine;
    readonly counts: MessageCounts;
    readonly onTrouble: (error: unknown) => void;
  },
): Journalling => ({
  get hasRoom() {
    return journal.hasRoom;
  },
  record: async (entry) => {
    const isKept = entry.kept?.as === 'quarantined';
    if (isKept) quarantine.reserve(entry);
    try {
      await journal.record(entry);
    } catch (error) {
      if (isKept) quarantine.giveBack(entry.id);
      throw error;
    }
    counts.note(entry);
    if (isKept) quarantine.take(entry).catch(onTrouble);
  },
});

/** Asks once for all who ask at about the same time. */
function rememberedFor<T>(milliseconds: number, ask: () => Promise<T>, now: () => number): () => Promise<T> {
  let last: { readonly answer: Promise<T>; readonly at: number } | undefined;
  return () => {
    const at = now();
    // A clock that is set back would keep an answer for as long.
    if (last === undefined || at - last.at > milliseconds || at < last.at) last = { answer: ask(), at };
    return last.answer;
  };
}
