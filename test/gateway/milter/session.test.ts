import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { packet, uint32 } from '../../../src/gateway/milter/packet.ts';
import { madeUpGate, type Script } from './made-up-gate.ts';
import { greeting, LETTER, letter, say } from './mta.ts';
import { started } from './started.ts';

/** What a whole conversation of one letter is answered, its negotiation left out. */
async function answersTo(script: Script): Promise<string[]> {
  await using milter = await started({ gate: madeUpGate(() => script) });
  milter.mta.send(...greeting(), ...letter());
  const [, ...answers] = await milter.mta.hear(4);
  milter.mta.send(say.quit());
  return [...answers, ...(await milter.mta.untilClosed())];
}

test('what is agreed on: header fields as they are, no replies where none is needed, the macros of use', async () => {
  await using milter = await started();
  milter.mta.send(say.offer());
  const steps = (1 << 20) | (1 << 19) | (1 << 18) | (1 << 13) | (1 << 12) | (1 << 9) | (1 << 8) | (1 << 7);
  const lists = ['{client_name}', '{tls_version}', 'i r {auth_authen} {tls_version}', 'i'];
  const stages = [0, 1, 2, 5].flatMap((stage, i) => [uint32(stage), Buffer.from(`${lists[i]}\0`)]);
  const bytes = packet('O', ...[6, 0x113, steps].map(uint32), ...stages);
  assert.deepEqual(await milter.mta.hear(1), [bytes.subarray(4).toString('latin1').replaceAll('\0', '|')]);
});

test('an MTA that can do more gets no more than version 6, one that cannot choose macros is not told any', async () => {
  await using milter = await started();
  milter.mta.send(say.offer(7, 0x13, 1 << 20));
  const bytes = packet('O', ...[6, 0x13, 1 << 20].map(uint32));
  assert.deepEqual(await milter.mta.hear(1), [bytes.subarray(4).toString('latin1').replaceAll('\0', '|')]);
});

for (const [what, offer, why] of [
  ['version 2', say.offer(2), /milter_protocol = 6/],
  ['no way to see how a header field begins', say.offer(6, 0x1ff, 0xfffff), /milter_protocol = 6/],
  ['no leave to change the body', say.offer(6, 0x1ff & ~2), /replace the body/],
] as const) {
  test(`an MTA is refused that offers ${what}`, async () => {
    await using milter = await started();
    milter.mta.send(offer, say.connect());
    assert.deepEqual(await milter.mta.untilClosed(), []);
    assert.match(milter.logged.join(), why);
  });
}

test('the gate is offered the message as the client sent it', async () => {
  await using milter = await started({ now: () => 1_234 });
  milter.mta.send(...greeting(), ...letter('<one@example.com>', '<two@example.com>'));
  assert.deepEqual((await milter.mta.hear(5)).slice(1), ['c', 'c', 'c', 'a']);
  const { bytes, memory: _, ...offered } = milter.gate.offered[0]!;
  assert.equal(bytes.toString(), LETTER);
  assert.deepEqual(offered, {
    client: { ip: '192.0.2.1', helo: 'client.example.org', name: undefined, isAuthenticated: false },
    mailFrom: 'sender@example.org',
    recipients: ['one@example.com', 'two@example.com'],
    at: 1_234,
    protocol: 'ESMTP',
  });
});

test('bytes stay what they were: blanks, folds, carriage returns, NUL, what is not ASCII, no line end at the end', async () => {
  await using milter = await started();
  const eightBit = Buffer.from('a\0b\r\r\n.\r\n\xff\xfe', 'latin1');
  milter.mta.send(
    ...greeting(),
    say.mail('<>'),
    say.rcpt('<a@example.com>'),
    say.header('X-None', ''),
    say.header('X-Blanks', '  \t a \r\n b\n '),
    say.header('X-Eight', ' é\n\t\n  x'),
    say.endOfHeader(),
    say.body(eightBit.subarray(0, 3)),
    say.body(''),
    say.endOfBody(eightBit.subarray(3)),
  );
  await milter.mta.hear(4);
  const header = 'X-None:\r\nX-Blanks:  \t a \r\r\n b\r\n \r\nX-Eight: é\r\n\t\r\n  x\r\n\r\n';
  assert.deepEqual(milter.gate.offered[0]!.bytes, Buffer.concat([Buffer.from(header), eightBit]));
});

