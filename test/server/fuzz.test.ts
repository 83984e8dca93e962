import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byRoute, fuzz } from './fuzz/fuzz.ts';
import { servedStore } from './fuzz/served-store.ts';
import { send } from './rig.ts';

/** FUZZ_REQUESTS, FUZZ_SEED and FUZZ_ONLY (an expression for route names) are for those who look for the cause of a failure. */
const { FUZZ_REQUESTS = '1500', FUZZ_SEED = '1', FUZZ_ONLY = '.' } = process.env;

test('whatever is sent to whichever address, the server answers and goes on', { timeout: 178_000 }, async (t) => {
  await using here = await servedStore();
  const { address, token } = here.server;
  const report = await fuzz({
    address,
    ownerToken: token,
    secret: here.store.path,
    seed: Number(FUZZ_SEED),
    requests: Number(FUZZ_REQUESTS),
    time: 90_000,
    patience: 20_000,
    only: new RegExp(FUZZ_ONLY),
  });
  t.diagnostic(`${report.sent} requests, ${report.routes} routes, statuses ${JSON.stringify(report.statuses)}`);
  // On a busy machine an investigation takes its time: the soak insists on an answer to every request.
  t.diagnostic(`given up: ${report.unanswered.join(', ')}`);
  t.diagnostic(`slowest ${JSON.stringify(report.slowest)}`);
  t.diagnostic(`never well: ${report.neverWell.join(', ')}`);
  // A test for each route that failed, so that its name stands in the report.
  for (const [route, words] of Object.entries(byRoute(report.findings)))
    await t.test(route, () => assert.fail(`${words}\nlog: ${here.log.slice(-3).join('\n').slice(0, 3000)}`));
  assert.equal((await send(address, '/api/health/ready')).status, 200);
  assert.ok(report.unanswered.length <= report.sent / 100, `given up: ${report.unanswered.join(', ')}`);
  assert.ok(report.sent > 50, 'much was asked');
  assert.ok((report.statuses[200] ?? 0) > report.sent / 20, 'much of it was good enough to be answered');
});
