import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { selfSigned } from './certificates.ts';
import { Client } from './client.ts';
import { madeUpGate, type Rig, type RigOptions, startRig } from './rig.ts';

const withRig = async (options: RigOptions, run: (rig: Rig) => Promise<void>): Promise<void> => {
  const rig = await startRig(options);
  try {
    await run(rig);
  } finally {
    await rig.stop();
  }
};

const begin = ['EHLO c.example', 'MAIL FROM:<a@example.org>', 'RCPT TO:<b@example.com>'];
const SECOND = 'MAIL FROM:<admin@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nSmuggled.\r\n.\r\n';

describe('SMTP smuggling: only CR LF . CR LF ends a message, and no message that another program could end elsewhere is taken', () => {
  const ends = ['\n.\n', '\n.\r\n', '\r.\r', '\r\n.\n', '\r\n.\r', '\r.\r\n', '\n.\r', '\r\r\n.\r\r\n', '\r\n\0.\r\n'];
  for (const end of ends) {
    test(JSON.stringify(end), () =>
      withRig({}, async ({ client, sink, gate }) => {
        const c = await client();
        await c.talk(...begin, 'DATA');
        c.send(`Subject: x\r\n\r\nHello.${end}${SECOND}`);
        assert.match(await c.answer(), /^550 5\.6\.11 The message holds/);
        // Nothing behind the message is done: where the end is not clear, the connection ends.
        if (!end.includes('\0')) assert.equal(await c.answer(), 'closed');
        assert.deepEqual([gate.offered, sink.messages], [[], []]);
      }),
    );
  }

  for (const start of [' x', '\tx', '. x', '.\tx']) {
    test(`a first line ${JSON.stringify(start)} continues no field of the gate's`, () =>
      withRig({}, async ({ client, gate, sink }) => {
        const c = await client();
        await c.talk(...begin, 'DATA');
        assert.match(
          await c.say(`${start}\r\nFrom: a@example.org\r\n\r\nHello.\r\n.`),
          /^550 5\.6\.0 The message begins/,
        );
        assert.deepEqual([gate.offered, sink.messages], [[], []]);
        assert.match((await c.talk(...begin.slice(1), 'DATA', '\r\n x\r\n.'))[3]!, /^250/);
      }));
  }

  test('one that waits for its answer gets it soon', () =>
    withRig({ timeouts: { refused: 100 } }, async ({ client, gate }) => {
      const c = await client();
      await c.talk(...begin, 'DATA');
      c.send('Subject: x\n\nHello.\n.\n');
      assert.match(await c.answer(), /^550 5\.6\.11/);
      assert.equal(await c.answer(), 'closed');
      assert.deepEqual(gate.offered, []);
    }));

  test('a CR at the end of a piece is no bare one', () =>
    withRig({ timeouts: { refused: 50 } }, async ({ client, sink }) => {
      const c = await client();
      await c.talk(...begin, 'DATA');
      c.send('Hello.\r');
      await sleep(200);
      c.send('\n.\r\n');
      assert.match(await c.answer(), /^250/);
      assert.deepEqual(sink.messages, ['Hello.\r\n']);
    }));

  test('old devices that are named: line ends are mended, and the end is still only one', () =>
    withRig({ networks: { normalise: ['127.0.0.0/8'] } }, async ({ client, sink }) => {
      const c = await client();
      c.send('EHLO device.example\n');
      await c.answer();
      await c.talk(...begin.slice(1), 'DATA');
      c.send(`Subject: x\n\nHello\rthere.\n.\n${SECOND}`);
      assert.match(await c.answer(), /^250/);
      const all = 'Subject: x\r\n\r\nHello\r\nthere.\r\n\r\n'.concat(SECOND.slice(0, -3));
      assert.deepEqual(sink.messages, [all]);
      assert.match(await c.say('NOOP'), /^250/);
    }));
});