const answers: readonly (readonly [string, Script, readonly string[]])[] = [
  ['handed on', {}, ['a']],
  [
    'handed on with edits',
    {
      edits: {
        remove: [{ name: 'Authentication-Results', occurrence: 2 }],
        insert: [{ name: 'Authentication-Results', value: 'mx.example.com;\r\n spf=fail' }],
        body: Buffer.from('other\r\n'),
      },
    },
    ['m|||\x02Authentication-Results||', 'i||||Authentication-Results| mx.example.com;\n spf=fail|', 'bother\r\n', 'a'],
  ],
  ['refused', { reply: { code: 550, enhanced: '5.7.26', text: '100% forged' } }, ['y550 5.7.26 100%% forged|']],
  ['put off', { reply: { code: 451, enhanced: '4.7.0', text: 'Later' } }, ['y451 4.7.0 Later|']],
  ['taken and kept away', { reply: { code: 250, enhanced: '2.0.0', text: 'Ok' } }, ['d']],
  [
    'put off where the gate fails',
    { throws: new Error('no DNS') },
    ['y451 4.3.0 Message could not be checked, try again later|'],
  ],
  [
    'put off where nothing can be written down',
    { recordThrows: new Error('full') },
    ['y451 4.3.0 Message could not be checked, try again later|'],
  ],
  [
    'put off where an edit is none',
    { edits: { insert: [{ name: 'A B', value: '' }] } },
    ['y451 4.3.0 Message could not be checked, try again later|'],
  ],
  [
    'put off where a reply has no sense',
    { reply: { code: 354, enhanced: '', text: '' } },
    ['y451 4.3.0 Message could not be checked, try again later|'],
  ],
];

for (const [what, script, expected] of answers) {
  test(`a message is ${what}`, async () => assert.deepEqual(await answersTo(script), ['c', 'c', ...expected]));
}

test('the answer is written down before it is given, and a failure is told in the log', async () => {
  const gate = madeUpGate(({ mailFrom }) => (mailFrom === '' ? { throws: new Error('no DNS') } : {}));
  await using milter = await started({ gate });
  milter.mta.send(...greeting(), ...letter().slice(0, -1), say.macros('E', 'i', '4ABC'), say.endOfBody());
  await milter.mta.hear(4);
  assert.deepEqual(gate.recorded, [{ code: 250, enhanced: '2.0.0', text: 'Ok' }]);
  milter.mta.send(say.mail('<>'), ...letter().slice(1));
  await milter.mta.hear(3);
  assert.equal(gate.recorded.length, 1);
  assert.deepEqual(milter.logged, [
    'milter-message: message 4ABC: 250 2.0.0',
    'milter-message: message (no queue id): 451 4.3.0',
  ]);
  assert.deepEqual(
    [milter.facts[0]!.level, milter.facts[1]!.level, milter.facts[1]!.failure],
    ['info', 'warning', 'Error: no DNS'],
  );
});

test('recipients of another class are to be brought in a message of their own', async () => {
  const gate = madeUpGate(undefined, (address) => address.split('@')[1]!);
  await using milter = await started({ gate });
  milter.mta.send(...greeting(), ...letter('<a@one.example>', '<b@two.example>', '<c@one.example>'));
  const other = 'y452 4.5.3 Rules differ for this recipient: send it a copy of its own|';
  assert.deepEqual((await milter.mta.hear(6)).slice(1), ['c', 'c', other, 'c', 'a']);
  assert.deepEqual(gate.offered[0]!.recipients, ['a@one.example', 'c@one.example']);
  milter.mta.send(...letter('<b@two.example>'));
  assert.deepEqual(await milter.mta.hear(3), ['c', 'c', 'a']);
});

test('who logged in is authenticated, for as long as the message lasts; so is who is the administrator’s own', async () => {
  await using milter = await started({ isOwn: (ip) => ip === '198.51.100.1' });
  const login = say.macros('M', 'i', '4ABC', '{auth_authen}', 'grete', '{tls_version}', 'TLSv1.3');
  const macros = say.macros('C', '{client_name}', 'mx.example.org', 'j', 'mta.example.com');
  milter.mta.send(say.offer(), macros, say.connect(), say.helo('me'), login, ...letter());
  await milter.mta.hear(4);
  milter.mta.send(...letter());
  await milter.mta.hear(3);
  milter.mta.send(login, say.mail('<>'), say.abort(), ...letter());
  await milter.mta.hear(4);
  milter.mta.send(say.quitNewConnection(), say.connect('198.51.100.1'), ...letter());
  await milter.mta.hear(3);
  const found = milter.gate.offered.map(({ client: { isAuthenticated, name, helo }, protocol }) => [
    isAuthenticated,
    name,
    helo,
    protocol,
  ]);
  assert.deepEqual(found, [
    [true, 'mx.example.org', 'me', 'ESMTPSA'],
    [false, 'mx.example.org', 'me', 'ESMTP'],
    [false, 'mx.example.org', 'me', 'ESMTP'],
    [true, undefined, '', 'ESMTP'],
  ]);
});

test('Sendmail’s word for the protocol is taken, and names that are not confirmed are none', async () => {
  await using milter = await started();
  for (const name of ['unknown', '[192.0.2.1]', '']) {
    milter.mta.send(
      say.offer(),
      say.macros('C', '{client_name}', name),
      say.connect(),
      say.macros('M', 'r', 'SMTP'),
      ...letter(),
    );
    await milter.mta.hear(4);
    milter.mta.send(say.quitNewConnection());
  }
  assert.deepEqual(
    milter.gate.offered.map(({ client, protocol }) => [client.name, protocol]),
    Array(3).fill([undefined, 'SMTP']),
  );
});

