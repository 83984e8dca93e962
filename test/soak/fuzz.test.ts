import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byRoute, fuzz } from '../server/fuzz/fuzz.ts';
import { servedStore } from '../server/fuzz/served-store.ts';
import { send } from '../server/rig.ts';

const ROUNDS = 10;
const REQUESTS = 1_000;
const MEGABYTE = 1024 * 1024;

test('10,000 requests to every address: no failure, no growth of memory', { timeout: 3_000_000 }, async (t) => {
  await using here = await servedStore();
  const { address, token } = here.server;
  const memory: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const report = await fuzz({
      address,
      ownerToken: token,
      secret: here.store.path,
      seed: 100 + round,
      requests: REQUESTS,
      time: Number.POSITIVE_INFINITY,
      patience: 240_000,
    });
    assert.deepEqual(byRoute(report.findings), {}, here.log.slice(-3).join('\n'));
    assert.deepEqual(report.unanswered, []);
    memory.push(process.memoryUsage.rss() / MEGABYTE);
    t.diagnostic(`${JSON.stringify(report.statuses)}, ${memory.at(-1)?.toFixed(0)} MB`);
  }
  assert.equal((await send(address, '/api/health/ready')).status, 200);
  const [middle, end] = [memory[4] ?? 0, memory.at(-1) ?? 0];
  assert.ok(end < middle * 1.3 + 100, `memory grew from ${middle} to ${end} MB`);
});