describe('lines of commands', () => {
  const over: readonly (readonly [what: string, bytes: string, said: RegExp])[] = [
    ['bare LF', 'NOOP\n', /^500 5\.5\.2/],
    ['bare CR', 'NOOP\rRSET\r\n', /^500 5\.5\.2/],
    ['CR CR LF', 'NOOP\r\r\n', /^500 5\.5\.2/],
    ['too long', `NOOP ${'x'.repeat(3_000)}\r\n`, /^500 5\.5\.2 Line too long/],
    ['without an end', 'x'.repeat(3_000), /^500 5\.5\.2 Line too long/],
    ['HTTP', 'POST / HTTP/1.1\r\nHost: a\r\n\r\n', /^500 5\.5\.1 This is a mail server/],
  ];
  for (const [what, bytes, said] of over) {
    test(`${what}: the connection ends`, () =>
      withRig({}, async ({ client }) => {
        const c = await client();
        c.send(bytes);
        assert.match(await c.answer(), said);
        assert.equal(await c.answer(), 'closed');
      }));
  }

  const refused: readonly (readonly [what: string, line: string, said: RegExp])[] = [
    ['NUL', 'MAIL FROM:<a\0@example.org>', /^500 5\.5\.2/],
    ['8 bits without SMTPUTF8', 'MAIL FROM:<jürgen@example.org>', /^550 5\.6\.7/],
    ['8 bits that are no UTF-8', 'MAIL FROM:<\xfc@example.org> SMTPUTF8', /^500 5\.5\.2/],
    ['8 bits elsewhere', 'NOOP ü', /^500 5\.5\.2/],
    ['C1 controls in UTF-8', 'MAIL FROM:<a\u0085@example.org> SMTPUTF8', /^500 5\.5\.2/],
    ['a header in the address', 'MAIL FROM:<"a\tX-Spam: no"@example.org>', /^500 5\.5\.2/],
    ['a closing bracket in it', 'MAIL FROM:<a>b@example.org>', /^501 5\.5\.4/],
    ['blanks in it', 'MAIL FROM:<a b@example.org>', /^501 5\.1\.7/],
    ['quotes in it that do not end', 'MAIL FROM:<"a b@example.org>', /^501 5\.(?:1\.7|5\.4)/],
    ['an address that is too long', `MAIL FROM:<${'a'.repeat(400)}@example.org>`, /^501 5\.1\.7/],
    ['a domain that is none', 'MAIL FROM:<a@-.example>', /^501 5\.1\.7/],
    ['an unknown parameter', 'MAIL FROM:<a@example.org> BY=1', /^555 5\.5\.4/],
    ['AUTH= of anybody', 'MAIL FROM:<a@example.org> AUTH=<>', /^555 5\.5\.4/],
    ['a parameter of a prototype', 'MAIL FROM:<a@example.org> constructor=1', /^555 5\.5\.4/],
    ['a parameter twice', 'MAIL FROM:<a@example.org> SIZE=1 SIZE=2', /^501 5\.5\.4/],
    ['BDAT', 'BDAT 10 LAST', /^502 5\.5\.1/],
    ['AUTH', 'AUTH PLAIN AAAA', /^502 5\.5\.1/],
    ['XCLIENT of anybody', 'XCLIENT ADDR=192.0.2.1', /^550 5\.7\.1/],
    ['XFORWARD of anybody', 'XFORWARD ADDR=192.0.2.1', /^550 5\.7\.1/],
    ['PROXY of anybody', 'PROXY TCP4 192.0.2.1 192.0.2.2 1 2', /^502 5\.5\.1/],
    ['constructor as a command', 'constructor', /^502 5\.5\.1/],
    ['a greeting with markup', 'EHLO <script>', /^501 5\.5\.4/],
    ['a greeting with two words', 'EHLO a b', /^501 5\.5\.4/],
  ];
  for (const [what, line, said] of refused) {
    test(what, () =>
      withRig({}, async ({ client, sink }) => {
        const c = await client();
        await c.say('EHLO c.example');
        c.send(Buffer.from(`${line}\r\n`, line.includes('\xfc') && what.includes('no UTF-8') ? 'latin1' : 'utf8'));
        assert.match(await c.answer(), said);
        assert.match(await c.say('NOOP'), /^250/);
        assert.deepEqual(sink.commands, []);
      }),
    );
  }
});