test('several messages, an aborted one, and another client come over one connection', async () => {
  await using milter = await started();
  milter.mta.send(...greeting(), ...letter().slice(0, 4), say.abort(), ...letter('<a@example.com>'));
  assert.deepEqual((await milter.mta.hear(6)).slice(1), ['c', 'c', 'c', 'c', 'a']);
  milter.mta.send(
    say.mail('<first@example.org>'),
    say.helo('again'),
    say.mail('<second@example.org>'),
    ...letter().slice(1),
  );
  assert.deepEqual(await milter.mta.hear(4), ['c', 'c', 'c', 'a']);
  milter.mta.send(say.quitNewConnection(), say.connect('198.51.100.7'), ...letter());
  assert.deepEqual(await milter.mta.hear(3), ['c', 'c', 'a']);
  const found = milter.gate.offered.map(({ client, mailFrom, recipients }) => [
    client.ip,
    client.helo,
    mailFrom,
    recipients.join(),
  ]);
  assert.deepEqual(found, [
    ['192.0.2.1', 'client.example.org', 'sender@example.org', 'a@example.com'],
    ['192.0.2.1', 'again', 'second@example.org', 'receiver@example.com'],
    ['198.51.100.7', '', 'sender@example.org', 'receiver@example.com'],
  ]);
  assert.ok(milter.gate.offered.every(({ bytes }) => bytes.toString() === LETTER));
});

test('an MTA that wants every step answered gets every answer', async () => {
  await using milter = await started();
  milter.mta.send(say.offer(6, 0x1ff, 1 << 20), say.connect(), say.helo('me'), say.unknown('FOO'), say.mail('<>'));
  milter.mta.send(
    say.rcpt('<a@example.com>'),
    say.data(),
    say.header('A', ' b'),
    say.endOfHeader(),
    say.body('x'),
    say.endOfBody(),
  );
  assert.deepEqual((await milter.mta.hear(11)).slice(1), [...'ccccccccc', 'a']);
});

test('a client whose address the MTA does not know is asked to come again', async () => {
  await using milter = await started();
  milter.mta.send(say.offer(), say.connectUnknown('unknown'), say.mail('<>'));
  assert.match((await milter.mta.hear(2))[1]!, /^y451 4\.3\.5 /);
  assert.match(milter.logged.join(), /milter-unknown-client/);
});

test('the MTA hears that the gate still works', async () => {
  await using milter = await started({ gate: madeUpGate(() => ({ after: 150 })), limits: { progress: 20 } });
  milter.mta.send(...greeting(), ...letter());
  const [, , , ...heard] = await milter.mta.hear(6);
  assert.deepEqual(heard, ['p', 'p', 'p']);
  let last = 'p';
  while (last === 'p') last = (await milter.mta.hear(1))[0]!;
  assert.equal(last, 'a');
});

test('a gate that takes too long is given up, and the client asked to come again', async () => {
  await using milter = await started({ gate: madeUpGate(() => ({ after: 60_000 })), limits: { ruling: 50 } });
  milter.mta.send(...greeting(), ...letter());
  assert.match((await milter.mta.hear(4))[3]!, /^y451 4\.3\.0 /);
  assert.equal(milter.gate.aborted(), 1);
  assert.equal(milter.facts[0]!.failure, 'Error: no ruling within 50 ms');
});

test('a question is given up when the MTA aborts the message or is gone', async () => {
  await using milter = await started({
    gate: madeUpGate(({ mailFrom }) => (mailFrom === '' ? {} : { after: 60_000 })),
  });
  milter.mta.send(...greeting(), ...letter());
  await milter.mta.hear(3);
  milter.mta.send(say.abort(), say.mail('<>'), ...letter().slice(1));
  assert.deepEqual(await milter.mta.hear(3), ['c', 'c', 'a']);
  assert.equal(milter.gate.aborted(), 1);
  milter.mta.send(...letter());
  await milter.mta.hear(2);
  while (milter.gate.offered.length < 3) await new Promise(setImmediate);
  milter.mta.socket.destroy();
  while (milter.gate.aborted() < 2) await new Promise(setImmediate);
  assert.equal(milter.gate.recorded.length, 1);
});

test('a conversation is the same however its bytes are cut', async () => {
  const conversation = Buffer.concat([
    ...greeting(),
    say.macros('M', '{auth_authen}', 'grete'),
    ...letter('<a@example.com>'),
  ]);
  await using milter = await started();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: conversation.length }), { maxLength: 6 }), async (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), conversation.length];
      const before = milter.gate.offered.length;
      await using mta = await milter.another();
      for (const [i, place] of places.slice(1).entries()) {
        mta.send(conversation.subarray(places[i], place));
        await new Promise(setImmediate);
      }
      assert.deepEqual((await mta.hear(4)).slice(1), ['c', 'c', 'a']);
      const { bytes, client } = milter.gate.offered[before]!;
      assert.deepEqual([bytes.toString(), client.isAuthenticated], [LETTER, true]);
    }),
    { numRuns: 60 },
  );
});
