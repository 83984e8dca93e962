import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cachingResolver } from '../../../src/mail/dns/caching-resolver.ts';
import type { DnsAnswer, RecordType } from '../../../src/mail/dns/resolver.ts';
import { fakeResolver, heldResolver } from './fake-resolver.ts';

const found = (...records: string[]): DnsAnswer<RecordType> => ({ status: 'found', records });
const noName: DnsAnswer<never> = { status: 'no-name' };
const timeout: DnsAnswer<never> = { status: 'failed', failure: 'timeout' };

/** A clock that a test sets. */
const clock = () => {
  const at = { time: 0, now: () => at.time };
  return at;
};

const ages: readonly [answer: DnsAnswer<RecordType>, age: number][] = [
  [found('x'), 300],
  [noName, 60],
  [{ status: 'no-record' }, 60],
  [timeout, 10],
];

for (const [answer, age] of ages) {
  test(`${answer.status} is kept for its age and asked for again after it`, async () => {
    const upstream = fakeResolver(() => answer);
    const at = clock();
    const dns = cachingResolver(upstream, { now: at.now, ttlMs: 300, negativeTtlMs: 60, failureTtlMs: 10 });
    for (const [time, asked] of [
      [0, 1],
      [age - 1, 1],
      [age, 2],
      [2 * age - 1, 2],
      [2 * age, 3],
    ] as const) {
      at.time = time;
      assert.deepEqual(await dns.query('a.test', 'TXT'), answer);
      assert.equal(upstream.asked.length, asked, `asked at ${time}`);
    }
  });
}

test('the same question is one however it is written; another type is another question', async () => {
  const upstream = fakeResolver(() => noName);
  const dns = cachingResolver(upstream, { now: () => 0 });
  for (const name of ['A.Test', 'a.test', 'a.test.']) await dns.query(name, 'A');
  await dns.query('a.test', 'AAAA');
  assert.deepEqual(upstream.asked, ['A a.test', 'AAAA a.test']);
  assert.deepEqual(await dns.query('a..test', 'A'), noName);
  assert.equal(upstream.asked.length, 2);
});

test('single flight: a question asked a thousand times at once is asked once', async () => {
  const upstream = heldResolver(timeout);
  const dns = cachingResolver(upstream, { now: () => 0 });
  const asking = Array.from({ length: 1000 }, () => dns.query('a.test', 'TXT'));
  await upstream.release(1);
  assert.deepEqual(new Set(await Promise.all(asking)), new Set([timeout]));
  assert.equal(upstream.asked.length, 1);
  assert.equal(dns.stats().joined, 999);
});

test('a failure stays a failure and the answer after it is taken', async () => {
  const at = clock();
  const upstream = fakeResolver(() => (at.time === 0 ? timeout : found('back')));
  const dns = cachingResolver(upstream, { now: at.now, failureTtlMs: 10 });
  for (let n = 0; n < 10_000; n++) assert.equal((await dns.query('a.test', 'TXT')).status, 'failed');
  assert.equal(upstream.asked.length, 1);
  at.time = 10;
  assert.deepEqual(await dns.query('a.test', 'TXT'), found('back'));
});

test('what was used longest ago goes first', async () => {
  const upstream = fakeResolver(() => noName);
  const dns = cachingResolver(upstream, { now: () => 0, entries: 2 });
  for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await dns.query(name, 'A');
  assert.deepEqual(upstream.asked, ['A a', 'A b', 'A c', 'A b']);
  assert.deepEqual(
    dns.answers().map(({ name }) => name),
    ['a', 'b'],
  );
  assert.equal(dns.stats().evicted, 2);
});

test('memory is bounded by characters too, and what is larger than all of it is not kept', async () => {
  const upstream = fakeResolver((name) => found(name.startsWith('big') ? 'x'.repeat(2000) : 'x'.repeat(300)));
  const dns = cachingResolver(upstream, { now: () => 0, characters: 1000 });
  for (let n = 0; n < 50; n++) {
    await dns.query(`n${n}.test`, 'TXT');
    assert.ok(dns.stats().characters <= 1000);
  }
  assert.equal(dns.stats().entries, 3);
  assert.equal((await dns.query('big.test', 'TXT')).status, 'found');
  assert.deepEqual([dns.stats().entries, dns.stats().characters], [0, 0]);
});

test('the count of characters is true after entries aged and were replaced', async () => {
  const at = clock();
  const dns = cachingResolver(
    fakeResolver(() => found('12345')),
    { now: at.now, ttlMs: 10 },
  );
  for (at.time = 0; at.time < 100; at.time += 5) for (const name of ['a', 'b']) await dns.query(name, 'TXT');
  assert.equal(dns.stats().characters, 2 * ('TXT a'.length + 5));
});

