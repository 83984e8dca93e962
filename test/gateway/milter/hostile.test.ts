import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { packet, uint32 } from '../../../src/gateway/milter/packet.ts';
import { greeting, letter, say } from './mta.ts';
import { type Started, started } from './started.ts';

/** That the milter serves the next MTA as if nothing had been. */
async function serves(milter: Started): Promise<void> {
  await using mta = await milter.another();
  mta.send(...greeting(), ...letter());
  assert.deepEqual((await mta.hear(4)).slice(1), ['c', 'c', 'a']);
}

const [sender, recipient] = letter();
const begun = [...greeting(), sender!, recipient!];
const faults: readonly (readonly [string, readonly Buffer[], RegExp])[] = [
  ['a length beyond the limit', [uint32(0x7fffffff)], /at most 1048576 are read/],
  ['a length of nothing', [uint32(0)], /no bytes/],
  ['an HTTP request', [Buffer.from('GET / HTTP/1.1\r\n\r\n')], /a packet of 1195725856 bytes/],
  ['TLS', [Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3])], /a packet of 369295618 bytes/],
  ['a letter that is no command', [...begun, packet('?', 'x')], /0x3f is no command/],
  ['a command before the offer', [say.connect()], /connect out of order \(stage: begin\)/],
  ['a sender before the client', [say.offer(), ...letter()], /mail out of order \(stage: ready\)/],
  ['a second client', [...greeting(), say.connect()], /connect out of order \(stage: greeted\)/],
  ['a second offer', [...greeting(), say.offer()], /negotiate out of order/],
  ['a recipient without a sender', [...greeting(), recipient!], /recipient out of order/],
  ['a header without a recipient', [...greeting(), sender!, say.header('A', ' b')], /header out of order/],
  ['a body without the end of the header', [...begun, say.header('A', ' b'), say.body('x')], /body out of order/],
  ['a header after its end', [...begun, say.endOfHeader(), say.header('A', ' b')], /header out of order/],
  ['an end without a message', [...greeting(), say.endOfBody()], /end of body out of order/],
  ['a sender within a body', [...begun, say.endOfHeader(), sender!], /mail out of order/],
  ['a field that ends the header', [...begun, say.header('A', ' b\n\n <p>')], /a line that is not folded/],
  ['a field that holds another', [...begun, say.header('A', ' b\nFrom: ceo@example.com')], /a line that is not folded/],
  ['a field that ends in a line end', [...begun, say.header('A', ' b\n')], /a line that is not folded/],
  ['a name that holds a colon', [...begun, say.header('A: b', 'c')], /whose name is none/],
  ['a name that holds a line end', [...begun, say.header('A: b\nFrom', 'c')], /whose name is none/],
  ['a text without its end', [...greeting(), packet('M', '<a@example.org>')], /mail breaks off/],
];

for (const [what, packets, why] of faults) {
  test(`the connection is closed, with its reason in the log: ${what}`, async () => {
    await using milter = await started();
    milter.mta.send(...packets);
    await milter.mta.untilClosed();
    assert.match(milter.logged.join('\n'), why);
    assert.ok(milter.logged.every((line) => line.startsWith('milter-fault: ')));
    assert.deepEqual(milter.gate.offered, []);
    await serves(milter);
  });
}

test('a command while the gate is asked closes the connection', async () => {
  await using milter = await started();
  milter.mta.send(...greeting(), ...letter(), sender!);
  await milter.mta.untilClosed();
  assert.match(milter.logged.join('\n'), /mail out of order \(stage: ruling\)/);
  assert.deepEqual(milter.gate.recorded, []);
});

test('a connection that breaks off within a packet is told, one between packets is not', async () => {
  await using milter = await started();
  milter.mta.socket.end(Buffer.concat([...greeting(), packet('M', 'x').subarray(0, 5)]));
  await milter.mta.untilClosed();
  assert.deepEqual(milter.logged, ['milter-fault: a connection is closed: the connection broke off within a packet']);
  const other = await milter.another();
  other.socket.end(Buffer.concat(begun));
  await other.untilClosed();
  assert.equal(milter.logged.length, 1);
});

test('a silent connection is closed', async () => {
  await using milter = await started({ limits: { idle: 50 } });
  assert.deepEqual(await milter.mta.untilClosed(), []);
  assert.match(milter.logged.join(), /nothing came for 50 ms/);
});

test('a defect of the gate costs one connection', async () => {
  await using milter = await started();
  Object.assign(milter.gate, {
    recipientClass: () => {
      throw new Error('broken');
    },
  });
  milter.mta.send(...greeting(), ...letter());
  await milter.mta.untilClosed();
  assert.deepEqual(milter.logged, ['milter-defect: a connection is closed by a defect: Error: broken']);
  Object.assign(milter.gate, { recipientClass: () => '' });
  await serves(milter);
});

const overfull = (count: number): Buffer[] => [
  ...begun,
  ...Array.from({ length: count }, () => say.header('A', ' b')),
  say.endOfHeader(),
  say.body('x'.repeat(100)),
  say.endOfBody(),
];

