import { readFileSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a piece of work took. */
export interface Cost {
  /** Processor time in milliseconds, of all threads: other work on the machine does not count. */
  readonly ms: number;
  /** Memory at the peak above what there was before, in megabytes; 0 where the system does not tell (it does on Linux). */
  readonly megabytes: number;
}

setFlagsFromString('--expose-gc');
/** Collects garbage at once. */
export const collectGarbage: () => void = runInNewContext('gc');

/**
 * Does some work and tells what it took.
 *
 * @example const { result, cost } = await measured(() => judge(found, options, resolver))
 */
export async function measured<T>(work: () => Promise<T>): Promise<{ result: T; cost: Cost }> {
  collectGarbage();
  const before = process.memoryUsage().rss;
  forgetPeak();
  const started = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(started);
  const megabytes = Math.max(0, (peak() - before) / 2 ** 20);
  return { result, cost: { ms: (user + system) / 1000, megabytes } };
}

/** proc(5): 5 sets the high-water mark to what is in use now. */
function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {}
}

function peak(): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
