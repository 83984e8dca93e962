import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { benchFolder, benchNow, benchStore } from '../../bench/data.ts';
import { formatDatetime } from '../../src/values/index.ts';

const ROWS = Number(process.env.MAILHUNT_SOAK_ROWS ?? 5_000_000);
const SECONDS = Number(process.env.MAILHUNT_SOAK_SECONDS ?? 600);
const CLIENTS = 200;

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'bench', 'hunts');
const hunts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
const small = 'EmailEvents | take 10';

/**
 * Asks, reads all of the answer, and says how long that took in milliseconds. Throws for any answer that is not whole. It
 * waits for as long as it takes, where `fetch` gives up after 300 s.
 */
async function ask(address: string, csl: string): Promise<number> {
  const began = performance.now();
  const asked = request(`${address}/v2/rest/query`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
  });
  asked.end(JSON.stringify({ db: 'mail', csl, properties: { Options: { servertimeout: '00:30:00' } } }));
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const end = await endOf(response);
  if (response.statusCode !== 200 || !isWell(end)) throw new Error(`${response.statusCode} ${end.slice(-500)}`);
  return performance.now() - began;
}

/** An answer that is whole, or that was cut at the limit of a result and says so. */
const isWell = (end: string): boolean =>
  end.includes('"HasErrors":false') || end.includes('E_QUERY_RESULT_SET_TOO_LARGE');

/** Reads an answer, which may be of 64 MB and one of two hundred, and holds its last characters. */
async function endOf(response: IncomingMessage): Promise<string> {
  let end = '';
  for await (const piece of response.setEncoding('utf8')) end = (end + piece).slice(-4_000);
  return end;
}

const quantile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(share * times.length))] ?? Number.NaN;

/** The address that a server prints when it answers. */
async function addressSaid(output: AsyncIterable<unknown>): Promise<string> {
  let said = '';
  for await (const part of output) {
    said += part;
    const address = /http:\/\/[\d.]+:\d+/.exec(said)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error('the server ended');
}

const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

test(`${CLIENTS} clients with mixed hunts for ${SECONDS} s over ${ROWS} rows`, {
  timeout: (SECONDS + 1_800) * 1000,
}, async () => {
  await (await benchStore(ROWS)).close();
  const program = join(root, 'bin', 'mailhunt.mjs');
  const server = spawn(
    process.execPath,
    [program, 'serve', '--store', benchFolder(ROWS, {}), '--port', '0', '--now', formatDatetime(benchNow)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const address = await addressSaid(server.stdout);
    const alone: number[] = [];
    for (const hunt of hunts) await ask(address, hunt);
    for (const hunt of [...hunts, ...hunts]) alone.push(await ask(address, hunt));
    const times: number[] = [];
    const errors: string[] = [];
    /** All clients ask for a time and are answered; megabytes that the server holds at the most, and when nobody asks any more. */
    const busyFor = async (seconds: number): Promise<{ readonly most: number; readonly rest: number }> => {
      const until = performance.now() + seconds * 1000;
      let most = 0;
      const looking = setInterval(() => {
        most = Math.max(most, residentMb(server.pid!));
      }, 1_000);
      const clients = Array.from({ length: CLIENTS }, async (_, client) => {
        for (let turn = client; performance.now() < until; turn++) {
          const csl = turn % 4 === 0 ? small : hunts[turn % hunts.length]!;
          await ask(address, csl).then(
            (time) => times.push(time),
            (error: Error) => errors.push(error.message),
          );
        }
      });
      await Promise.all(clients);
      clearInterval(looking);
      await wait(10_000);
      return { most, rest: residentMb(server.pid!) };
    };
    const first = await busyFor(SECONDS / 2);
    const second = await busyFor(SECONDS / 2);
    const growth = second.rest - first.rest;
    console.log(
      `${times.length} answers, ${errors.length} errors; ms median ${quantile(times, 0.5).toFixed(0)}, p95 ${quantile(times, 0.95).toFixed(0)}; ` +
        `alone median ${quantile(alone, 0.5).toFixed(0)}, p95 ${quantile(alone, 0.95).toFixed(0)}; ` +
        `memory at most ${first.most.toFixed(0)} and ${second.most.toFixed(0)} MB, at rest ${first.rest.toFixed(0)} and ${second.rest.toFixed(0)} MB`,
    );
    assert.deepEqual([...new Set(errors)].slice(0, 5), []);
    assert.ok(growth < 300, `memory at rest grew by ${growth.toFixed(0)} MB`);
  } finally {
    server.kill('SIGINT');
  }
});
