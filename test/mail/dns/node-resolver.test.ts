import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import type { Answer } from 'dns-packet';
import { systemResolver } from '../../../src/mail/dns/node-resolver.ts';
import type { DnsAnswer, RecordType } from '../../../src/mail/dns/resolver.ts';
import { nameServer, RCODE, type Reply, type Say } from './name-server.ts';

const record = (name: string, type: string, data: unknown): Answer => ({ name, type, ttl: 60, data });
const alias = (name: string, target: string): Answer => record(name, 'CNAME', target);

/** Asks one question of a server that says the same to every question. */
async function ask<T extends RecordType>(
  type: T,
  say: Say,
  name = 'a.test',
): Promise<[DnsAnswer<T>, readonly string[]]> {
  await using server = await nameServer(say);
  const dns = systemResolver({ servers: [server.address], timeoutMs: 300, tries: 2 });
  return [await dns.query(name, type), server.asked];
}

const failed = (failure: string) => ({ status: 'failed', failure });
const found = (...records: unknown[]) => ({ status: 'found', records });

const replies: readonly [what: string, type: RecordType, reply: Reply | undefined, wanted: unknown][] = [
  ['NXDOMAIN is no-name', 'TXT', { rcode: RCODE.NXDOMAIN }, { status: 'no-name' }],
  [
    'NXDOMAIN behind an alias is no-name (RFC 6604)',
    'A',
    { rcode: 3, answers: [alias('a.test', 'b.test')] },
    { status: 'no-name' },
  ],
  ['NOERROR without records is no-record', 'TXT', {}, { status: 'no-record' }],
  ['SERVFAIL', 'TXT', { rcode: RCODE.SERVFAIL }, failed('servfail')],
  [
    'SERVFAIL with records is no answer',
    'A',
    { rcode: 2, answers: [record('a.test', 'A', '192.0.2.1')] },
    failed('servfail'),
  ],
  ['FORMERR', 'TXT', { rcode: RCODE.FORMERR }, failed('servfail')],
  ['REFUSED', 'MX', { rcode: RCODE.REFUSED }, failed('refused')],
  ['NOTIMP', 'MX', { rcode: RCODE.NOTIMP }, failed('refused')],
  ['silence', 'TXT', undefined, failed('timeout')],
  ['garbage', 'TXT', { raw: Buffer.from('these bytes are no DNS message at all') }, failed('malformed')],
  [
    'an answer under another id is not taken',
    'A',
    { wrongId: true, answers: [record('a.test', 'A', '192.0.2.1')] },
    failed('timeout'),
  ],
  [
    'an answer to another question is not taken',
    'A',
    { otherQuestion: 'b.test', answers: [record('a.test', 'A', '192.0.2.1')] },
    failed('timeout'),
  ],
  [
    'a record of another type is no answer',
    'TXT',
    { answers: [record('a.test', 'A', '192.0.2.1')] },
    failed('malformed'),
  ],
  [
    'A',
    'A',
    { answers: [record('a.test', 'A', '192.0.2.1'), record('a.test', 'A', '192.0.2.2')] },
    found('192.0.2.1', '192.0.2.2'),
  ],
  ['AAAA', 'AAAA', { answers: [record('a.test', 'AAAA', '2001:db8::1')] }, found('2001:db8::1')],
  [
    'a record sent twice is one (RFC 2181 section 5)',
    'A',
    { answers: [record('a.test', 'A', '192.0.2.1'), record('a.test', 'A', '192.0.2.1')] },
    found('192.0.2.1'),
  ],
  ['PTR in lower case', 'PTR', { answers: [record('a.test', 'PTR', 'Mail.Example.COM')] }, found('mail.example.com')],
  [
    'MX in lower case',
    'MX',
    { answers: [record('a.test', 'MX', { preference: 10, exchange: 'MX.Example.com' })] },
    found({ preference: 10, exchange: 'mx.example.com' }),
  ],
  [
    'the null MX has no exchange (RFC 7505)',
    'MX',
    { answers: [record('a.test', 'MX', { preference: 0, exchange: '.' })] },
    found({ preference: 0, exchange: '' }),
  ],
  [
    'the strings of a TXT are joined',
    'TXT',
    { answers: [record('a.test', 'TXT', ['v=spf1 ', '-all']), record('a.test', 'TXT', ['two'])] },
    found('v=spf1 -all', 'two'),
  ],
  ['an empty TXT is found', 'TXT', { answers: [record('a.test', 'TXT', [''])] }, found('')],
  [
    'bytes of a TXT are characters to U+00FF',
    'TXT',
    { answers: [record('a.test', 'TXT', [Buffer.from([0, 34, 92, 127, 195, 169, 255])])] },
    found('\u0000"\\\u007fÃ©ÿ'),
  ],
  [
    'an alias chain in one answer',
    'TXT',
    { answers: [alias('a.test', 'b.test'), alias('b.test', 'c.test'), record('c.test', 'TXT', ['end'])] },
    found('end'),
  ],
];