test('no more than `concurrency` questions are under way; all are answered', async () => {
  const upstream = heldResolver(noName);
  const dns = cachingResolver(upstream, { now: () => 0, concurrency: 4, perNameLimit: 2 });
  const asking = Promise.all(Array.from({ length: 20 }, (_, n) => dns.query(`n${n}.test`, 'A')));
  await upstream.release(0);
  for (let done = 0; done < 20; done += 4) {
    assert.deepEqual([upstream.asked.length, dns.stats().running], [done + 4, 4]);
    await upstream.release(4);
  }
  assert.equal((await asking).length, 20);
  assert.deepEqual([dns.stats().running, dns.stats().waiting], [0, 0]);
});

/** Names that share a limit, and names that do not. */
const groups: readonly [names: readonly [string, string], together: boolean][] = [
  [['a.slow.test', 'b.slow.test'], true],
  [['_dmarc.slow.test', 'slow.test'], true],
  [['a.slow.test', 'a.other.test'], false],
  [['1.2.0.192.in-addr.arpa', '9.9.0.192.in-addr.arpa'], true],
  [['1.2.0.192.in-addr.arpa', '1.2.1.192.in-addr.arpa'], false],
  [['1.8.b.d.0.1.0.0.2.ip6.arpa', '1.9.b.d.0.1.0.0.2.ip6.arpa'], false],
];

for (const [names, together] of groups) {
  test(`${names.join(' and ')} ${together ? 'take turns' : 'do not wait for each other'}`, async () => {
    const upstream = heldResolver(noName);
    const dns = cachingResolver(upstream, { now: () => 0, concurrency: 10, perNameLimit: 1 });
    const asking = Promise.all(names.map((name) => dns.query(name, 'A')));
    await upstream.release(0);
    assert.equal(upstream.asked.length, together ? 1 : 2);
    await upstream.release(1);
    await upstream.release(1);
    await asking;
  });
}

test('a zone that never answers does not stall the others', async () => {
  const upstream = heldResolver(noName);
  const quick = fakeResolver(() => found('x'));
  const dns = cachingResolver(
    { query: (name, type) => (name.endsWith('slow.test') ? upstream : quick).query(name, type) },
    { now: () => 0, concurrency: 10, perNameLimit: 4 },
  );
  const stuck = Array.from({ length: 100 }, (_, n) => dns.query(`n${n}.slow.test`, 'A'));
  assert.equal((await dns.query('quick.test', 'A')).status, 'found');
  assert.equal(dns.stats().running, 4);
  while (dns.stats().waiting + dns.stats().running > 0) await upstream.release(4);
  await Promise.all(stuck);
});

test('a question that has waited longer than anybody waits for its answer is not asked, and not remembered', async () => {
  const at = clock();
  const upstream = heldResolver(noName);
  const dns = cachingResolver(upstream, { now: at.now, concurrency: 1, patienceMs: 10 });
  const asking = ['a.test', 'b.test'].map((name) => dns.query(name, 'A'));
  await upstream.release(0);
  at.time = 10;
  await upstream.release(1);
  assert.equal(upstream.asked.length, 2, 'in time');
  asking.push(dns.query('c.test', 'A'));
  at.time = 21;
  await upstream.release(1);
  assert.deepEqual(await Promise.all(asking), [noName, noName, { status: 'failed', failure: 'timeout' }]);
  assert.equal(upstream.asked.length, 2);
  const again = dns.query('c.test', 'A');
  await upstream.release(0);
  await upstream.release(1);
  assert.deepEqual(await again, noName);
});

test('what upstream throws reaches all who asked, and is not kept', async () => {
  let calls = 0;
  const dns = cachingResolver(
    fakeResolver(() => {
      if (++calls === 1) throw new Error('a defect');
      return noName;
    }),
    { now: () => 0, concurrency: 1 },
  );
  const both = await Promise.allSettled([dns.query('a.test', 'A'), dns.query('a.test', 'A')]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.deepEqual(await dns.query('a.test', 'A'), noName);
  assert.equal(dns.stats().running, 0);
});

test('answers() holds what is still believed', async () => {
  const at = clock();
  const dns = cachingResolver(
    fakeResolver((name) => (name === 'a' ? found('x') : timeout)),
    { now: at.now, failureTtlMs: 10 },
  );
  await dns.query('a', 'TXT');
  await dns.query('b', 'MX');
  assert.deepEqual(dns.answers(), [
    { name: 'a', type: 'TXT', answer: found('x') },
    { name: 'b', type: 'MX', answer: timeout },
  ]);
  at.time = 10;
  assert.deepEqual(
    dns.answers().map(({ name }) => name),
    ['a'],
  );
  const { hits, asked, failed } = dns.stats();
  assert.deepEqual({ hits, asked, failed }, { hits: 0, asked: 2, failed: 1 });
});
