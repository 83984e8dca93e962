import type { Resolver } from '../mail/index.ts';
import { controlOf, type GateStatus, type MessageCounts } from './control/index.ts';
import type { Stamping } from './edits/index.ts';
import type { GateFolder } from './gate-folder.ts';
import { type Drain, isEmptied } from './journal/index.ts';
import { type PolicyInForce, within } from './judging/index.ts';
import { type ReleaseOptions, releaseTo } from './release/index.ts';

/** What the control of a running gate looks at. */
export interface HouseControlParts {
  readonly folder: Pick<GateFolder, 'server' | 'journal' | 'quarantine'>;
  readonly drain: Pick<Drain, 'isStoreAway' | 'drained'>;
  readonly counts: MessageCounts;
  readonly inForce: () => PolicyInForce;
  readonly isDnsAlive: () => Promise<boolean>;
  readonly stamping: Stamping;
  readonly resolver: Resolver;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Where released messages go; without it none can be released. */
  readonly release?: Pick<ReleaseOptions, 'target' | 'timeouts'> | undefined;
}

/** Milliseconds that who asks how things are waits for DNS. */
const DNS_WAIT = 3000;
/** Milliseconds that the store has to take what waits for it, where somebody waits for that. */
const EMPTYING = 20_000;
/** Milliseconds that a release has to come to its end when the gate stops. */
const RELEASE_GRACE = 10_000;

/**
 * Answers at the control socket of a gate that runs.
 *
 * @returns what ends it: nothing is asked any more, and what was asked has its answer
 */
export function answerControl(parts: HouseControlParts): { readonly stop: () => Promise<void> } {
  const { folder, release, stamping, resolver, now } = parts;
  const { server, quarantine } = folder;
  const stopping = new AbortController();
  const handOver = release && releaseTo({ ...release, stamping, resolver, now, signal: stopping.signal });
  const since = now();
  const status = (): Promise<GateStatus> => statusOf(parts, since);
  const emptyJournal = (): Promise<boolean> => isEmptied(folder.journal, parts.drain, EMPTYING);
  server.answer(controlOf({ quarantine, authservId: stamping.authservId, handOver, status, emptyJournal }));
  return {
    stop: async () => {
      const cut = setTimeout(() => stopping.abort(), RELEASE_GRACE).unref();
      await server.stop();
      clearTimeout(cut);
    },
  };
}

async function statusOf(parts: HouseControlParts, since: number): Promise<GateStatus> {
  const { folder, drain, counts, inForce, isDnsAlive } = parts;
  const { journal, quarantine } = folder;
  const { name, mode } = inForce().policy;
  return {
    pid: process.pid,
    since,
    policy: { name, mode },
    store: drain.isStoreAway ? 'away' : 'there',
    dns: await dnsWord(isDnsAlive),
    journal: { bytes: journal.size, hasRoom: journal.hasRoom },
    quarantine: quarantine.status,
    messages: counts.counts,
  };
}

/** While DNS is dead, finding out takes longer than somebody waits who asks how things are. */
const dnsWord = (isAlive: () => Promise<boolean>): Promise<GateStatus['dns']> =>
  within(isAlive(), DNS_WAIT, new AbortController().signal).then(
    (is) => (is ? 'alive' : 'dead'),
    () => 'unknown',
  );
