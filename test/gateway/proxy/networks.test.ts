import assert from 'node:assert/strict';
import { once } from 'node:events';
import { link, mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Client } from './client.ts';
import { type Rig, type RigOptions, startRig } from './rig.ts';

const withRig = async (options: RigOptions, run: (rig: Rig) => Promise<void>): Promise<void> => {
  const rig = await startRig(options);
  try {
    await run(rig);
  } finally {
    await rig.stop();
  }
};

const send = ['MAIL FROM:<a@example.org>', 'RCPT TO:<b@example.com>', 'DATA', 'x\r\n.'];
const trusted = { attributes: ['127.0.0.1'] } as const;

describe('XCLIENT and XFORWARD', () => {
  test('are advertised to networks that are trusted, and to no other', () =>
    withRig({ networks: trusted }, async ({ client }) => {
      const [inside, outside] = [await client(), await client('127.0.0.2')];
      const said = await inside.say('EHLO c.example');
      assert.match(said, /250-XCLIENT NAME ADDR PORT PROTO HELO LOGIN DESTADDR DESTPORT\|/);
      assert.match(said, /250 XFORWARD NAME ADDR PORT PROTO HELO IDENT SOURCE$/);
      assert.doesNotMatch(await outside.say('EHLO c.example'), /XCLIENT|XFORWARD/);
    }));

  test('XFORWARD: the gate hears of the client, for one transaction', () =>
    withRig({ networks: trusted }, async ({ client, gate }) => {
      const c = await client();
      await c.say('EHLO mta.example');
      const forward =
        'XFORWARD NAME=mail.example.org ADDR=IPV6:2001:db8::1 PORT=4711 PROTO=ESMTPS HELO=mail.example.org';
      assert.match(await c.say(forward), /^250/);
      assert.match(await c.say('XFORWARD IDENT=4TNf SOURCE=REMOTE'), /^250/);
      await c.talk(...send, ...send);
      assert.deepEqual(
        gate.offered.map(({ client: { ip, name, helo }, protocol }) => [ip, name, helo, protocol]),
        [
          ['2001:db8::1', 'mail.example.org', 'mail.example.org', 'ESMTPS'],
          ['127.0.0.1', undefined, 'mta.example', 'ESMTP'],
        ],
      );
    }));

  test('XFORWARD: what is not known of the client is not taken from the server that tells', () =>
    withRig({ networks: trusted }, async ({ client, gate }) => {
      const c = await client();
      await c.talk('EHLO mta.example', 'XFORWARD ADDR=192.0.2.1 NAME=[UNAVAILABLE] HELO=[TEMPUNAVAIL]', ...send);
      assert.deepEqual(gate.offered[0]?.client, { ip: '192.0.2.1', helo: '', name: undefined, isAuthenticated: false });
    }));

  for (const verb of ['XFORWARD', 'XCLIENT']) {
    test(`a client whose address is not known by ${verb} is not the server that tells`, () =>
      withRig(
        {
          networks: { ...trusted, own: ['127.0.0.1'] },
          target: { tells: 'XFORWARD' },
          sink: { features: ['XFORWARD NAME ADDR'] },
        },
        async ({ client, gate, sink }) => {
          const c = await client();
          const said = await c.talk('EHLO mta.example', `${verb} ADDR=[UNAVAILABLE]`);
          assert.match(said[1]!, /^2/);
          await c.talk('EHLO mta.example', ...send);
          const { ip, isAuthenticated } = gate.offered[0]!.client;
          assert.deepEqual([ip, isAuthenticated], ['', false]);
          assert.match(sink.commands.join('\n'), /^XFORWARD NAME=\[UNAVAILABLE\] ADDR=\[UNAVAILABLE\]$/m);
        },
      ));
  }

  test('XCLIENT: one that does not know the address is not trusted with its own', () =>
    withRig({ networks: { ...trusted, relay: ['127.0.0.1'] } }, async ({ client }) => {
      const c = await client();
      await c.talk('EHLO mta.example', 'XCLIENT ADDR=[UNAVAILABLE]', 'EHLO mta.example', send[0]!);
      assert.match(await c.say('RCPT TO:<b@example.net>'), /^550 5\.7\.1/);
    }));

  test('an own network: by the client’s address, whoever tells of it, and for no other client', () =>
    withRig({ networks: { ...trusted, own: ['192.0.2.0/24'] } }, async ({ client, gate }) => {
      const c = await client();
      await c.say('EHLO mta.example');
      for (const told of ['XFORWARD ADDR=192.0.2.1', 'XFORWARD ADDR=198.51.100.1']) await c.talk(told, ...send);
      await c.talk(...send, 'XCLIENT ADDR=192.0.2.7', 'EHLO mta.example', ...send);
      assert.deepEqual(
        gate.offered.map(({ client: { ip, isAuthenticated } }) => [ip, isAuthenticated]),
        [
          ['192.0.2.1', true],
          ['198.51.100.1', false],
          ['127.0.0.1', false],
          ['192.0.2.7', true],
        ],
      );
    }));

  test('an own network: without anybody who tells, by the connection', () =>
    withRig({ networks: { own: ['127.0.0.2'] } }, async ({ client, gate }) => {
      for (const from of ['127.0.0.1', '127.0.0.2'])
        await (await client(from)).talk('EHLO c.example', 'XFORWARD ADDR=127.0.0.2', ...send);
      assert.deepEqual(
        gate.offered.map((one) => one.client.isAuthenticated),
        [false, true],
      );
    }));

  test('XFORWARD opens no relay and closes none', () =>
    withRig({ networks: { ...trusted, relay: ['192.0.2.0/24'] } }, async ({ client }) => {
      const c = await client();
      await c.talk('EHLO mta.example', 'XFORWARD ADDR=192.0.2.1', send[0]!);
      assert.match(await c.say('RCPT TO:<b@example.net>'), /^550 5\.7\.1/);
    }));

  test('XCLIENT: the client is another one from the greeting on, for relaying, too', () =>
    withRig({ networks: { ...trusted, relay: ['192.0.2.0/24'] } }, async ({ client, gate }) => {
      const c = await client();
      await c.say('EHLO mta.example');
      assert.match(
        await c.say('XCLIENT ADDR=192.0.2.7 NAME=a.example HELO=helo.example LOGIN=jane+20doe'),
        /^220 gate/,
      );
      assert.match(await c.say(send[0]!), /^503/);
      const said = await c.talk('EHLO mta.example', send[0]!, 'RCPT TO:<b@example.net>', 'DATA', 'x\r\n.');
      assert.match(said.at(-1)!, /^250/);
      assert.deepEqual(gate.offered[0]?.client, {
        ip: '192.0.2.7',
        helo: 'helo.example',
        name: 'a.example',
        isAuthenticated: true,
      });
    }));

  const bad: readonly (readonly [rest: string, said: RegExp])[] = [
    ['ADDR=192.0.2.1+0D+0AMAIL', /^501 5\.5\.4 Bad ADDR value/],
    ['NAME=a.example+0D+0AX-Injected:+20yes', /^501 5\.5\.4 Bad NAME value/],
    ['HELO=a+0Ab', /^501 5\.5\.4 Bad HELO value/],
    ['HELO=a+20b', /^501/],
    ['HELO=a+3Eb', /^501/],
    ['HELO=a+00b', /^501/],
    ['HELO=a+zz', /^501/],
    ['NAME=+ED+A0+80', /^501/],
    ['ADDR=192.0.2.300', /^501/],
    ['ADDR=IPV6:fe80::1%25eth0', /^501/],
    ['PORT=65536', /^501/],
    ['NAME=a NAME=b', /^501 5\.5\.4 Bad attribute name/],
    ['__proto__=1', /^501 5\.5\.4 Bad attribute name/],
    ['', /^501 5\.5\.4 Syntax/],
  ];
  for (const [rest, said] of bad) {
    test(`XFORWARD ${rest}`, () =>
      withRig({ networks: trusted }, async ({ client }) => {
        const c = await client();
        await c.say('EHLO mta.example');
        assert.match(await c.say(`XFORWARD ${rest}`), said);
      }));
  }

  test('not within a transaction', () =>
    withRig({ networks: trusted }, async ({ client }) => {
      const c = await client();
      assert.match((await c.talk('EHLO mta.example', send[0]!, 'XFORWARD ADDR=192.0.2.1'))[2]!, /^503/);
      assert.match(await c.say('XCLIENT ADDR=192.0.2.1'), /^503/);
    }));

  test('AUTH= of Postfix’s own clients is heard and not passed on', () =>
    withRig({ networks: { ...trusted, relay: ['127.0.0.1'] } }, async ({ client, sink }) => {
      const c = await client();
      assert.match((await c.talk('EHLO mta.example', 'MAIL FROM:<a@example.org> AUTH=<>'))[1]!, /^250/);
      assert.deepEqual(sink.commands, ['MAIL FROM:<a@example.org>']);
    }));
});

