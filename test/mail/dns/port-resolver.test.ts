import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { MessageChannel, Worker } from 'node:worker_threads';
import { cachingResolver } from '../../../src/mail/dns/caching-resolver.ts';
import { answerOverPort, resolverOverPort } from '../../../src/mail/dns/port-resolver.ts';
import type { DnsAnswer, RecordType } from '../../../src/mail/dns/resolver.ts';
import { fakeResolver, heldResolver } from './fake-resolver.ts';

const unreachable = { status: 'failed', failure: 'unreachable' };

const answers: readonly DnsAnswer<RecordType>[] = [
  { status: 'found', records: ['v=DMARC1; p=reject', '\u0000\u00ff'] },
  { status: 'found', records: [{ preference: 0, exchange: '' }] },
  { status: 'no-name' },
  { status: 'no-record' },
  { status: 'failed', failure: 'alias loop' },
];

test('every kind of answer arrives as it was given', async () => {
  const { port1, port2 } = new MessageChannel();
  answerOverPort(
    port1,
    fakeResolver((name) => answers[Number(name)]!),
  );
  const dns = resolverOverPort(port2);
  assert.deepEqual(await Promise.all(answers.map((_, n) => dns.query(String(n), 'TXT'))), answers);
  port1.close();
});

test('questions of one microtask travel in one message', async () => {
  const { port1, port2 } = new MessageChannel();
  let messages = 0;
  port1.on('message', () => messages++);
  answerOverPort(
    port1,
    fakeResolver(() => ({ status: 'no-name' })),
  );
  const dns = resolverOverPort(port2);
  await Promise.all(Array.from({ length: 500 }, (_, n) => dns.query(`n${n}.test`, 'A')));
  await dns.query('later.test', 'A');
  assert.equal(messages, 2);
  port1.close();
});

for (const end of ['near', 'far'] as const) {
  test(`the ${end} end closed: what waits and what comes later is unreachable`, async () => {
    const { port1, port2 } = new MessageChannel();
    answerOverPort(port1, heldResolver({ status: 'no-name' }));
    const dns = resolverOverPort(port2);
    const waiting = dns.query('a.test', 'A');
    await new Promise(setImmediate);
    (end === 'near' ? port2 : port1).close();
    assert.deepEqual(await waiting, unreachable);
    assert.deepEqual(await dns.query('a.test', 'A'), unreachable);
  });
}

test('an answer after the asker has gone harms nobody', async () => {
  const { port1, port2 } = new MessageChannel();
  const upstream = heldResolver({ status: 'no-name' });
  answerOverPort(port1, upstream);
  const waiting = resolverOverPort(port2).query('a.test', 'A');
  while (upstream.asked.length === 0) await new Promise(setImmediate);
  port2.close();
  assert.deepEqual(await waiting, unreachable);
  await upstream.release(1);
});

test('what the resolver throws reaches whoever asked', async () => {
  const { port1, port2 } = new MessageChannel();
  answerOverPort(
    port1,
    fakeResolver((name) => {
      if (name === 'bad.test') throw new Error('a defect');
      return { status: 'no-name' };
    }),
  );
  const dns = resolverOverPort(port2);
  const [bad, good] = await Promise.allSettled([dns.query('bad.test', 'A'), dns.query('good.test', 'A')]);
  assert.match(String(bad.status === 'rejected' && bad.reason), /the other thread failed: Error: a defect/);
  assert.equal(good.status, 'fulfilled');
  port1.close();
});

/** A worker that asks for the same 50 names 4 times over and reports how many answers it found. */
const worker = () => {
  const { port1, port2 } = new MessageChannel();
  const script = `
    import { parentPort, workerData } from 'node:worker_threads';
    import { resolverOverPort } from ${JSON.stringify(new URL('../../../src/mail/dns/port-resolver.ts', import.meta.url))};
    const dns = resolverOverPort(workerData.port);
    const names = Array.from({ length: 200 }, (_, n) => 'n' + (n % 50) + '.test');
    const answers = await Promise.all(names.map((name) => dns.query(name, 'TXT')));
    parentPort.postMessage(answers.map((answer) => answer.status));
  `;
  const url = new URL(`data:text/javascript,${encodeURIComponent(script)}`);
  const thread = new Worker(url, { workerData: { port: port2 }, transferList: [port2] });
  return { port: port1, thread };
};

test('two workers share one cache, and end by themselves', async () => {
  const upstream = fakeResolver(() => ({ status: 'found', records: ['x'] }));
  const dns = cachingResolver(upstream, { now: () => 0 });
  const workers = [worker(), worker()];
  for (const { port } of workers) answerOverPort(port, dns);
  const ended = workers.map(({ thread }) => once(thread, 'exit'));
  for (const [statuses] of await Promise.all(workers.map(({ thread }) => once(thread, 'message'))))
    assert.deepEqual(statuses, Array(200).fill('found'));
  assert.deepEqual(await Promise.all(ended), [[0], [0]]);
  assert.equal(upstream.asked.length, 50);
});

test('a worker whose port the main thread closes hears unreachable', async () => {
  const { port, thread } = worker();
  answerOverPort(port, heldResolver({ status: 'no-name' }));
  port.once('message', () => port.close());
  const ended = once(thread, 'exit');
  const [statuses] = await once(thread, 'message');
  assert.deepEqual(statuses, Array(200).fill('failed'));
  await ended;
});