// Together, because silence takes its time.
describe('answers', { concurrency: true }, () => {
  for (const [what, type, reply, wanted] of replies) {
    test(what, async () => assert.deepEqual((await ask(type, () => reply))[0], wanted));
  }
});

/** A server that is asked over UDP sends a cut answer; over TCP what is given. */
const cut =
  (answers: readonly Answer[] | undefined): Say =>
  (_, over) =>
    over === 'udp' ? { truncated: true, answers: [record('a.test', 'TXT', ['cut'])] } : answers && { answers };

const texts = (count: number, length: number): Answer[] =>
  Array.from({ length: count }, (_, n) => record('a.test', 'TXT', [String(n).padEnd(length, 'x')]));

const overTcp: readonly [what: string, answers: readonly Answer[] | undefined, wanted: string][] = [
  ['a cut answer is asked for again over TCP', texts(1, 10), 'found 1'],
  ['a cut answer is never taken where TCP is silent', undefined, 'failed timeout'],
  ['128 strings of 255 bytes are found', texts(128, 255), 'found 128'],
  ['32 KB and one string more are too large', texts(129, 255), 'failed too large'],
  ['64 KB are too large', texts(239, 255), 'failed too large'],
  ['500 records are found', texts(500, 5), 'found 500'],
  ['501 records are too large', texts(501, 5), 'failed too large'],
];

describe('over TCP', { concurrency: true }, () => {
  for (const [what, answers, wanted] of overTcp) {
    test(what, async () => {
      const [answer, asked] = await ask('TXT', cut(answers));
      const got = answer.status === 'found' ? answer.records.length : answer.status === 'failed' ? answer.failure : '';
      assert.equal(`${answer.status} ${got}`, wanted);
      assert.deepEqual(asked.slice(0, 2), ['udp TXT a.test', 'tcp TXT a.test']);
    });
  }
});

/** An authoritative server: it names the next alias only, or the record at the end. */
const chain =
  (aliases: Readonly<Record<string, string>>): Say =>
  ({ name, type }) => {
    const target = aliases[name];
    if (target !== undefined) return { answers: [alias(name, target)] };
    return name === 'end.test' && type === 'TXT' ? { answers: [record(name, 'TXT', ['end'])] } : {};
  };

const hops = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [
      n === 0 ? 'a.test' : `h${n}.test`,
      n === count - 1 ? 'end.test' : `h${n + 1}.test`,
    ]),
  );

const aliases: readonly [what: string, aliases: Record<string, string>, wanted: unknown][] = [
  ['one hop', hops(1), found('end')],
  ['8 hops', hops(8), found('end')],
  ['9 hops', hops(9), failed('alias loop')],
  ['to itself', { 'a.test': 'a.test' }, failed('malformed')],
  ['a circle', { 'a.test': 'b.test', 'b.test': 'a.test' }, failed('alias loop')],
  ['to a name without the record', { 'a.test': 'nothing.test' }, { status: 'no-record' }],
];

for (const [what, given, wanted] of aliases) {
  test(`aliases that the server does not follow: ${what}`, async () =>
    assert.deepEqual((await ask('TXT', chain(given)))[0], wanted));
}