describe('no open relay', () => {
  const rows: readonly (readonly [to: string, said: RegExp])[] = [
    ['b@example.net', /^550 5\.7\.1 Relay access denied/],
    ['b@example.com', /^250/],
    ['b@EXAMPLE.COM', /^250/],
    ['b@mail.example.com', /^550 5\.7\.1/],
    ['b@notexample.com', /^550 5\.7\.1/],
    ['b@[192.0.2.1]', /^550 5\.7\.1/],
    ['Postmaster', /^250/],
    ['b', /^501 5\.1\.3/],
    ['b%example.net@example.com', /^550 5\.7\.1 Routes/],
    ['example.net!b@example.com', /^550 5\.7\.1 Routes/],
    ['"b@example.net"@example.com', /^550 5\.7\.1 Routes/],
    ['@example.com:b@example.net', /^550 5\.7\.1/],
    ['@example.net:b@example.com', /^550 5\.7\.1 Routes/],
    ['b@example.com@example.net', /^501 5\.1\.3/],
    ['', /^501 5\.1\.3/],
  ];
  for (const [to, said] of rows) {
    test(`<${to}>`, () =>
      withRig({}, async ({ client }) => {
        const c = await client();
        assert.match((await c.talk(...begin.slice(0, 2), `RCPT TO:<${to}>`))[2]!, said);
      }));
  }

  test('a domain beyond ASCII is the same in both its forms', () =>
    withRig({ proxy: { acceptedDomains: ['Bücher.example', 'A.xn--bcher-kva.example'] } }, async ({ client }) => {
      const c = await client();
      const said = await c.talk(
        begin[0]!,
        `${begin[1]} SMTPUTF8`,
        'RCPT TO:<b@bücher.example>',
        'RCPT TO:<b@xn--bcher-kva.example>',
        'RCPT TO:<b@a.bücher.example>',
        'RCPT TO:<b@example.com>',
      );
      assert.deepEqual(
        said.slice(2).map((line) => line.slice(0, 3)),
        ['250', '250', '250', '550'],
      );
    }));

  test('a gate that was told no domains at all refuses nothing for good', () =>
    withRig({ proxy: { acceptedDomains: [] } }, async ({ client }) => {
      const c = await client();
      assert.match((await c.talk(...begin))[2]!, /^454 4\.7\.1 No accepted domains are set/);
    }));

  test('networks that are named may', () =>
    withRig({ networks: { relay: ['127.0.0.1'] } }, async ({ client }) => {
      const c = await client();
      assert.match((await c.talk(...begin.slice(0, 2), 'RCPT TO:<b@example.net>'))[2]!, /^250/);
    }));
});

describe('pipelined abuse', () => {
  test('who speaks before the greeting', () =>
    withRig({ timeouts: { greetingPause: 200 } }, async ({ proxy, sink }) => {
      const c = await Client.to(proxy.port);
      c.send('EHLO c.example\r\nMAIL FROM:<a@example.org>\r\n');
      assert.match(await c.answer(), /^554 5\.5\.0 You spoke before the greeting/);
      assert.equal(await c.answer(), 'closed');
      assert.deepEqual(sink.commands, []);
    }));
  for (const first of ['EHLO c.example', 'HELO c.example']) {
    test(`commands behind ${first} in one packet`, () =>
      withRig({}, async ({ client, sink }) => {
        const c = await client();
        c.send(`${first}\r\n${begin[1]}\r\n`);
        assert.match(await c.answer(), /^503 5\.5\.0/);
        assert.equal(await c.answer(), 'closed');
        assert.deepEqual(sink.commands, []);
      }));
  }
  test('a message behind DATA in one packet', () =>
    withRig({}, async ({ client, sink }) => {
      const c = await client();
      await c.talk(...begin);
      c.send('DATA\r\nSubject: x\r\n\r\n.\r\n');
      assert.match(await c.answer(), /^503 5\.5\.0/);
      assert.equal(await c.answer(), 'closed');
      assert.deepEqual(sink.messages, []);
    }));
  test('a thousand wrong commands', () =>
    withRig({}, async ({ client }) => {
      const c = await client();
      c.send('FOO\r\n'.repeat(1_000));
      for (let at = 0; at < 20; at++) assert.match(await c.answer(), /^502/);
      assert.match(await c.answer(), /^421 4\.7\.0 Too many errors/);
      assert.equal(await c.answer(), 'closed');
    }));
  test('refused recipients without end', () =>
    withRig({}, async ({ client }) => {
      const c = await client();
      await c.talk(...begin.slice(0, 2));
      c.send('RCPT TO:<b@example.net>\r\n'.repeat(1_000));
      for (let at = 0; at < 20; at++) assert.match(await c.answer(), /^550 5\.7\.1/);
      assert.match(await c.answer(), /^421 4\.7\.0 Too many errors/);
      assert.equal(await c.answer(), 'closed');
    }));
  for (const command of ['NOOP', 'RSET', 'EHLO c.example'])
    test(`without end: ${command}`, () =>
      withRig({}, async ({ client }) => {
        const c = await client();
        for (let at = 0; at < 100; at++) assert.match(await c.say(command), /^250/);
        assert.match(await c.say(command), /^421 4\.7\.0/);
        assert.equal(await c.answer(), 'closed');
      }));
});