test('at a socket file the client is this machine, and Postfix may tell of others there, too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gate-'));
  const path = join(folder, 'smtp.sock');
  await withRig({ networks: trusted, proxy: { listen: { path } } }, async ({ gate, proxy }) => {
    assert.equal(proxy.port, 0);
    const c = await Client.toFile(path);
    await c.answer();
    await c.talk('EHLO c.example', ...send, 'XFORWARD ADDR=192.0.2.1', ...send);
    assert.deepEqual(
      gate.offered.map(({ client }) => client.ip),
      ['127.0.0.1', '192.0.2.1'],
    );
    c.close();
  });
  await rm(folder, { recursive: true });
});

test('a socket file that a killed gate has left makes way, and is for its owner and group', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gate-'));
  const [path, first] = [join(folder, 'smtp.sock'), join(folder, 'first.sock')];
  const killed = createServer().listen(first);
  await once(killed, 'listening');
  // Closing takes the name away that it was made under, and no other.
  await link(first, path);
  await new Promise((resolve) => killed.close(resolve));
  await withRig({ proxy: { listen: { path } } }, async () => {
    const c = await Client.toFile(path);
    assert.match(await c.answer(), /^220 /);
    assert.equal((await stat(path)).mode & 0o777, 0o660);
    c.close();
  });
  await rm(folder, { recursive: true });
});

