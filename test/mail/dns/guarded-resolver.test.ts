import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guardedResolver } from '../../../src/mail/dns/guarded-resolver.ts';
import type { DnsAnswer, Resolver } from '../../../src/mail/dns/resolver.ts';

const timeout: DnsAnswer<never> = { status: 'failed', failure: 'timeout' };
const alive: DnsAnswer<never> = { status: 'no-record' };

/** A resolver that answers by name, and counts what it is asked. */
function counted(answer: (name: string) => DnsAnswer<never>) {
  const asked: string[] = [];
  const resolver: Resolver = {
    query: async (name) => {
      asked.push(name);
      return answer(name);
    },
  };
  return { asked, resolver };
}

test('a look-up that fails while others are answered is passed on', async () => {
  const { resolver } = counted((name) => (name === 'slow.example' ? timeout : alive));
  const guarded = guardedResolver(resolver);
  assert.deepEqual(await guarded.query('slow.example', 'TXT'), timeout);
  assert.equal(guarded.dead, undefined);
});

test('the first question finds a dead line before it is answered', async () => {
  const { resolver, asked } = counted(() => timeout);
  const guarded = guardedResolver(resolver);
  assert.equal((await guarded.query('a.example', 'TXT')).status, 'failed');
  assert.equal(guarded.dead?.code, 'MAIL0001');
  assert.ok(!asked.includes('a.example'), String(asked));
});

test('a line that dies on the way is dead before the failure is passed on', async () => {
  let dead = false;
  const { resolver } = counted(() => (dead ? timeout : alive));
  const guarded = guardedResolver(resolver);
  assert.deepEqual(await guarded.query('a.example', 'TXT'), alive);
  dead = true;
  const answers = Promise.all([guarded.query('b.example', 'TXT'), guarded.query('c.example', 'TXT')]);
  await answers;
  assert.equal(guarded.dead?.code, 'MAIL0001');
});

test('failures that come together share one look', async () => {
  const { resolver, asked } = counted((name) => (name.startsWith('n') ? timeout : alive));
  const guarded = guardedResolver(resolver);
  await guarded.query('warm.example', 'TXT');
  await Promise.all(Array.from({ length: 50 }, (_, n) => guarded.query(`n${n}.example`, 'TXT')));
  const looks = asked.filter((name) => name === '.').length;
  assert.ok(looks <= 3, `${looks} looks`);
});
