import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Origin } from '../../../src/gateway/journal/index.ts';
import { QuarantineRoom, quarantineLimits } from '../../../src/gateway/quarantine/quarantine-room.ts';

const of = (ip: string, domain: string): Origin => ({ ip, domain });

type Message = readonly [ip: string, domain: string, bytes?: number | undefined];

/**
 * A room of 128 messages and 128,000 bytes: 32 of a domain, 8 of a client, 2 of a client of a domain that has its share; it
 * is open to such a client below 112.
 */
const filled = (...messages: readonly (readonly Message[])[]): QuarantineRoom => {
  const room = new QuarantineRoom({ bytes: 128_000, messages: 128, share: 0.25 });
  for (const [at, [ip, domain, bytes = 1]] of messages.flat().entries()) room.put(String(at), bytes, of(ip, domain));
  return room;
};
const times = <T>(count: number, one: (n: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => one(n));

/** A domain that has its share, by four clients that have theirs. */
const forged = times(32, (n): Message => [`192.0.2.${n % 4}`, 'a.example']);
/** Messages of as many clients and domains. */
const others = (count: number): readonly Message[] => times(count, (n) => [`198.51.100.${n}`, `${n}.example`]);
const one = (count: number, ip: string, domain: string, bytes?: number): readonly Message[] =>
  times(count, () => [ip, domain, bytes]);

const rows: readonly (readonly [name: string, room: QuarantineRoom, origin: Origin, shortage: string | undefined])[] = [
  ['an empty one', filled(), of('192.0.2.7', 'a.example'), undefined],
  [
    'a client below its share, of many domains',
    filled(times(7, (n) => ['192.0.2.7', `${n}.example`])),
    of('192.0.2.7', 'x.example'),
    undefined,
  ],
  [
    'a client below its share, of one domain',
    filled(one(7, '192.0.2.7', 'a.example')),
    of('192.0.2.7', 'a.example'),
    undefined,
  ],
  [
    'a client with its share of many domains',
    filled(times(8, (n) => ['192.0.2.7', `${n}.example`])),
    of('192.0.2.7', 'x.example'),
    'client 192.0.2.7',
  ],
  [
    'another beside him',
    filled(times(8, (n) => ['192.0.2.7', `${n}.example`])),
    of('192.0.2.8', 'x.example'),
    undefined,
  ],
  ['one who filled a domain', filled(forged), of('192.0.2.0', 'a.example'), 'client 192.0.2.0'],
  ['a client of a domain that others filled', filled(forged), of('192.0.2.99', 'a.example'), undefined],
  [
    'one that has little of it',
    filled(forged, one(1, '192.0.2.99', 'a.example')),
    of('192.0.2.99', 'a.example'),
    undefined,
  ],
  [
    'one that has more of it',
    filled(forged, one(2, '192.0.2.99', 'a.example')),
    of('192.0.2.99', 'a.example'),
    'domain a.example',
  ],
  [
    'one that has bytes of it',
    filled(forged, one(1, '192.0.2.99', 'a.example', 2_000)),
    of('192.0.2.99', 'a.example'),
    'domain a.example',
  ],
  [
    'the same with another domain',
    filled(forged, one(2, '192.0.2.99', 'a.example')),
    of('192.0.2.99', 'b.example'),
    undefined,
  ],
  [
    'one that has much of other domains',
    filled(forged, one(7, '192.0.2.99', 'b.example')),
    of('192.0.2.99', 'a.example'),
    undefined,
  ],
  [
    'a domain below its share, whoever has it',
    filled(times(31, (n) => [`192.0.2.${n % 5}`, 'a.example'])),
    of('192.0.2.4', 'a.example'),
    undefined,
  ],
  [
    'a client of a filled domain, with more than an eighth free',
    filled(forged, others(79)),
    of('192.0.2.99', 'a.example'),
    undefined,
  ],
  [
    'a client of a filled domain, in the last eighth',
    filled(forged, others(80)),
    of('192.0.2.99', 'a.example'),
    'domain a.example',
  ],
  [
    'the same, in the last eighth of bytes',
    filled(forged, one(1, '198.51.100.1', 'b.example', 112_000)),
    of('192.0.2.99', 'a.example'),
    'domain a.example',
  ],
  ['a client of another, in the last eighth', filled(forged, others(80)), of('192.0.2.99', 'b.example'), undefined],
  [
    'mail of unknown clients, of a filled domain',
    filled(forged, one(2, '', 'a.example')),
    of('', 'a.example'),
    'domain a.example',
  ],
  ['one /64', filled(times(8, (n) => [`2001:db8::${n}`, ''])), of('2001:db8::ffff', ''), 'client 20010db800000000/64'],
  [
    'one /64 of a filled domain',
    filled(
      forged,
      times(2, (n) => [`2001:db8::${n}`, 'a.example']),
    ),
    of('2001:db8::ffff', 'a.example'),
    'domain a.example',
  ],
  ['a share of bytes', filled(one(1, '192.0.2.7', 'a.example', 8_000)), of('192.0.2.7', ''), 'client 192.0.2.7'],
  ['bytes below it', filled(one(1, '192.0.2.7', 'a.example', 7_999)), of('192.0.2.7', ''), undefined],
  ['all messages', filled(others(128)), of('192.0.2.99', 'x.example'), 'all'],
  ['all but one', filled(others(127)), of('192.0.2.99', 'x.example'), undefined],
  [
    'all bytes',
    filled(times(2, (n) => [`192.0.2.${n}`, `${n}.example`, 64_000])),
    of('192.0.2.99', 'x.example'),
    'all',
  ],
  ['nobody’s', filled(one(127, '', '')), of('', ''), undefined],
];
for (const [name, room, origin, shortage] of rows)
  test(`room for ${name}: ${shortage ?? 'there is'}`, () => assert.equal(room.shortage(origin)?.of, shortage));

test('where a share is the whole, it binds nobody', () => {
  const room = new QuarantineRoom({ bytes: 128_000, messages: 128, share: 1 });
  for (let n = 0; n < 127; n++) room.put(String(n), 1, of('192.0.2.7', 'a.example'));
  assert.equal(room.shortage(of('192.0.2.7', 'a.example')), undefined);
  room.put('127', 1, of('192.0.2.7', 'a.example'));
  assert.equal(room.shortage(of('192.0.2.8', 'b.example'))?.of, 'all');
});

/** Lets a client send until it is put off; how many came in. */
function flood(room: QuarantineRoom, ip: string, domainOf: (n: number) => string): number {
  for (let n = 0; ; n++) {
    const origin = of(ip, domainOf(n));
    if (room.shortage(origin) !== undefined) return n;
    room.put(`${ip} ${n}`, 1, origin);
  }
}

test('with the usual limits it takes sixteen clients to fill all, and 44 with one domain to come to the last eighth', () => {
  assert.deepEqual(quarantineLimits, { bytes: 4 * 2 ** 30, messages: 100_000, share: 0.25 });
  const many = new QuarantineRoom();
  assert.deepEqual(
    times(17, (n) => flood(many, `192.0.2.${n}`, (at) => `${n}-${at}.example`)),
    [...times(16, () => 6_250), 0],
  );
  const single = new QuarantineRoom();
  const taken = times(46, (n) => flood(single, `192.0.2.${n}`, () => 'a.example'));
  assert.deepEqual(taken, [...times(4, () => 6_250), ...times(40, () => 1_562), 20, 0]);
  assert.equal(
    flood(single, '198.51.100.7', () => 'b.example'),
    6_250,
  );
});

const origins = fc.record({
  ip: fc.constantFrom('192.0.2.1', '192.0.2.2', '192.0.2.3', '2001:db8::1', '2001:db8::2', ''),
  domain: fc.constantFrom('a.example', 'b.example', 'c.example', ''),
});
const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ origin: origins, bytes: fc.nat(3_000) }) },
    { weight: 1, arbitrary: fc.record({ gone: fc.nat(40) }) },
  ),
  { maxLength: 200 },
);

