import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isWithin } from '../in-time.ts';
import { long, numbers, post, rig, send, table } from './rig.ts';

const program = fileURLToPath(new URL('../../bin/mailhunt.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'stopping-'));
const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** An answer of one row that takes so long. */
const slow = (ms: number) => async () => ({
  tables: [
    table(
      long,
      (async function* () {
        await new Promise((resolve) => setTimeout(resolve, ms));
        yield* numbers(1);
      })(),
    ),
  ],
  warnings: [],
});

test('a query that runs when the server stops may end', async () => {
  const here = await rig({ run: slow(400), settings: { grace: 5_000 } });
  const running = post(here.server.address, '/v2/rest/query', { csl: 'x' });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const began = performance.now();
  const closed = here[Symbol.asyncDispose]();
  await assert.rejects(send(here.server.address, '/api/health'), /ECONNREFUSED/, 'nobody else is let in');
  const { status, json } = await running;
  assert.equal(status, 200);
  assert.deepEqual(json[2].Rows, [[0]]);
  await closed;
  const took = performance.now() - began;
  assert.ok(isWithin(took, 4_000), 'it does not wait for longer than that');
});

test('one that does not end in time is ended, and its client told', async () => {
  const here = await rig({ run: slow(60_000), settings: { grace: 100 } });
  const running = post(here.server.address, '/v2/rest/query', { csl: 'x' });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await here[Symbol.asyncDispose]();
  const { status, json } = await running;
  assert.equal(status, 504);
  assert.match(json.error['@message'], /the server is stopping/);
});

test('a process that gets SIGTERM finishes its query and ends well', { timeout: 150_000 }, async () => {
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--log', 'json', '--store', folder]);
  children.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  while (!/answers on/.test(said)) {
    await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), once(child, 'exit')]);
    assert.equal(child.exitCode, null, said);
  }
  const address = /answers on (\S+)/.exec(said)?.[1] ?? '';
  // The first query warms the compiler.
  assert.equal((await post(address, '/v2/rest/query', { csl: 'print 1' })).status, 200);
  const csl = 'range x from 1 to 3000000 step 1 | summarize dcount(hash_sha256(tostring(x)))';
  const running = post(address, '/v2/rest/query', { csl });
  await new Promise((resolve) => setTimeout(resolve, 300));
  child.kill('SIGTERM');
  const [exitCode] = await once(child, 'exit');
  const { status } = await running;
  assert.ok(status === 200 || status === 504, `it was answered: ${status}`);
  assert.equal(exitCode, 0, said);
  assert.match(said, /Stopped\./);
  const requests = said.split('\n').filter((line) => line.startsWith('{'));
  assert.equal(JSON.parse(requests[0] ?? '{}').route, '/v2/rest/query');
  assert.doesNotMatch(said, /hash_sha256/, 'no query stands in the log');
});