describe('STARTTLS', () => {
  test('commands in the packet of STARTTLS (injection)', async () => {
    const certificate = await selfSigned('gate.example.com');
    await withRig({ proxy: { certificate: certificate.paths } }, async ({ client, sink }) => {
      const c = await client();
      await c.say('EHLO c.example');
      c.send('STARTTLS\r\nMAIL FROM:<injected@example.org>\r\n');
      assert.match(await c.answer(), /^503 5\.5\.0/);
      assert.equal(await c.answer(), 'closed');
      assert.deepEqual(sink.commands, []);
    });
  });

  test('plain commands behind its 220', async () => {
    const certificate = await selfSigned('gate.example.com');
    await withRig({ proxy: { certificate: certificate.paths } }, async ({ client, sink }) => {
      const c = await client();
      await c.talk('EHLO c.example', 'STARTTLS');
      c.send('MAIL FROM:<injected@example.org>\r\n');
      // An alert of TLS, which is no line, or nothing.
      assert.match(await c.answer(), /closed$/);
      assert.deepEqual(sink.commands, []);
    });
  });

  test('what was said before it is forgotten', async () => {
    const certificate = await selfSigned('gate.example.com');
    await withRig({ proxy: { certificate: certificate.paths } }, async ({ client, gate }) => {
      const c = await client();
      assert.match(await c.say('EHLO before.example'), /STARTTLS/);
      await c.say('STARTTLS');
      await c.secure();
      assert.match(await c.say(begin[1]!), /^503 5\.5\.1/);
      assert.doesNotMatch(await c.say('EHLO after.example'), /STARTTLS/);
      assert.match(await c.say('STARTTLS'), /^503/);
      await c.talk(...begin.slice(1), 'DATA', 'x\r\n.');
      assert.deepEqual([gate.offered[0]?.client.helo, gate.offered[0]?.protocol], ['after.example', 'ESMTPS']);
    });
  });

  test('a client that never shakes hands', async () => {
    const certificate = await selfSigned('gate.example.com');
    const options = { proxy: { certificate: certificate.paths }, timeouts: { handshake: 100 } };
    await withRig(options, async ({ client }) => {
      const c = await client();
      await c.talk('EHLO c.example', 'STARTTLS');
      assert.equal(await c.answer(2_000), 'closed');
    });
  });
});

