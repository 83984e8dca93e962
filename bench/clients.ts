/**
 * How long a small question waits while others hunt: 8 clients ask the hunts of `bench/hunts` one after the other, and one
 * more asks `EmailEvents | take 10` every 100 ms. The same small question without the others is the baseline. The server is
 * the real one, in a process of its own, and has answered everything once before anything is measured.
 *
 *     node bench/clients.ts [rows, 1000000 where nothing is said] [--seconds 30] [--clients 8]
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { formatDatetime } from '../src/values/index.ts';
import { ask } from './ask.ts';
import { benchFolder, benchNow, benchStore } from './data.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '30' }, clients: { type: 'string', default: '8' } },
});
const rows = Number(positionals[0] ?? 1_000_000);
const seconds = Number(values.seconds);
const folder = join(import.meta.dirname, 'hunts');
const hunts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));

await (await benchStore(rows)).close();
const mailhunt = join(import.meta.dirname, '..', 'bin', 'mailhunt.mjs');
const server = spawn(
  process.execPath,
  [mailhunt, 'serve', '--store', benchFolder(rows, {}), '--port', '0', '--now', formatDatetime(benchNow)],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
try {
  const address = await addressSaid();
  // a server that has just started compiles its own code first
  await probes(address, 3);
  for (const hunt of hunts) await ask(address, hunt);
  const quiet = await probes(address, seconds / 3);
  const stop = new AbortController();
  let answered = 0;
  const clients = Array.from({ length: Number(values.clients) }, async (_, client) => {
    for (let turn = client * 3; !stop.signal.aborted; turn++) {
      await ask(address, hunts[turn % hunts.length]!);
      answered++;
    }
  });
  await wait(1_000);
  const busy = await probes(address, seconds);
  stop.abort();
  await Promise.all(clients);
  console.log(`${rows} rows, ${values.clients} clients, ${answered} hunts answered in about ${seconds} s`);
  console.log('EmailEvents | take 10, ms      median     p95   worst');
  for (const [name, times] of [
    ['alone', quiet],
    ['beside the clients', busy],
  ] as const) {
    const shown = [0.5, 0.95, 1].map((share) => quantile(times, share).toFixed(0).padStart(8));
    console.log(`${name.padEnd(28)}${shown.join('')}`);
  }
} finally {
  server.kill('SIGINT');
}

async function addressSaid(): Promise<string> {
  let said = '';
  for await (const part of server.stdout) {
    said += part;
    const address = /http:\/\/[\d.]+:\d+/.exec(said)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error('the server ended');
}

/** A question every 100 ms, whether the one before is answered or not. */
async function probes(address: string, duration: number): Promise<number[]> {
  const asked: Promise<number>[] = [];
  for (let at = 0; at < duration * 10; at++) {
    const start = performance.now();
    asked.push(ask(address, 'EmailEvents | take 10').then(() => performance.now() - start));
    await wait(100);
  }
  return Promise.all(asked);
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
