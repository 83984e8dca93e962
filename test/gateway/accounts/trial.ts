import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compare, type Finding } from './accounts.ts';
import { copiesOf, heldIn, journalOf, rowsOf } from './books.ts';
import { planOf, type Victim, wreak } from './chaos.ts';
import { type Front, smtpFront } from './front.ts';
import { type Attempt, isFinal, type Ledger } from './ledger.ts';
import { type Letter, letterOf } from './letters.ts';
import { type Parts, type Places, partsIn, placesIn } from './parts.ts';
import { startSender } from './sender.ts';
import { SmallDisk } from './small-disk.ts';

export interface TrialOptions {
  readonly letters: number;
  /** How often each part fails, in hands of the cards of `chaos.ts`. */
  readonly hands: number;
  readonly seed: number;
  /** Milliseconds after which it ends, whatever is still under way. */
  readonly time: number;
  /** @default the gate's SMTP server */
  readonly front?: Front;
}

/** How a trial ended. */
export interface Verdict {
  /** What the books do not agree about. */
  readonly findings: readonly Finding[];
  /** What parts printed that ended although nobody killed them, and ends in no good order. */
  readonly falls: readonly string[];
  /** Files that the journal still has. */
  readonly journal: readonly string[];
  /** Why the disk was never full, where it could not be. */
  readonly withoutDisk: string | undefined;
  /** What happened, in figures. */
  readonly figures: string;
}

/** Bytes: 64 MiB of them the gate leaves alone. */
const DISK = 192 << 20;
const CONNECTIONS = 8;

/**
 * Sends letters through a gate while gateway, next hop, DNS, store and disk fail in random order, then compares what sender,
 * next hop and store have written down.
 *
 * @example const { findings } = await tryOut({ letters: 500, hands: 1, seed: 1, time: 120_000 }); // []
 */
export async function tryOut(options: TrialOptions): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'mailhunt-accounts-'));
  const disk = await SmallDisk.mount(join(folder, 'disk'), DISK);
  try {
    const isSmall = disk instanceof SmallDisk;
    const places = placesIn(folder, isSmall ? join(disk.path, 'gate') : undefined);
    const verdict = await tried(options, places, isSmall ? disk : undefined);
    return { ...verdict, withoutDisk: isSmall ? undefined : disk };
  } finally {
    if (disk instanceof SmallDisk) await disk[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
}

async function tried(
  { letters, hands, seed, time, front = smtpFront }: TrialOptions,
  places: Places,
  disk: SmallDisk | undefined,
): Promise<Omit<Verdict, 'withoutDisk'>> {
  const began = performance.now();
  const signal = AbortSignal.timeout(time);
  const { ports, ...parts } = await partsIn(places, front);
  const all = Object.values(parts);
  await using _ = {
    [Symbol.asyncDispose]: async () => void (await Promise.all(all.map((p) => p[Symbol.asyncDispose]()))),
  };
  for (const part of all) part.start();
  for (const part of all) await part.ready(signal);
  await using before = await front.open(ports);
  const { port } = before;
  const { ledger, done } = startSender({ port, letters, connections: CONNECTIONS, signal });
  await wreak(planOf(seed, { letters, hands }), ledger, strikeAt(parts, disk), signal);
  await done;
  const seconds = (performance.now() - began) / 1000;
  await disk?.empty();
  for (const part of all) await part.ready(signal);
  await before.handedOn(signal);
  const rows = await rowsOf(letters, places, signal);
  const ends = [await parts.gateway.stop(), await parts.store.stop()];
  const copies = copiesOf(places);
  const { findings, ...told } = before.read({ attempts: ledger.attempts, copies });
  return {
    findings: [...findings, ...compare({ letters: lettersTo(letters), ...told, held: await heldIn(places), rows })],
    falls: [
      ...all.flatMap(({ name, falls }) => falls.map((said) => `${name}: ${said}`)),
      ...ends.flatMap((end) => end ?? []),
    ],
    journal: await journalOf(places),
    figures: figuresOf(parts, ledger, {
      seconds,
      copies: copies.length,
      open: rows.filter((row) => !isFinal(row)).length,
    }),
  };
}

const lettersTo = (count: number): readonly Letter[] => Array.from({ length: count }, (_, at) => letterOf(at + 1));

/** Kills a process and starts it again; fills the disk and empties it. */
const strikeAt =
  (parts: Parts, disk: SmallDisk | undefined) =>
  async (victim: Victim, downtime: number): Promise<void> => {
    await (victim === 'disk' ? disk?.fill() : parts[victim].kill());
    await sleep(downtime);
    await (victim === 'disk' ? disk?.empty() : parts[victim].start());
  };

function figuresOf(
  parts: Parts,
  { attempts, settled }: Ledger,
  { seconds, copies, open }: { readonly seconds: number; readonly copies: number; readonly open: number },
): string {
  const kills = Object.values(parts).map(({ name, kills: count }) => `${name} ${count}`);
  const ways = new Map<string, number>();
  for (const attempt of attempts) ways.set(wayOf(attempt), (ways.get(wayOf(attempt)) ?? 0) + 1);
  const ends = [...ways].sort().map(([way, count]) => `${way}: ${count}`);
  return `${settled} letters in ${seconds.toFixed(0)} s, ${copies} copies, ${open} rows still of put-off attempts; killed: ${kills.join(', ')}; attempts: ${ends.join(', ')}`;
}

/** How an attempt ended, in a word. */
function wayOf({ isSent, code, text }: Attempt): string {
  if (code !== undefined) return `${isSent ? 'message' : 'command'} ${/^\d+(?: \d\.\d\.\d+)?/.exec(text)?.[0]}`;
  return isSent ? 'cut off behind the dot' : 'cut off before the dot';
}
