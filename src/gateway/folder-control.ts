import { setTimeout as sleep } from 'node:timers/promises';
import type { Resolver } from '../mail/index.ts';
import { type Control, controlOf, MessageCounts } from './control/index.ts';
import type { Stamping } from './edits/index.ts';
import { type GateFolderOptions, openGateFolder } from './gate-folder.ts';
import { type DecisionJournal, type GateStore, startDrain } from './journal/index.ts';
import type { Quarantine } from './quarantine/index.ts';
import { type ReleaseOptions, releaseTo } from './release/index.ts';

/** How the folder of a gate is opened that does not run. */
export interface FolderControlOptions extends GateFolderOptions {
  /** Opens a way to the store, or throws where there is none now. */
  readonly connect: () => Promise<GateStore>;
  /** The gate's own name, with which it stamps. */
  readonly stamping: Stamping;
  /** Where released messages go; without it none can be released. */
  readonly release: Pick<ReleaseOptions, 'target' | 'timeouts'> | undefined;
  readonly resolver: Resolver;
}

/** The control of a gate that does not run, for as long as a command needs it. */
export interface FolderControl extends AsyncDisposable {
  readonly control: Control;
}

/** Milliseconds that the store has to take what happened; what it does not take waits for the gate. */
const DRAIN = 20_000;

/**
 * Opens the folder of a gate that does not run, as the gate itself would: meanwhile others ask this process. What is done is
 * told to the store at the end.
 *
 * @throws MailhuntError GATE0015 where another process has it
 * @example await using opened = await openFolderControl({ folder, connect, … }); await opened.control.release(id, 'anna');
 */
export async function openFolderControl(options: FolderControlOptions): Promise<FolderControl> {
  const { stamping, resolver, now, release } = options;
  const opened = await openGateFolder(options);
  const { server, journal, quarantine } = opened;
  const before = journal.sequence;
  const handOver = release && releaseTo({ ...release, stamping, resolver, now });
  const status = async () => statusOf(journal, quarantine, now());
  const control = controlOf({ quarantine, authservId: stamping.authservId, handOver, status });
  server.answer(control);
  return {
    control,
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      if (journal.sequence > before) await drained(journal, quarantine, options);
      else await journal.close(0);
      await opened[Symbol.asyncDispose]();
    },
  };
}

async function drained(
  journal: DecisionJournal,
  quarantine: Quarantine,
  { connect, notice }: FolderControlOptions,
): Promise<void> {
  const onTrouble = (error: unknown): void => {
    if (error !== undefined) notice(error instanceof Error ? error : new Error(String(error)));
  };
  await using drain = startDrain(journal, { connect, quarantine: (entry) => quarantine.take(entry), onTrouble });
  const over = new AbortController();
  await Promise.race([drain.drained(), sleep(DRAIN, undefined, { signal: over.signal }).catch(() => {})]);
  over.abort();
}

/** No mail comes in here, and nobody asks DNS. */
const statusOf = (journal: DecisionJournal, quarantine: Quarantine, since: number) => ({
  ...{ pid: process.pid, since, policy: undefined },
  ...({ store: 'away', dns: 'unknown' } as const),
  journal: { bytes: journal.size, hasRoom: journal.hasRoom },
  quarantine: { messages: quarantine.size },
  messages: new MessageCounts().counts,
});
