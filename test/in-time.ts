import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often work that took too long is tried before that is its own fault. */
const TRIES = 5;

/**
 * Does work that must take no more than so many milliseconds of its thread's time. A shared machine stands still for a
 * second now and then, or runs at half its speed for an hour: work that took too long is done again, up to five times, and
 * `isWithin` says what the bound is by then. Work that takes too long by itself does so each time.
 *
 * @returns what the work gave the last time
 * @example const content = await inTime(500, () => contentOf(hostile))
 */
export async function inTime<T>(milliseconds: number, work: () => T | Promise<T>): Promise<T> {
  const tries: string[] = [];
  for (let left = TRIES; left > 0; left--) {
    const before = process.threadCpuUsage();
    const result = await work();
    const { user, system } = process.threadCpuUsage(before);
    const took = (user + system) / 1000;
    if (isWithin(took, milliseconds)) return result;
    tries.push(`${took.toFixed(0)} ms`);
    await sleep(200);
  }
  return assert.fail(`${milliseconds} ms are allowed, it took ${tries.join(', ')}`);
}

/**
 * Measures what is not this thread's time: of other threads and timers, or a share. While it is not below the bound it is
 * measured again, up to five times.
 *
 * @returns the least of them
 * @example assert.ok((await least(400, waited)) < 400)
 */
export async function least(bound: number, measure: () => Promise<number>): Promise<number> {
  let found = await measure();
  for (let left = TRIES - 1; left > 0 && found >= bound; left--) {
    await sleep(200);
    found = Math.min(found, await measure());
  }
  return found;
}

/**
 * Whether something took less than so many milliseconds, or where it did not, than as much longer as this machine takes now.
 *
 * @example assert.ok(isWithin(performance.now() - began, 4_000))
 */
export const isWithin = (took: number, milliseconds: number): boolean =>
  took < milliseconds || took < milliseconds * slowness();

/** What a known piece of work takes on the machine that the bounds of the tests are from, in milliseconds. */
const KNOWN = 40;
/** No machine excuses more than that. */
const SLOWEST = 4;

/**
 * How many times as long as it should a known piece of work takes on this machine at this moment; at least 1, at most 4. The
 * work is none of JavaScript's own: whether that is compiled well is another matter in each process.
 */
export function slowness(): number {
  const text = JSON.stringify(
    Array.from({ length: 60_000 }, (_, i) => ({ i, name: `name ${i}`, list: [i, String(i)] })),
  );
  const taken = Array.from({ length: 5 }, () => {
    const began = performance.now();
    JSON.parse(text);
    return performance.now() - began;
  });
  return Math.min(SLOWEST, Math.max(1, taken.toSorted((one, other) => one - other)[2]! / KNOWN));
}
