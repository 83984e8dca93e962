import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QuarantineRoom } from '../../../src/gateway/quarantine/quarantine-room.ts';

const of = (ip: string, domain: string) => ({ ip, domain });

/** A room of ten messages and 10,000 bytes, of which one may have the half. */
const filled = (messages: readonly (readonly [ip: string, domain: string, bytes: number])[]): QuarantineRoom => {
  const room = new QuarantineRoom({ bytes: 10_000, messages: 10, share: 0.5 });
  for (const [at, [ip, domain, bytes]] of messages.entries()) room.put(String(at), bytes, of(ip, domain));
  return room;
};
const times = <T>(count: number, one: (n: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => one(n));

const rows: readonly (readonly [
  name: string,
  room: QuarantineRoom,
  origin: { ip: string; domain: string },
  shortage: string | undefined,
])[] = [
  ['an empty one', filled([]), of('192.0.2.7', 'a.example'), undefined],
  [
    'a client below its share',
    filled(times(4, (n) => ['192.0.2.7', `${n}.example`, 1])),
    of('192.0.2.7', 'x.example'),
    undefined,
  ],
  [
    'a client with many domains',
    filled(times(5, (n) => ['192.0.2.7', `${n}.example`, 1])),
    of('192.0.2.7', 'x.example'),
    'client 192.0.2.7',
  ],
  [
    'another beside him',
    filled(times(5, (n) => ['192.0.2.7', `${n}.example`, 1])),
    of('192.0.2.8', 'x.example'),
    undefined,
  ],
  [
    'a domain from many clients',
    filled(times(5, (n) => [`192.0.2.${n}`, 'a.example', 1])),
    of('192.0.2.99', 'a.example'),
    'domain a.example',
  ],
  [
    'one /64',
    filled(times(5, (n) => [`2001:db8::${n}`, '', 1])),
    of('2001:db8::ffff', ''),
    'client 20010db800000000/64',
  ],
  ['a share of bytes', filled([['192.0.2.7', 'a.example', 5000]]), of('192.0.2.7', ''), 'client 192.0.2.7'],
  ['all messages', filled(times(10, (n) => [`192.0.2.${n}`, `${n}.example`, 1])), of('192.0.2.99', 'x.example'), 'all'],
  ['all bytes', filled(times(3, (n) => [`192.0.2.${n}`, `${n}.example`, 4000])), of('192.0.2.99', 'x.example'), 'all'],
  ['nobody’s', filled(times(9, () => ['', '', 1])), of('', ''), undefined],
];
for (const [name, room, origin, shortage] of rows)
  test(`room for ${name}: ${shortage ?? 'there is'}`, () => assert.equal(room.shortage(origin)?.of, shortage));

test('what is put again counts as it is said now, and what has left counts no more', () => {
  const room = filled([['192.0.2.7', 'a.example', 9999]]);
  room.put('0', 10_000, of('192.0.2.7', 'a.example'));
  assert.deepEqual([room.bytes, room.isFull], [10_000, true]);
  room.drop('0');
  room.drop('0');
  assert.deepEqual([room.bytes, room.isFull, room.shortage(of('192.0.2.7', 'a.example'))], [0, false, undefined]);
});

test('a domain that somebody made up steers no terminal', () => {
  const room = filled(times(5, (n) => [`192.0.2.${n}`, '\u001b[2J.example', 1]));
  assert.match(room.shortage(of('', '\u001b[2J.example'))!.text, /^domain \\u001b\[2J\.example has its share \(/);
});
