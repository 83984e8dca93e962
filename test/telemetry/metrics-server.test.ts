import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { Numbers, serveMetrics } from '../../src/telemetry/index.ts';

test('GET /metrics, and nothing else', async () => {
  using numbers = new Numbers();
  const asked = numbers.counter('asked_total', 'Times.', ['what']);
  asked.inc({ what: 'a"b\n' });
  numbers.gauge('held', 'Now.', () => 7);
  numbers.gauges('open', 'By front.', { label: 'front', values: async () => [['smtp', 3]] });
  numbers.histogram('took_seconds', 'Time.', { buckets: [1, 2] }).observe(1.5);
  await using server = await serveMetrics({ host: '127.0.0.1', port: 0 }, numbers);
  const at = `http://127.0.0.1:${server.port}`;
  const answer = await fetch(`${at}/metrics`);
  assert.match(answer.headers.get('content-type')!, /^text\/plain; version=0\.0\.4/);
  const text = await answer.text();
  for (const line of [
    'asked_total{what="a\\"b\\n"} 1',
    'held 7',
    'open{front="smtp"} 3',
    'took_seconds_bucket{le="2"} 1',
  ])
    assert.ok(text.split('\n').includes(line), line);
  assert.match(text, /^mailhunt_resident_memory_bytes \d+$/m);
  assert.deepEqual(
    [
      (await fetch(`${at}/metrics`, { method: 'POST' })).status,
      (await fetch(`${at}/`)).status,
      (await fetch(`${at}/metrics`, { method: 'HEAD' })).status,
    ],
    [405, 404, 200],
  );
});

test('ends although somebody holds a connection', async () => {
  using numbers = new Numbers();
  const server = await serveMetrics({ host: '127.0.0.1', port: 0 }, numbers);
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write('GET /met');
  await server[Symbol.asyncDispose]();
  socket.destroy();
});
