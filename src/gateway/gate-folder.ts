import { join } from 'node:path';
import { ControlServer } from './control/index.ts';
import { Ballast, DecisionJournal, type Entry } from './journal/index.ts';
import { Quarantine, type QuarantineLimits } from './quarantine/index.ts';

/** How the folder of a gate is opened. */
export interface GateFolderOptions {
  readonly folder: string;
  /** Names this run: a UUID. */
  readonly run: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds, from any start, by a clock that never leaps. @default performance.now */
  readonly clock?: (() => number) | undefined;
  /** Bytes of decisions that may wait for the store. */
  readonly journalLimit?: number | undefined;
  /** How much the quarantine holds. @default {@link quarantineLimits} */
  readonly quarantineLimits?: QuarantineLimits | undefined;
  /** What a person should know. */
  readonly notice: (error: Error) => void;
  /** Milliseconds for another process to let go of the folder. */
  readonly patience?: number;
  /** Hears of what an earlier run has written into the journal, and the store does not have, in order. */
  readonly onWaiting?: (entry: Entry) => void;
}

/** The folder of a gate, of which one process at a time has the control socket. */
export interface GateFolder extends AsyncDisposable {
  readonly server: ControlServer;
  readonly journal: DecisionJournal;
  readonly quarantine: Quarantine;
}

/** The control socket of a gate's folder. */
export const controlSocket = (folder: string): string => join(folder, 'control.sock');

/**
 * Opens the folder of a gate: its socket first, so that nobody else does. What a killed gate has written into its journal and
 * not put into quarantine is there afterwards, whether the store can be reached or not, unless the disk is full. The journal is closed by its drain.
 *
 * @throws MailhuntError GATE0015 where another process has it
 */
export async function openGateFolder(options: GateFolderOptions): Promise<GateFolder> {
  const { folder, run, now, clock, journalLimit: limit, quarantineLimits: limits, patience, notice } = options;
  const { onWaiting = () => {} } = options;
  const report = (error: unknown): void => notice(error instanceof Error ? error : new Error(String(error)));
  await using parts = new AsyncDisposableStack();
  const server = parts.use(await ControlServer.open(controlSocket(folder), { report, patience }));
  const ballast = new Ballast(join(folder, 'ballast'));
  const journal = await DecisionJournal.open(join(folder, 'journal'), {
    ...{ run, ballast },
    ...(limit !== undefined && { limit }),
  });
  const quarantine = parts.use(
    await Quarantine.open(join(folder, 'quarantine'), { now, clock, limits, journal, notice: report }),
  );
  for (const error of [...journal.notices, ...quarantine.notices]) notice(error);
  // Where the disk is full the gate opens all the same, to put clients off; the drain tries again.
  await readWaiting(journal, { quarantine, onWaiting }).catch(report);
  const held = parts.move();
  return { server, journal, quarantine, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

/** Puts into quarantine what stands in the journal alone. */
async function readWaiting(
  journal: DecisionJournal,
  { quarantine, onWaiting }: { readonly quarantine: Quarantine; readonly onWaiting: (entry: Entry) => void },
): Promise<void> {
  const upTo = journal.sequence;
  if (journal.size === 0) return;
  for await (const { entries, last } of journal.groups(0, new AbortController().signal)) {
    for (const entry of entries) onWaiting(entry);
    for (const entry of entries) if (entry.kept?.as === 'quarantined') await quarantine.take(entry);
    if (last >= upTo) return;
  }
}
