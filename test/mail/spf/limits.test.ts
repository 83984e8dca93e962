import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSpf } from '../../../src/mail/spf/check-spf.ts';
import { SPF_LIMITS } from '../../../src/mail/spf/limits.ts';
import type { SpfWord } from '../../../src/mail/spf/result.ts';
import { check, QUERY, type Zone, zoneResolver } from './zone.ts';

const hosts = (count: number) => Array.from({ length: count }, (_, i) => `host${i}.example`);

const ZONE: Zone = {
  'example.com': { A: ['192.0.2.1'], MX: ['10 host0.example'] },
  'empty.example': { A: [] },
  'why.example.com': { TXT: ['%{p}'] },
  'null.example': { MX: ['0 '] },
  'host0.example': { A: ['192.0.2.2'] },
  'other.example': { A: ['192.0.2.1'] },
  'five.example': { TXT: ['v=spf1 a:other.example a:other.example a:other.example a:other.example ?all'] },
  'six.example': {
    TXT: ['v=spf1 a:other.example a:other.example a:other.example a:other.example a:other.example ?all'],
  },
  'ten.example': { MX: hosts(10).map((host, i) => `${i} ${host}`) },
  'eleven.example': { MX: hosts(11).map((host, i) => `${10 - i} ${host}`) },
  'host9.example': { A: ['203.0.113.9'] },
  'host10.example': { A: ['203.0.113.10'] },
  '9.113.0.203.in-addr.arpa': { PTR: hosts(11) },
  '10.113.0.203.in-addr.arpa': { PTR: hosts(11) },
};

/** Record, client, result, look-ups, void look-ups; section 4.6.4 of RFC 7208 all of them. */
const ROWS: readonly (readonly [string, string, SpfWord, number, number])[] = [
  [`${'a '.repeat(10)}-all`, '203.0.113.7', 'fail', 10, 0],
  [`${'a '.repeat(11)}-all`, '203.0.113.7', 'permerror', 10, 0],
  [`${'a '.repeat(10)}ip4:203.0.113.7 a`, '203.0.113.7', 'pass', 10, 0],
  ['ip4:203.0.113.7 '.concat('a '.repeat(11)), '203.0.113.7', 'pass', 0, 0],
  [`${'ip4:192.0.2.1 ip6:2001:db8::1 '.repeat(50)}-all`, '203.0.113.7', 'fail', 0, 0],
  [`${'mx '.repeat(10)}-all`, '203.0.113.7', 'fail', 10, 0],
  [`${'mx '.repeat(11)}-all`, '203.0.113.7', 'permerror', 10, 0],
  [`${'exists:example.com '.repeat(11)}-all`, '203.0.113.7', 'pass', 1, 0],
  [`${'-exists:%{i}.example.com '.repeat(11)}?all`, '203.0.113.7', 'permerror', 3, 3],
  ['include:five.example include:five.example -all', '203.0.113.7', 'fail', 10, 0],
  ['include:five.example include:six.example -all', '203.0.113.7', 'permerror', 10, 0],
  ['include:five.example a a a a redirect=five.example', '203.0.113.7', 'permerror', 10, 0],
  ['a a a a a redirect=five.example', '203.0.113.7', 'neutral', 10, 0],
  ['a a a a a a redirect=five.example', '203.0.113.7', 'permerror', 10, 0],
  ['a '.repeat(10).concat('redirect=five.example'), '203.0.113.7', 'permerror', 10, 0],
  ['a '.repeat(9).concat('exists:%{p}.example.com -all'), '203.0.113.7', 'permerror', 10, 0],
  ['a '.repeat(8).concat('exists:%{p}.example.com -all'), '203.0.113.7', 'fail', 10, 2],
  ['a:n1.example a:n2.example ?all', '203.0.113.7', 'neutral', 2, 2],
  ['a:n1.example a:n2.example a:n3.example ?all', '203.0.113.7', 'permerror', 3, 3],
  ['a:n1.example mx:n2.example exists:n3.example ?all', '203.0.113.7', 'permerror', 3, 3],
  ['mx:other.example a:n2.example exists:n3.example ?all', '203.0.113.7', 'permerror', 3, 3],
  ['a:empty.example a:empty.example a:empty.example ?all', '203.0.113.7', 'permerror', 3, 3],
  ['ptr ptr ?all', '203.0.113.7', 'neutral', 2, 2],
  ['ptr ptr ptr ?all', '203.0.113.7', 'permerror', 3, 3],
  ['a:%{h} a:%{h} a:%{h} ?all', '203.0.113.7', 'neutral', 3, 0],
  ['mx:ten.example -all', '203.0.113.7', 'fail', 1, 0],
  ['mx:ten.example -all', '203.0.113.9', 'pass', 1, 0],
  ['mx:eleven.example -all', '203.0.113.10', 'pass', 1, 0],
  ['mx:eleven.example -all', '203.0.113.7', 'permerror', 1, 0],
  ['mx:eleven.example -all', '192.0.2.2', 'permerror', 1, 0],
];

