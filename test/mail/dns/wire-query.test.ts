import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Answer, decode, encode } from 'dns-packet';
import fc from 'fast-check';
import { systemResolver } from '../../../src/mail/dns/node-resolver.ts';
import type { DnsAnswer, RecordType } from '../../../src/mail/dns/resolver.ts';
import { decodeAnswer, encodeQuestion } from '../../../src/mail/dns/wire-message.ts';
import { nameServer, type Reply } from './name-server.ts';

/** c-ares refuses this name, so these questions are ours. */
const NAME = 'user+tag.a.test';

const record = (name: string, type: string, data: unknown): Answer => ({ name, type, ttl: 60, data });
const failed = (failure: string) => ({ status: 'failed', failure });
const found = (...records: unknown[]) => ({ status: 'found', records });

const chain = (count: number): Answer[] =>
  Array.from({ length: count }, (_, n) =>
    record(n === 0 ? NAME : `h${n}.test`, 'CNAME', n === count - 1 ? 'end.test' : `h${n + 1}.test`),
  );

const replies: readonly [what: string, type: RecordType, reply: Reply | undefined, wanted: unknown][] = [
  ['NXDOMAIN', 'A', { rcode: 3 }, { status: 'no-name' }],
  ['no record', 'A', {}, { status: 'no-record' }],
  ['SERVFAIL with a record', 'A', { rcode: 2, answers: [record(NAME, 'A', '192.0.2.1')] }, failed('servfail')],
  ['REFUSED', 'A', { rcode: 5 }, failed('refused')],
  ['NOTIMP', 'A', { rcode: 4 }, failed('refused')],
  ['NOTAUTH is no answer', 'A', { rcode: 9 }, failed('servfail')],
  ['silence', 'A', undefined, failed('timeout')],
  ['garbage', 'A', { raw: Buffer.from('these bytes are no DNS message at all') }, failed('timeout')],
  ['another id', 'A', { wrongId: true, answers: [record(NAME, 'A', '192.0.2.1')] }, failed('timeout')],
  ['another question', 'A', { otherQuestion: 'b.test', answers: [record(NAME, 'A', '192.0.2.1')] }, failed('timeout')],
  ['A', 'A', { answers: [record(NAME, 'A', '192.0.2.1')] }, found('192.0.2.1')],
  ['AAAA', 'AAAA', { answers: [record(NAME, 'AAAA', '2001:db8::1')] }, found('2001:db8::1')],
  [
    'MX',
    'MX',
    { answers: [record(NAME, 'MX', { preference: 5, exchange: 'MX.a.Test' })] },
    found({ preference: 5, exchange: 'mx.a.test' }),
  ],
  [
    'null MX (RFC 7505)',
    'MX',
    { answers: [record(NAME, 'MX', { preference: 0, exchange: '.' })] },
    found({ preference: 0, exchange: '' }),
  ],
  ['PTR', 'PTR', { answers: [record(NAME, 'PTR', 'Host.Test')] }, found('host.test')],
  ['TXT', 'TXT', { answers: [record(NAME, 'TXT', ['a', Buffer.from([255]), 'b'])] }, found('aÿb')],
  ['a record of another name', 'A', { answers: [record('b.test', 'A', '192.0.2.1')] }, { status: 'no-record' }],
  [
    'a record twice',
    'A',
    { answers: [record(NAME, 'A', '192.0.2.1'), record(NAME, 'A', '192.0.2.1')] },
    found('192.0.2.1'),
  ],
  ['8 aliases', 'A', { answers: [...chain(8), record('end.test', 'A', '192.0.2.1')] }, found('192.0.2.1')],
  ['9 aliases', 'A', { answers: [...chain(9), record('end.test', 'A', '192.0.2.1')] }, failed('alias loop')],
  ['a PTR that nobody can ask for', 'PTR', { answers: [record(NAME, 'PTR', 'é.test')] }, { status: 'no-record' }],
  ['an alias to itself', 'A', { answers: [record(NAME, 'CNAME', NAME)] }, failed('alias loop')],
];

const resolverAt = (address: string) => systemResolver({ servers: [address], timeoutMs: 300, tries: 2 });

// Together, because silence takes its time.
describe('questions by hand', { concurrency: true }, () => {
  for (const [what, type, reply, wanted] of replies) {
    test(what, async () => {
      await using server = await nameServer(() => reply);
      assert.deepEqual(await resolverAt(server.address).query(NAME, type), wanted);
      const timedOut =
        (wanted as DnsAnswer<never>).status === 'failed' && (wanted as { failure: string }).failure === 'timeout';
      assert.deepEqual(server.asked, Array(timedOut ? 2 : 1).fill(`udp ${type} ${NAME}`));
    });
  }
});