describe('telling the next hop', () => {
  const features = ['XFORWARD NAME ADDR PORT PROTO HELO SOURCE', 'XCLIENT ADDR NAME HELO'];
  test('XFORWARD, before each transaction', () =>
    withRig({ sink: { features }, target: { tells: 'XFORWARD' }, networks: trusted }, async ({ client, sink }) => {
      const c = await client();
      await c.talk('EHLO c.example', ...send);
      await c.talk('XFORWARD ADDR=2001:db8::1 HELO=a.example NAME=[UNAVAILABLE] SOURCE=REMOTE', ...send.slice(0, 2));
      const port = c.socket.localPort;
      assert.deepEqual(
        sink.commands.filter((line) => line.startsWith('XFORWARD')),
        [
          `XFORWARD NAME=[UNAVAILABLE] ADDR=127.0.0.1 PORT=${port} PROTO=ESMTP HELO=c.example SOURCE=[UNAVAILABLE]`,
          'XFORWARD NAME=[UNAVAILABLE] ADDR=IPV6:2001:db8::1 PORT=[UNAVAILABLE] PROTO=[UNAVAILABLE] HELO=a.example SOURCE=REMOTE',
        ],
      );
    }));

  test('XCLIENT, and never a connection for two clients', () =>
    withRig({ sink: { features }, target: { tells: 'XCLIENT' } }, async ({ client, sink }) => {
      const [one, two] = [await client('127.0.0.3'), await client('127.0.0.4')];
      await one.talk('EHLO one.example', ...send);
      await two.talk('EHLO two.example', ...send);
      assert.deepEqual(
        sink.lines.filter((line) => /^(?:XCLIENT|EHLO (?:one|two))/.test(line)),
        [
          'XCLIENT ADDR=127.0.0.3 NAME=[UNAVAILABLE] HELO=one.example',
          'EHLO one.example',
          'XCLIENT ADDR=127.0.0.4 NAME=[UNAVAILABLE] HELO=two.example',
          'EHLO two.example',
        ],
      );
    }));

  test('a next hop that refuses XCLIENT after all gets no mail: it would take the client for us', () =>
    withRig(
      { sink: { features, answers: { XCLIENT: '550 5.7.0 No' } }, target: { tells: 'XCLIENT' } },
      async ({ client, sink }) => {
        const c = await client();
        assert.match((await c.talk('EHLO c.example', send[0]!))[1]!, /^451 4\.4\.2/);
        assert.ok(!sink.commands.some((line) => line.startsWith('MAIL')));
      },
    ));
});