const says: Say = ({ name, type }) => ({
  answers: [type === 'TXT' ? record(name, 'TXT', ['asked']) : record(name, 'A', '192.0.2.1')],
});

const names: readonly [name: string, wanted: unknown, asked: string[]][] = [
  ['A.Test.', found('asked'), ['udp TXT a.test']],
  ['_dmarc.a-b.test', found('asked'), ['udp TXT _dmarc.a-b.test']],
  ['single', found('asked'), ['udp TXT single']],
  ['.', found('asked'), ['udp TXT .']],
  ['', { status: 'no-name' }, []],
  ['..', { status: 'no-name' }, []],
  ['a..test', { status: 'no-name' }, []],
  ['.a.test', { status: 'no-name' }, []],
  ['a.test..', { status: 'no-name' }, []],
  [`${'x'.repeat(63)}.test`, found('asked'), [`udp TXT ${'x'.repeat(63)}.test`]],
  [`${'x'.repeat(64)}.test`, { status: 'no-name' }, []],
  [`${'x.'.repeat(125)}xyz.`, found('asked'), [`udp TXT ${'x.'.repeat(125)}xyz`]],
  [`${'x.'.repeat(125)}wxyz`, { status: 'no-name' }, []],
  ['x'.repeat(1 << 20), { status: 'no-name' }, []],
  ['münchen.test', { status: 'no-name' }, []],
  ['\u212Aelvin.test', { status: 'no-name' }, []],
  ['a\u0000b.test', found('asked'), ['udp TXT a\u0000b.test']],
  ['a\\046b.test', found('asked'), ['udp TXT a\\046b.test']],
  ['user+tag.test', found('asked'), ['udp TXT user+tag.test']],
  ['a b"c.test', found('asked'), ['udp TXT a b"c.test']],
  ['hidden.onion', { status: 'no-name' }, []],
];

for (const [name, wanted, asked] of names) {
  test(`name asked for: ${JSON.stringify(name.slice(0, 70))}, ${name.length} characters`, async () => {
    assert.deepEqual(await ask('TXT', says, name), [wanted, asked]);
  });
}

test('no search domain is ever added, whatever the environment says', async () => {
  await using server = await nameServer(() => ({ rcode: RCODE.NXDOMAIN }));
  const script = `
    import { systemResolver } from ${JSON.stringify(new URL('../../../src/mail/dns/node-resolver.ts', import.meta.url))};
    const dns = systemResolver({ servers: [${JSON.stringify(server.address)}], timeoutMs: 500, tries: 1 });
    for (const name of ['host', 'host.example.com']) for (const type of ['A', 'AAAA', 'MX', 'TXT', 'PTR']) await dns.query(name, type);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, LOCALDOMAIN: 'search.test', RES_OPTIONS: 'ndots:5' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [complaint] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  assert.equal(complaint, '');
  assert.equal(server.asked.length, 10);
  assert.deepEqual([...new Set(server.asked.map((line) => line.split(' ')[2]))], ['host', 'host.example.com']);
});

test('a port where nobody listens is unreachable', async () => {
  const server = await nameServer(() => ({}));
  await server[Symbol.asyncDispose]();
  const dns = systemResolver({ servers: [server.address], timeoutMs: 150, tries: 1 });
  assert.deepEqual(await dns.query('a.test', 'A'), failed('unreachable'));
});

test('the signal ends what is under way and what comes after', async () => {
  await using server = await nameServer(() => undefined);
  const stop = new AbortController();
  const dns = systemResolver({ servers: [server.address], timeoutMs: 60_000, signal: stop.signal });
  const under = dns.query('a.test', 'A');
  stop.abort();
  assert.deepEqual(await under, failed('timeout'));
  assert.deepEqual(await dns.query('a.test', 'A'), failed('timeout'));
  assert.ok(server.asked.length <= 1);
});

test('what is no address of a name server is the caller’s mistake', () => {
  assert.throws(() => systemResolver({ servers: ['ns.example.com'] }), TypeError);
});