for (const [strings, wanted] of [
  [100, 'found'],
  [200, 'failed'],
] as const) {
  test(`question by hand: a cut answer, then ${strings} strings over TCP: ${wanted}`, async () => {
    const answers = Array.from({ length: strings }, (_, n) => record(NAME, 'TXT', [String(n).padEnd(255, 'x')]));
    await using server = await nameServer((_, over) => (over === 'udp' ? { truncated: true } : { answers }));
    assert.equal((await resolverAt(server.address).query(NAME, 'TXT')).status, wanted);
    assert.deepEqual(server.asked, [`udp TXT ${NAME}`, `tcp TXT ${NAME}`]);
  });
}

test('question by hand: silence over TCP is a time-out, cut over TCP is malformed', async () => {
  await using silent = await nameServer((_, over) => (over === 'udp' ? { truncated: true } : undefined));
  assert.deepEqual(await resolverAt(silent.address).query(NAME, 'TXT'), failed('timeout'));
  await using cut = await nameServer(() => ({ truncated: true }));
  assert.deepEqual(await resolverAt(cut.address).query(NAME, 'TXT'), failed('malformed'));
});

test('question by hand: nobody listens, the second server answers', async () => {
  const dead = await nameServer(() => ({}));
  await dead[Symbol.asyncDispose]();
  assert.deepEqual(await resolverAt(dead.address).query(NAME, 'A'), failed('unreachable'));
  await using alive = await nameServer(() => ({ answers: [record(NAME, 'A', '192.0.2.1')] }));
  const dns = systemResolver({ servers: [dead.address, alive.address], timeoutMs: 200, tries: 1 });
  assert.deepEqual(await dns.query(NAME, 'A'), found('192.0.2.1'));
});

test('question by hand: the signal ends it', async () => {
  await using server = await nameServer(() => undefined);
  const stop = new AbortController();
  const dns = systemResolver({ servers: [server.address], timeoutMs: 60_000, signal: stop.signal });
  const under = dns.query(NAME, 'A');
  setTimeout(() => stop.abort(), 20);
  assert.deepEqual(await under, failed('timeout'));
});

const asked = { id: 4711, name: NAME, type: 'TXT' } as const;

test('a question is what dns-packet reads', () => {
  const { id, questions } = decode(encodeQuestion(asked));
  assert.deepEqual([id, questions.length, questions[0]!.name, questions[0]!.type], [4711, 1, NAME, 'TXT']);
});

/** A true answer, to be spoilt. */
const message = encode({
  type: 'response',
  id: 4711,
  flags: 0,
  questions: [{ name: NAME, type: 'TXT' }],
  answers: [
    record(NAME, 'CNAME', 'b.test'),
    record('b.test', 'TXT', ['x'.repeat(40)]),
    record('b.test', 'MX', { preference: 1, exchange: 'c.test' }),
  ],
});

/** The question, one record whose owner is `owner`, and its data. */
const withOwner = (owner: readonly number[], data: readonly number[] = [1, 120]): Buffer => {
  const question = encodeQuestion(asked);
  question[2] = 0x80;
  question[7] = 1;
  return Buffer.concat([question, Buffer.from([...owner, 0, 16, 0, 1, 0, 0, 0, 0, 0, data.length, ...data])]);
};

const own = [0xc0, 12];
const broken: readonly [what: string, message: Buffer, wanted: unknown][] = [
  ['a pointer to the question is followed', withOwner(own), found('x')],
  ['a pointer to itself', withOwner([0xc0, encodeQuestion(asked).length]), failed('malformed')],
  ['a pointer forward', withOwner([0xc0, 255]), failed('malformed')],
  ['a pointer to itself behind a label', withOwner([1, 97, 0xc0, encodeQuestion(asked).length]), failed('malformed')],
  ['a reserved kind of label', withOwner([0x40, 97, 0]), failed('malformed')],
  ['a name without end', withOwner(Array(300).fill([1, 97]).flat()), failed('malformed')],
  ['a string longer than its record', withOwner(own, [9, 120]), failed('malformed')],
  ['a record longer than the message', withOwner(own).subarray(0, -1), failed('malformed')],
  [
    'a dot inside a label is not one between labels',
    withOwner([10, ...Buffer.from('user+tag.a'), 4, ...Buffer.from('test'), 0]),
    { status: 'no-record' },
  ],
];

for (const [what, bytes, wanted] of broken) {
  test(`message: ${what}`, () => assert.deepEqual(decodeAnswer(bytes, asked), wanted));
}

test('no spoilt message throws, and none ends elsewhere than in an answer or in nothing', () => {
  const change = fc.record({ at: fc.nat(message.length - 1), byte: fc.integer({ min: 0, max: 255 }) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), fc.nat(message.length), (changes, end) => {
      const spoilt = Buffer.from(message);
      for (const { at, byte } of changes) spoilt[at] = byte;
      const said = decodeAnswer(spoilt.subarray(0, end), asked);
      assert.ok(said === undefined || said === 'truncated' || typeof said.status === 'string');
    }),
    { numRuns: 5000 },
  );
  assert.deepEqual(decodeAnswer(message, asked), found('x'.repeat(40)));
});
