import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { isWithin } from '../../in-time.ts';
import { madeUpGate, startRig } from './rig.ts';

const begin = ['EHLO c.example', 'MAIL FROM:<a@example.org>', 'RCPT TO:<b@example.com>'];

test('stopping: idle clients are told, messages on their way are taken, and their clients told then', async () => {
  const rig = await startRig();
  const [idle, busy] = [await rig.client(), await rig.client()];
  await busy.talk(...begin, 'DATA');
  let hasStopped = false;
  const stopped = rig.proxy.stop(5_000).then(() => {
    hasStopped = true;
  });
  assert.match(await idle.answer(), /^421 4\.3\.2/);
  assert.equal(await idle.answer(), 'closed');
  await assert.rejects(
    new Promise((resolve, reject) =>
      connect(rig.proxy.port, '127.0.0.1').once('connect', resolve).once('error', reject),
    ),
  );
  await sleep(50);
  assert.equal(hasStopped, false);
  assert.match(await busy.say('Hello.\r\n.'), /^250 2\.0\.0 Ok: queued/);
  assert.match(await busy.answer(), /^421 4\.3\.2/);
  await stopped;
  assert.deepEqual(rig.sink.messages, ['Hello.\r\n']);
  await rig.sink.close();
});

test('stopping: what is not done when the grace is over is cut, unanswered', async () => {
  let aborted = false;
  const gate = madeUpGate((_, signal) => {
    signal.addEventListener('abort', () => {
      aborted = true;
    });
    return new Promise(() => {});
  });
  const rig = await startRig({ gate });
  const c = await rig.client();
  await c.talk(...begin, 'DATA');
  c.send('Hello.\r\n.\r\n');
  await sleep(50);
  const start = performance.now();
  await rig.proxy.stop(100);
  const took = performance.now() - start;
  assert.ok(isWithin(took, 2_000));
  assert.equal(await c.answer(), 'closed');
  assert.equal(aborted, true);
  assert.deepEqual(rig.sink.messages, []);
  await rig.sink.close();
});

test('a port that is taken: GATE0031', async () => {
  const rig = await startRig();
  const listen = { host: '127.0.0.1', port: rig.proxy.port };
  await assert.rejects(startRig({ proxy: { listen } }), { code: 'GATE0031' });
  await rig.stop();
});