describe('too much', () => {
  test('a message of 100 MB, announced', () =>
    withRig({}, async ({ client }) => {
      const c = await client();
      assert.match((await c.talk('EHLO c.example', 'MAIL FROM:<a@example.org> SIZE=104857600'))[1]!, /^552 5\.3\.4/);
    }));

  test('a message of 100 MB, not announced: read no further than makes sense, and never kept', () =>
    withRig({ limits: { message: 1_000_000 } }, async ({ client, gate }) => {
      const c = await client();
      await c.talk(...begin, 'DATA');
      const before = process.memoryUsage().arrayBuffers;
      const block = Buffer.from(`${'x'.repeat(98)}\r\n`.repeat(10_000));
      let sent = 0;
      c.socket.on('error', () => {});
      while (sent < 100_000_000 && c.socket.writable && !c.socket.destroyed) {
        if (!c.socket.write(block)) {
          await Promise.race([new Promise((resolve) => c.socket.once('drain', resolve)), sleep(300)]);
        }
        if (c.socket.writableLength > 5_000_000) break;
        sent += block.length;
      }
      assert.match(await c.answer(), /^552 5\.3\.4/);
      assert.ok(sent < 60_000_000, `${sent}`);
      assert.ok(process.memoryUsage().arrayBuffers - before < 60_000_000);
      assert.deepEqual(gate.offered, []);
    }));

  test('a message a little above the limit: 552, and the next one is taken', () =>
    withRig({ limits: { message: 10_000 } }, async ({ client, sink }) => {
      const c = await client();
      await c.talk(...begin, 'DATA');
      assert.match(await c.say(`${`${'x'.repeat(78)}\r\n`.repeat(200)}.`), /^552 5\.3\.4/);
      assert.match((await c.talk(...begin.slice(1), 'DATA', 'short\r\n.'))[3]!, /^250/);
      assert.deepEqual(sink.messages, ['short\r\n']);
    }));

  test('more messages in flight than there is memory for: 452, and room again afterwards', () =>
    withRig({ limits: { memory: 214_000 } }, async ({ client }) => {
      const [one, other] = [await client(), await client('127.0.0.2')];
      const block = `${'x'.repeat(78)}\r\n`.repeat(500);
      await one.talk(...begin, 'DATA');
      await other.talk(...begin, 'DATA');
      one.send(block);
      await sleep(100);
      assert.match(await other.say(`${block}.`), /^452 4\.3\.1/);
      assert.match(await other.say('MAIL FROM:<a@example.org> SIZE=40000'), /^452 4\.3\.1/);
      // A small one comes in all the same: a few large ones keep nobody else out.
      const small = `${'x'.repeat(78)}\r\n`.repeat(10);
      assert.match((await other.talk(...begin.slice(1), 'DATA', `${small}.`))[3]!, /^250/);
      assert.match(await one.say('.'), /^250/);
      assert.match((await other.talk(...begin.slice(1), 'DATA', `${block}.`))[3]!, /^250/);
    }));

  test('two addresses whose messages never end take their share of the memory, and the mail of others comes in', () =>
    withRig({ limits: { memory: 6_400_000, message: 1_000_000 } }, async ({ client, sink }) => {
      const size = 96_000;
      const block = `${'x'.repeat(78)}\r\n`.repeat(size / 80);
      const hogs = await Promise.all(
        Array.from({ length: 64 }, (_, at) => client(at % 2 === 0 ? '127.0.0.2' : '127.0.0.3')),
      );
      for (const hog of hogs) {
        await hog.talk(...begin, 'DATA');
        hog.send(block);
      }
      await sleep(300);
      const c = await client();
      assert.match((await c.talk(...begin, 'DATA', `${block}.`)).at(-1)!, /^250/);
      // One that is larger than the small ones for which the last quarter is.
      const large = `${'x'.repeat(78)}\r\n`.repeat(5_000);
      assert.match((await c.talk(...begin.slice(1), 'DATA', `${large}.`)).at(-1)!, /^250/);
      // By who has no share left, not even a small one comes in, announced or not; by who ends what he began, that does.
      const another = await client('127.0.0.2');
      assert.match((await another.talk(begin[0]!, `${begin[1]} SIZE=${size}`))[1]!, /^452 4\.3\.1/);
      assert.match((await another.talk(...begin.slice(1), 'DATA', `${block}.`)).at(-1)!, /^452 4\.3\.1/);
      const ends: string[] = [];
      for (const hog of hogs) ends.push(await hog.say('.'));
      // Of 6,400,000 octets two clients that take what they can get a fifth each.
      const took = ends.filter((said) => said.startsWith('250')).length * size;
      assert.ok(took > 2_000_000 && took <= 2_560_000, `${took}`);
      assert.ok(ends.every((said) => /^250|^452 4\.3\.1/.test(said)));
      assert.match((await another.talk(...begin.slice(1), 'DATA', `${block}.`)).at(-1)!, /^250/);
      assert.equal(sink.messages.length, took / size + 3);
    }));

  const named: readonly (readonly [first: string, second: string, said: RegExp])[] = [
    ['XFORWARD ADDR=192.0.2.1', 'XFORWARD ADDR=192.0.2.1', /^452 4\.3\.1/],
    ['XFORWARD ADDR=192.0.2.1', 'XCLIENT ADDR=192.0.2.1', /^452 4\.3\.1/],
    ['XFORWARD ADDR=192.0.2.1', 'XFORWARD ADDR=192.0.2.2', /^250/],
    ['XCLIENT ADDR=192.0.2.1', 'XCLIENT ADDR=192.0.2.2', /^250/],
    ['XFORWARD ADDR=[UNAVAILABLE]', 'XFORWARD ADDR=[UNAVAILABLE]', /^452 4\.3\.1/],
    ['NOOP', 'NOOP', /^250/],
  ];
  for (const [first, second, said] of named)
    test(`a share of the memory is that of whom a server names that is trusted to: ${first}, ${second}`, () =>
      withRig(
        { limits: { memory: 6_400_000, message: 1_000_000 }, networks: { attributes: ['127.0.0.1'] } },
        async ({ client }) => {
          const [one, other] = [await client(), await client()];
          const greet = async (c: Client, name: string): Promise<void> => {
            for (const line of ['EHLO c.example', name, 'EHLO c.example', ...(name.startsWith('XF') ? [name] : [])])
              assert.match(await c.say(line), /^2[25]0/);
          };
          await greet(one, first);
          await greet(other, second);
          await one.talk(...begin.slice(1), 'DATA');
          one.send(`${'x'.repeat(78)}\r\n`.repeat(12_000));
          await sleep(200);
          assert.match(await other.say(`${begin[1]} SIZE=900000`), said);
        },
      ));

  test('a large message whose client goes away takes its memory until its ruling is over, and no longer', () => {
    const shares: (() => void)[] = [];
    const gate = madeUpGate(({ memory }) => {
      shares.push(memory!.share());
      return new Promise(() => {});
    });
    return withRig({ gate, limits: { memory: 214_000 } }, async ({ client }) => {
      const block = `${'x'.repeat(78)}\r\n`.repeat(500);
      const one = await client();
      await one.talk(...begin, 'DATA');
      one.send(`${block}.\r\n`);
      while (shares.length === 0) await sleep(5);
      one.socket.resetAndDestroy();
      await sleep(100);
      const other = await client();
      assert.match((await other.talk(...begin, 'DATA', `${block}.`)).at(-1)!, /^452 4\.3\.1/);
      for (const giveBack of shares) giveBack();
      const again = await client();
      assert.match((await again.talk(begin[0]!, `${begin[1]} SIZE=40000`))[1]!, /^250/);
    });
  });

  test('what is announced and never sent takes no memory', () =>
    withRig({ limits: { memory: 214_000 } }, async ({ client }) => {
      const announced = [begin[0]!, `${begin[1]} SIZE=40000`, begin[2]!, 'DATA'];
      const all = await Promise.all([client(), client(), client()]);
      for (const c of all) assert.match((await c.talk(...announced))[3]!, /^354/);
    }));

  test('recipients', () =>
    withRig({ limits: { recipients: 2 } }, async ({ client }) => {
      const c = await client();
      const said = await c.talk(...begin, 'RCPT TO:<c@example.com>', 'RCPT TO:<d@example.com>', 'DATA', 'x\r\n.');
      assert.match(said[4]!, /^452 4\.5\.3/);
      assert.match(said[6]!, /^250/);
    }));

  test('lines of a message, where a limit is set', () =>
    withRig({ limits: { textLine: 1_000 } }, async ({ client }) => {
      const c = await client();
      await c.talk(...begin, 'DATA');
      assert.match(await c.say(`${'x'.repeat(998)}\r\n.`), /^250/);
      await c.talk(...begin.slice(1), 'DATA');
      assert.match(await c.say(`${'x'.repeat(999)}\r\n.`), /^550 5\.6\.0/);
    }));

  test('connections of one client, and of all', () =>
    withRig({ limits: { perClient: 2, connections: 3 } }, async ({ client, proxy }) => {
      await client();
      const c = await client();
      const third = await Client.to(proxy.port);
      assert.match(await third.answer(), /^421 4\.7\.0/);
      assert.equal(await third.answer(), 'closed');
      third.close();
      await client('127.0.0.2');
      const fourth = await Client.to(proxy.port, '127.0.0.3');
      assert.match(await fourth.answer(), /^421 4\.7\.0/);
      await c.say('QUIT');
      c.close();
      await sleep(50);
      assert.match(await (await client()).say('NOOP'), /^250/);
    }));

  test('connections in a minute', () =>
    withRig({ limits: { perClientMinute: 3 } }, async ({ client, proxy }) => {
      for (let at = 0; at < 3; at++) (await client()).close();
      const c = await Client.to(proxy.port);
      assert.match(await c.answer(), /^421 4\.7\.0/);
    }));
});