for (const [what, limits, reply] of [
  ['bytes', { messageBytes: 150 }, /^y552 5\.3\.4 /],
  ['header fields', { headerFields: 10 }, /^y552 5\.3\.4 /],
  ['bytes of all messages', { heldBytes: 800 }, /^y451 4\.3\.1 /],
] as const) {
  test(`a message with too many ${what} is refused at its end, and the next one is not`, async () => {
    await using milter = await started({ limits });
    milter.mta.send(...overfull(11));
    assert.match((await milter.mta.hear(4))[3]!, reply);
    milter.mta.send(...letter());
    assert.deepEqual(await milter.mta.hear(3), ['c', 'c', 'a']);
    assert.equal(milter.gate.offered.length, 1);
    assert.equal(milter.facts[0]!.level, 'warning');
  });

  test(`a message with exactly as many ${what} is taken`, async () => {
    await using milter = await started({ limits });
    const count = 'headerFields' in limits ? 10 : 7;
    milter.mta.send(...overfull(count).slice(0, -2), say.body('x'.repeat(150 - 2 - 6 * count)), say.endOfBody());
    assert.equal((await milter.mta.hear(4))[3], 'a');
    assert.equal(milter.gate.offered[0]!.bytes.length, 150);
  });
}

test('by setting, a message that is too large goes on unread; one for which there is no room does not', async () => {
  await using large = await started({ limits: { messageBytes: 150 }, oversize: 'accept' });
  large.mta.send(...overfull(11));
  assert.match((await large.mta.hear(5)).slice(3).join(), /^i.*X-Unread.*,a$/);
  assert.deepEqual([large.gate.offered, large.facts[0]!.overflow], [[], 'message']);
  await using held = await started({ limits: { heldBytes: 800 }, oversize: 'accept' });
  held.mta.send(...overfull(11));
  assert.match((await held.mta.hear(4))[3]!, /^y451 4\.3\.1 /);
});

test('by no setting goes on what has more header fields than are looked at', async () => {
  await using milter = await started({ limits: { headerFields: 10 }, oversize: 'accept' });
  milter.mta.send(...overfull(11));
  assert.match((await milter.mta.hear(4))[3]!, /^y552 5\.3\.4 /);
  assert.deepEqual(milter.gate.headers, []);
});

test('room is given back by messages that end, are aborted, or whose connection is gone', async () => {
  await using milter = await started({ limits: { heldBytes: 400 } });
  const half = letter().slice(0, -1);
  for (let i = 0; i < 20; i++) {
    const mta = await milter.another();
    mta.send(
      ...greeting(),
      ...half,
      say.abort(),
      ...half.slice(0, -1),
      sender!,
      ...letter().slice(1),
      ...half.slice(0, 3),
    );
    await mta.hear(6);
    await mta[Symbol.asyncDispose]();
  }
  await serves(milter);
});

test('the messages of one client of the MTA take their share of the room, whatever the connection', async () => {
  await using milter = await started({ limits: { heldBytes: 6_400 } });
  const greetingOf = (address: string): Buffer[] => [
    say.offer(),
    say.connect(address, { family: '6' }),
    say.helo('c.example.org'),
  ];
  const message = (octets: number): Buffer[] => [
    ...[sender!, recipient!, say.header('A', ' b'), say.endOfHeader()],
    say.body('x'.repeat(octets - 8)),
  ];
  milter.mta.send(...greetingOf('2001:db8::1'), ...message(1_200));
  await milter.mta.hear(3);
  for (const [address, said] of [
    ['2001:db8::2', /^y451 4\.3\.1 /],
    ['2001:db8:0:1::1', /^a$/],
  ] as const) {
    await using mta = await milter.another();
    mta.send(...greetingOf(address), ...message(500), say.endOfBody());
    assert.match((await mta.hear(4))[3]!, said);
  }
  milter.mta.send(say.endOfBody());
  assert.deepEqual(await milter.mta.hear(1), ['a']);
});

test('header fields by the hundred thousand pass by without being kept', async () => {
  await using milter = await started();
  const many = Buffer.concat(Array.from({ length: 10_000 }, () => say.header('A', '')));
  const before = process.memoryUsage().rss;
  milter.mta.send(...begun);
  for (let i = 0; i < 30; i++) {
    if (!milter.mta.socket.write(many)) await new Promise((resolve) => milter.mta.socket.once('drain', resolve));
  }
  milter.mta.send(say.endOfHeader(), say.endOfBody());
  assert.match((await milter.mta.hear(4))[3]!, /^y552 /);
  assert.ok(process.memoryUsage().rss - before < 200e6);
});

test('more recipients than the limit are put off', async () => {
  await using milter = await started({ limits: { recipients: 2 } });
  milter.mta.send(...greeting(), ...letter('<a@example.com>', '<b@example.com>', '<c@example.com>'));
  assert.deepEqual((await milter.mta.hear(6)).slice(2), ['c', 'c', 'y452 4.5.3 Too many recipients|', 'a']);
});

test('whatever comes, nothing breaks but its own connection', async () => {
  const packets = fc.array(
    fc.oneof(
      fc.constantFrom(...greeting(), ...letter(), say.abort(), say.quit(), say.quitNewConnection(), say.data()),
      fc.tuple(fc.string({ minLength: 1, maxLength: 1 }), fc.string()).map(([name, data]) => packet(name, data)),
      fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
    ),
    { maxLength: 20 },
  );
  await using milter = await started();
  await fc.assert(
    fc.asyncProperty(packets, async (all) => {
      await using mta = await milter.another();
      mta.socket.end(Buffer.concat(all));
      await mta.untilClosed();
    }),
    { numRuns: 200 },
  );
  assert.deepEqual(
    milter.logged.filter((line) => line.startsWith('milter-defect')),
    [],
  );
  await serves(milter);
});
