import type { Resolver } from '../mail/index.ts';
import { type Control, controlOf, MessageCounts } from './control/index.ts';
import type { Stamping } from './edits/index.ts';
import { type GateFolder, type GateFolderOptions, openGateFolder } from './gate-folder.ts';
import { type DecisionJournal, type Drain, type GateStore, isEmptied, startDrain } from './journal/index.ts';
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
  const draining = drainOf(opened, options);
  const handOver = release && releaseTo({ ...release, stamping, resolver, now });
  const status = async () => statusOf(journal, quarantine, now());
  const emptyJournal = (): Promise<boolean> => isEmptied(journal, draining.begin(), DRAIN);
  const control = controlOf({ quarantine, authservId: stamping.authservId, handOver, status, emptyJournal });
  server.answer(control);
  return {
    control,
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      if (journal.sequence > before) await isEmptied(journal, draining.begin(), DRAIN);
      await draining.end();
      await opened[Symbol.asyncDispose]();
    },
  };
}

/** Tells the store, from when it is first wanted. */
function drainOf({ journal, quarantine }: GateFolder, { connect, notice }: FolderControlOptions) {
  let drain: Drain | undefined;
  const onTrouble = (error: unknown): void => {
    if (error !== undefined) notice(error instanceof Error ? error : new Error(String(error)));
  };
  return {
    begin: (): Drain => {
      drain ??= startDrain(journal, { connect, quarantine: (entry) => quarantine.take(entry), onTrouble });
      return drain;
    },
    end: (): Promise<void> => (drain === undefined ? journal.close(0) : drain[Symbol.asyncDispose]()),
  };
}

/** No mail comes in here, and nobody asks DNS. */
const statusOf = (journal: DecisionJournal, quarantine: Quarantine, since: number) => ({
  ...{ pid: process.pid, since, policy: undefined },
  ...({ store: 'away', dns: 'unknown' } as const),
  journal: { bytes: journal.size, hasRoom: journal.hasRoom },
  quarantine: quarantine.status,
  messages: new MessageCounts().counts,
});