describe('slow clients', () => {
  test('one that says nothing', () =>
    withRig({ timeouts: { command: 100 } }, async ({ client }) => {
      const c = await client();
      assert.match(await c.answer(), /^421 4\.4\.2/);
      assert.equal(await c.answer(), 'closed');
    }));

  test('one that says a byte at a time', () =>
    withRig({ timeouts: { command: 150 } }, async ({ client }) => {
      const c = await client();
      const drip = setInterval(() => c.send('N'), 20);
      assert.match(await c.answer(), /^421 4\.4\.2/);
      clearInterval(drip);
    }));

  test('one whose message comes a byte at a time', () =>
    withRig({ timeouts: { dataRate: 300 }, limits: { dataRate: 1_000 } }, async ({ client, gate }) => {
      const c = await client();
      await c.talk(...begin, 'DATA');
      const drip = setInterval(() => c.send('N'), 20);
      assert.match(await c.answer(), /^421 4\.4\.2 The message comes too slowly/);
      clearInterval(drip);
      assert.deepEqual(gate.offered, []);
    }));

  test('one whose message never ends', () =>
    withRig({ timeouts: { message: 300 } }, async ({ client }) => {
      const c = await client();
      await c.talk(...begin, 'DATA');
      const drip = setInterval(() => c.send('A line of a message.\r\n'.repeat(50)), 10);
      assert.match(await c.answer(), /^421 4\.4\.2/);
      clearInterval(drip);
    }));

  test('one that stays all day', () =>
    withRig({ timeouts: { session: 200 } }, async ({ client }) => {
      const c = await client();
      let said = '250';
      while (said.startsWith('250')) {
        said = await c.say('NOOP');
        await sleep(10);
      }
      assert.match(said, /^421 4\.4\.2/);
    }));

  test('hundreds at once: nearly all connections are taken, so they have little time, and others come in', () =>
    withRig(
      { limits: { connections: 300, perClient: 300 }, timeouts: { stressed: 300 } },
      async ({ client, proxy }) => {
        const slow = await Promise.all(Array.from({ length: 300 }, () => client()));
        const refused = await Client.to(proxy.port, '127.0.0.9');
        assert.match(await refused.answer(), /^421 4\.7\.0/);
        for (const c of slow.slice(0, 5)) c.send('EHL');
        await sleep(900);
        const c = await client('127.0.0.9');
        assert.match((await c.talk(...begin, 'DATA', 'x\r\n.'))[4]!, /^250/);
      },
    ));

  test('one that does not read its answers', () => {
    const long = `${`550-5.7.1 ${'x'.repeat(390)}\r\n`.repeat(90)}550 5.7.1 No`;
    return withRig(
      { sink: { answers: { MAIL: long } }, limits: { errors: 1_000_000 } },
      async ({ client, notices }) => {
        const c = await client();
        await c.say('EHLO c.example');
        c.socket.pause();
        let isCut = false;
        c.socket.on('close', () => {
          isCut = true;
        });
        for (let at = 0; at < 1_000 && !isCut; at++) {
          c.send(`${begin[1]}\r\n`.repeat(5));
          await sleep(2);
        }
        assert.ok(isCut);
        assert.ok(notices.every(({ about }) => about === 'refusal'));
      },
    );
  });
});