describe('the PROXY protocol', () => {
  const balancers = { balancers: ['127.0.0.1'] } as const;
  const v2 = (command: number, family: number, rest: Buffer): Buffer => {
    const head = Buffer.from('\r\n\r\n\0\r\nQUIT\n\x20\x11\0\0', 'latin1');
    head[12] = 0x20 | command;
    head[13] = family;
    head.writeUInt16BE(rest.length, 14);
    return Buffer.concat([head, rest]);
  };
  const v4 = Buffer.from([192, 0, 2, 1, 192, 0, 2, 2, 0x12, 0x67, 0, 25]);
  const v6 = Buffer.concat([Buffer.from('20010db8000000000000000000000001'.repeat(2), 'hex'), v4.subarray(8)]);

  const taken: readonly (readonly [what: string, header: string | Buffer, ip: string])[] = [
    ['version 1, IPv4', 'PROXY TCP4 192.0.2.1 192.0.2.2 4711 25\r\n', '192.0.2.1'],
    ['version 1, IPv6', 'PROXY TCP6 2001:db8::1 2001:db8::2 4711 25\r\n', '2001:db8::1'],
    ['version 1, a health check', 'PROXY UNKNOWN\r\n', '127.0.0.1'],
    ['version 2, IPv4', v2(1, 0x11, v4), '192.0.2.1'],
    ['version 2, IPv6', v2(1, 0x21, v6), '2001:db8::1'],
    [
      'version 2, mapped',
      v2(1, 0x21, Buffer.concat([Buffer.from('00000000000000000000ffffc0000207', 'hex'), v6.subarray(16)])),
      '192.0.2.7',
    ],
    ['version 2, more behind the addresses', v2(1, 0x11, Buffer.concat([v4, Buffer.alloc(100, 1)])), '192.0.2.1'],
    ['version 2, a health check', v2(0, 0, Buffer.alloc(0)), '127.0.0.1'],
  ];
  for (const [what, header, ip] of taken) {
    for (const isWhole of [true, false]) {
      test(`${what}${isWhole ? '' : ', a byte at a time'}`, () =>
        withRig({ networks: balancers }, async ({ proxy, gate }) => {
          const c = await Client.to(proxy.port);
          if (isWhole) c.send(header);
          else
            for (const octet of Buffer.from(header)) {
              c.send(Buffer.from([octet]));
              await new Promise((resolve) => setImmediate(resolve));
            }
          assert.match(await c.answer(), /^220/);
          await c.talk('EHLO c.example', ...send);
          assert.equal(gate.offered[0]?.client.ip, ip);
          c.close();
        }));
    }
  }

  const refused: readonly (readonly [what: string, header: string | Buffer])[] = [
    ['none at all', 'EHLO c.example\r\n'],
    ['none, and silence', ''],
    ['an address that is none', 'PROXY TCP4 192.0.2.300 192.0.2.2 4711 25\r\n'],
    ['an address of the other family', 'PROXY TCP4 2001:db8::1 2001:db8::2 4711 25\r\n'],
    ['a port that is none', 'PROXY TCP4 192.0.2.1 192.0.2.2 70000 25\r\n'],
    ['words behind it', 'PROXY TCP4 192.0.2.1 192.0.2.2 1 2 3\r\n'],
    ['bare LF', 'PROXY TCP4 192.0.2.1 192.0.2.2 1 2\n'],
    ['a line without end', `PROXY TCP4 ${'1'.repeat(200)}`],
    ['version 3', Buffer.concat([v2(1, 0x11, v4).fill(0x31, 12, 13)])],
    ['version 2 with a length beyond sense', v2(1, 0x11, Buffer.alloc(60_000))],
    ['version 2, too short for its family', v2(1, 0x21, v4)],
    ['version 2, a socket file', v2(1, 0x31, Buffer.alloc(216))],
  ];
  for (const [what, header] of refused) {
    test(`${what}: closed without a word`, () =>
      withRig({ networks: balancers, timeouts: { proxyHeader: 200 } }, async ({ proxy }) => {
        const c = await Client.to(proxy.port);
        c.send(header);
        assert.equal(await c.answer(), 'closed');
      }));
  }

  test('who is behind it is counted, trusted and taken at its word by its own address', () =>
    withRig({ networks: { ...balancers, attributes: ['127.0.0.1'] }, limits: { perClient: 1 } }, async ({ proxy }) => {
      const one = await Client.to(proxy.port);
      one.send('PROXY TCP4 192.0.2.1 192.0.2.2 4711 25\r\n');
      await one.answer();
      assert.doesNotMatch(await one.say('EHLO c.example'), /XCLIENT/);
      const two = await Client.to(proxy.port);
      two.send('PROXY TCP4 192.0.2.1 192.0.2.2 4712 25\r\n');
      assert.match(await two.answer(), /^421/);
      one.close();
    }));
});