test('whoever sends what, all never pass the whole, and who has nothing is let in while an eighth is free', () => {
  const limits = { bytes: 20_000, messages: 40, share: 0.5 };
  const newcomers = ['a.example', 'b.example', 'c.example', ''].map((domain) => of('203.0.113.9', domain));
  fc.assert(
    fc.property(steps, (some) => {
      const room = new QuarantineRoom(limits);
      const held = new Map<string, { readonly bytes: number; readonly ip: string }>();
      for (const [at, step] of some.entries()) {
        if ('gone' in step) {
          room.drop(String(step.gone));
          held.delete(String(step.gone));
        } else if (room.shortage(step.origin) === undefined) {
          // The one that reaches a limit of bytes may pass it.
          assert.ok(room.bytes < limits.bytes);
          room.put(String(at), step.bytes, step.origin);
          held.set(String(at), { bytes: step.bytes, ip: step.origin.ip });
        }
        const bytes = [...held.values()].reduce((sum, one) => sum + one.bytes, 0);
        assert.equal(room.bytes, bytes);
        assert.ok(held.size <= limits.messages);
        assert.ok([...held.values()].filter(({ ip }) => ip === '192.0.2.1').length <= limits.messages / 4);
        if (bytes < (limits.bytes * 7) / 8 && held.size < (limits.messages * 7) / 8)
          assert.deepEqual(
            newcomers.map((origin) => room.shortage(origin)),
            [undefined, undefined, undefined, undefined],
          );
      }
    }),
    { numRuns: 300 },
  );
});

test('what is put again counts as it is said now, and what has left counts no more', () => {
  const room = filled([['192.0.2.7', 'a.example', 127_999]]);
  room.put('0', 128_000, of('192.0.2.7', 'a.example'));
  assert.deepEqual([room.bytes, room.isFull], [128_000, true]);
  room.drop('0');
  room.drop('0');
  assert.deepEqual([room.bytes, room.isFull, room.shortage(of('192.0.2.7', 'a.example'))], [0, false, undefined]);
});

test('who has no room is told with his part, and a domain that somebody made up steers no terminal', () => {
  const client = filled(times(8, (n) => ['192.0.2.7', `${n}.example`])).shortage(of('192.0.2.7', 'x.example'));
  assert.match(client!.text, /^client 192\.0\.2\.7 has its share \(8 .*, 8 of 8 messages\)$/);
  const evil = '\u001b[2J.example';
  const domain = filled(times(34, (n) => [`192.0.2.${n % 17}`, evil])).shortage(of('192.0.2.3', evil));
  assert.match(domain!.text, /^domain \\u001b\[2J\.example has its share \(.*, 34 of 32 messages\)$/);
});