for (const [terms, ip, is, lookups, voidLookups] of ROWS) {
  test(`RFC 7208 4.6.4: ${terms.slice(0, 60)} for ${ip}: ${is}`, async () => {
    const result = await check(`v=spf1 ${terms}`, { zone: ZONE, ip, helo: 'localhost' });
    const { result: word, lookups: paid, voidLookups: empty } = result;
    assert.deepEqual([word, paid, empty], [is, lookups, voidLookups], result.reason);
  });
}

test('RFC 7208 4.6.4: of the PTR records the first ten count, the others are ignored', async () => {
  const tenth = await check('v=spf1 ptr:host9.example -all', { zone: ZONE, ip: '203.0.113.9' });
  const eleventh = await check('v=spf1 ptr:host10.example -all', { zone: ZONE, ip: '203.0.113.10' });
  assert.deepEqual([tenth.result, eleventh.result], ['pass', 'fail']);
});

test('RFC 7505 3: a null MX names no host to ask for', async () => {
  const resolver = zoneResolver({ ...ZONE, 'example.com': { TXT: ['v=spf1 mx:null.example -all'] } });
  assert.equal((await checkSpf(QUERY, resolver)).result, 'fail');
  assert.deepEqual(resolver.asked, ['example.com TXT', 'null.example MX']);
});

test('RFC 7208 5.5: the client\u2019s names and their addresses are asked for once a check', async () => {
  const resolver = zoneResolver({
    ...ZONE,
    'example.com': { TXT: ['v=spf1 ptr:host0.example ptr:host0.example -all'] },
  });
  await checkSpf({ ...QUERY, ip: '203.0.113.9' }, resolver);
  assert.deepEqual(resolver.asked, ['example.com TXT', '9.113.0.203.in-addr.arpa PTR', 'host0.example A']);
});

test('RFC 7208 4.6.4: an explanation does not get time of its own', async () => {
  assert.equal((await timed('v=spf1 a -all exp=why.example.com', 2_500)).asked, 3);
  assert.equal((await timed('v=spf1 a -all exp=why.example.com', 20_000)).asked, 4);
});

test('the limits are the caller\u2019s to set', async () => {
  const limits = { ...SPF_LIMITS, terms: 1, voidLookups: 0 };
  assert.equal((await check('v=spf1 a a -all', { zone: ZONE, limits })).result, 'permerror');
  assert.equal((await check('v=spf1 a:gone.example -all', { zone: ZONE, limits })).result, 'permerror');
  assert.equal((await check('v=spf1 a -all', { zone: ZONE, limits })).result, 'fail');
});

/** A clock that moves on with each question. */
function timed(record: string, milliseconds: number) {
  let now = 0;
  const inner = zoneResolver({ ...ZONE, 'example.com': { ...ZONE['example.com'], TXT: [record] } });
  const resolver: typeof inner = {
    asked: inner.asked,
    query: (name, type) => {
      now += 1_000;
      return inner.query(name, type);
    },
  };
  const checked = checkSpf(QUERY, resolver, { ...SPF_LIMITS, milliseconds, clock: () => now });
  return checked.then((result) => ({ ...result, asked: inner.asked.length }));
}

for (const record of ['v=spf1 a a a a +all', 'v=spf1 ptr ptr ptr ptr +all', 'v=spf1 mx mx mx +all']) {
  test(`RFC 7208 4.6.4: a check that takes too long ends in temperror: ${record}`, async () => {
    const late = await timed(record, 2_000);
    assert.deepEqual([late.result, late.asked], ['temperror', 2], late.reason);
    assert.notEqual((await timed(record, 20_000)).result, 'temperror');
  });
}
