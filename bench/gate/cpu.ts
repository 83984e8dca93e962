import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Of `/proc/PID/stat`: hundredths of a second on every Linux. */
const TICKS_PER_SECOND = 100;

interface Usage {
  readonly parent: number;
  /** Its own, and of its children that have ended. */
  readonly ticks: number;
}

function usageOf(pid: string): Usage | undefined {
  try {
    // The name, in brackets, may hold anything: what follows it are numbers (proc(5)).
    const [, parent, ...rest] = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    const ticks = rest.slice(9, 13).reduce((sum, text) => sum + Number(text), 0);
    return { parent: Number(parent), ticks };
  } catch {
    return undefined; // it has ended
  }
}

/** Seconds of a processor that some processes and all below them have used. */
export function cpuSeconds(roots: readonly number[]): number {
  const all = new Map<number, Usage>();
  for (const name of readdirSync('/proc')) {
    const usage = /^\d+$/.test(name) ? usageOf(name) : undefined;
    if (usage !== undefined) all.set(Number(name), usage);
  }
  const isBelow = (pid: number): boolean => roots.includes(pid) || (pid > 1 && isBelow(all.get(pid)?.parent ?? 0));
  const ticks = [...all].filter(([pid]) => isBelow(pid)).map(([, usage]) => usage.ticks);
  return ticks.reduce((sum, more) => sum + more, 0) / TICKS_PER_SECOND;
}

/** Milliseconds between two looks, for which it must be quiet, and seconds of a processor that are nothing in between. */
const [LOOK, QUIET, NOTHING] = [300, 2_000, 0.03];
const PATIENCE = 60_000;

/** Waits until some processes have nothing left to do, not even in a while; what they have used by then. */
export async function atRest(roots: readonly number[]): Promise<number> {
  const deadline = performance.now() + PATIENCE;
  let used = cpuSeconds(roots);
  for (let since = performance.now(); performance.now() - since < QUIET; ) {
    if (performance.now() > deadline) throw new Error('a contender comes to no rest');
    await sleep(LOOK);
    const now = cpuSeconds(roots);
    if (now - used > NOTHING) since = performance.now();
    used = now;
  }
  return used;
}
