import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAlive, requireDns } from '../../../src/mail/dns/liveness.ts';
import type { DnsAnswer } from '../../../src/mail/dns/resolver.ts';
import { fakeResolver } from './fake-resolver.ts';

const timeout: DnsAnswer<never> = { status: 'failed', failure: 'timeout' };

/** What is said about the root and about example.com, and whether that is life. */
const rows: readonly [root: DnsAnswer<never>, example: DnsAnswer<never>, alive: boolean][] = [
  [timeout, timeout, false],
  [{ status: 'failed', failure: 'refused' }, timeout, false],
  [timeout, { status: 'no-name' }, false],
  [{ status: 'no-name' }, { status: 'no-name' }, false],
  [{ status: 'no-record' }, { status: 'no-name' }, true],
  [timeout, { status: 'no-record' }, true],
  [{ status: 'no-record' }, timeout, true],
];

for (const [root, example, alive] of rows) {
  test(`${root.status} for the root, ${example.status} for example.com: ${alive ? 'alive' : 'dead'}`, async () => {
    const dns = fakeResolver((name) => (name === '.' ? root : example));
    assert.equal(await isAlive(dns), alive);
    if (alive) await requireDns(dns);
    else await assert.rejects(requireDns(dns), { code: 'MAIL0001' });
  });
}

test('the error says why', async () => {
  await assert.rejects(requireDns(fakeResolver(() => timeout)), { message: 'no DNS server answers: the time ran out' });
});

test('a server that denies all is dead, unless it was chosen for what it knows', async () => {
  const empty = fakeResolver(() => ({ status: 'no-name' }));
  assert.equal(await isAlive(empty), false);
  assert.equal(await isAlive(empty, { chosen: true }), true);
  await assert.rejects(requireDns(empty), { message: /no name exists, not even the root/ });
});
