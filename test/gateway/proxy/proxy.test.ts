import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { selfSigned } from './certificates.ts';
import { madeUpGate, NOW, noEdits, type Rig, type RigOptions, startRig } from './rig.ts';

const withRig = async (options: RigOptions, run: (rig: Rig) => Promise<void>): Promise<void> => {
  const rig = await startRig(options);
  try {
    await run(rig);
    assert.deepEqual(
      rig.notices.filter(({ about }) => about === 'defect'),
      [],
    );
  } finally {
    await rig.stop();
  }
};

const LETTER = 'From: a@example.org\r\nSubject: x\r\n\r\nHello.\r\n';
const envelope = ['EHLO c.example', 'MAIL FROM:<a@example.org>', 'RCPT TO:<b@example.com>', 'DATA'];

describe('a message on its way', () => {
  test('the next hop gets it as it is, and the client its answer, after it was written down', () =>
    withRig({}, async ({ client, sink, gate }) => {
      const c = await client();
      assert.deepEqual((await c.talk(...envelope)).slice(1), [
        '250 2.1.0 Sender ok',
        '250 2.1.5 Recipient ok',
        '354 End data with <CR><LF>.<CR><LF>',
      ]);
      assert.equal(await c.say(`${LETTER}..dot\r\n.`), '250 2.0.0 Ok: queued as 1234');
      assert.deepEqual(sink.messages, [`${LETTER}..dot\r\n`]);
      assert.deepEqual(sink.commands, ['MAIL FROM:<a@example.org>', 'RCPT TO:<b@example.com>', 'DATA']);
      const [offered] = gate.offered;
      assert.equal(offered?.bytes.toString(), `${LETTER}.dot\r\n`);
      assert.deepEqual(
        { ...offered, bytes: undefined, memory: undefined },
        {
          client: { ip: '127.0.0.1', helo: 'c.example', name: undefined, isAuthenticated: false },
          mailFrom: 'a@example.org',
          recipients: ['b@example.com'],
          bytes: undefined,
          memory: undefined,
          at: NOW,
          protocol: 'ESMTP',
        },
      );
      assert.deepEqual(gate.recorded, [{ code: 250, enhanced: '2.0.0', text: 'Ok: queued as 1234' }]);
      assert.equal(await c.say('QUIT'), '221 2.0.0 Bye');
      assert.equal(await c.answer(), 'closed');
    }));

  test('edits are made', () => {
    const gate = madeUpGate(() => ({ edits: { ...noEdits, insert: [{ name: 'X-Gate', value: 'seen' }] } }));
    return withRig({ gate }, async ({ client, sink }) => {
      const c = await client();
      await c.talk(...envelope, `${LETTER}.`);
      assert.deepEqual(sink.messages, [`X-Gate: seen\r\n${LETTER}`]);
    });
  });

  test('what the gate answers itself the next hop never gets', () => {
    const reply = { code: 550, enhanced: '5.7.26', text: 'DMARC' };
    const gate = madeUpGate(() => ({ course: 'answer', reply }));
    return withRig({ gate }, async ({ client, sink }) => {
      const c = await client();
      await c.talk(...envelope);
      assert.equal(await c.say(`${LETTER}.`), '550 5.7.26 DMARC');
      assert.deepEqual(gate.recorded, [reply]);
      assert.equal((await c.talk('MAIL FROM:<a@example.org>'))[0], '250 2.1.0 Sender ok');
      assert.deepEqual(sink.messages, []);
      assert.ok(!sink.commands.includes('DATA'));
    });
  });

  test('recipients of another class come in a message of their own', () =>
    withRig({}, async ({ client, gate }) => {
      const c = await client();
      const said = await c.talk(
        ...envelope.slice(0, 3),
        'RCPT TO:<vip@example.com>',
        'RCPT TO:<c@example.com>',
        'DATA',
        `${LETTER}.`,
      );
      assert.equal(said[3], '452 4.5.3 This recipient in a message of its own, please');
      assert.match(said[4]!, /^250/);
      assert.deepEqual(gate.offered[0]?.recipients, ['b@example.com', 'c@example.com']);
    }));

  test('a class of its own is that of the first recipient that was accepted, not refused', () =>
    withRig({ sink: { answers: { 'RCPT TO:<vip@': '550 5.1.1 No such user' } } }, async ({ client }) => {
      const c = await client();
      const said = await c.talk(envelope[0]!, envelope[1]!, 'RCPT TO:<vip@example.com>', 'RCPT TO:<b@example.com>');
      assert.deepEqual(said.slice(2), ['550 5.1.1 No such user', '250 2.1.5 Recipient ok']);
    }));

  test('a group of commands, and the next message behind the dot, in one packet each', () =>
    withRig({}, async ({ client, sink }) => {
      const c = await client();
      await c.say('EHLO c.example');
      const group = `${envelope.slice(1).join('\r\n')}\r\n`;
      c.send(group);
      assert.match(await c.answer(), /^250 2.1.0/);
      assert.match(await c.answer(), /^250 2.1.5/);
      assert.match(await c.answer(), /^354/);
      c.send(`one\r\n.\r\n${group}`);
      for (const start of [/^250 2.0.0/, /^250 2.1.0/, /^250 2.1.5/, /^354/]) assert.match(await c.answer(), start);
      c.send('two\r\n.\r\nQUIT\r\n');
      assert.match(await c.answer(), /^250/);
      assert.match(await c.answer(), /^221/);
      assert.deepEqual(sink.messages, ['one\r\n', 'two\r\n']);
      assert.equal(sink.connections, 1);
    }));

  test('parameters are passed on', () =>
    withRig({}, async ({ client, sink }) => {
      const c = await client();
      const mail = 'MAIL FROM:<> SIZE=100 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=a+2Bb';
      const rcpt = 'RCPT TO:<jürgen@example.com> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;b@example.com';
      assert.match((await c.talk('EHLO c.example', mail, rcpt))[2]!, /^250/);
      assert.deepEqual(sink.commands, [mail, Buffer.from(rcpt).toString('latin1')]);
    }));
});

describe('what is advertised is what the next hop has', () => {
  const rows: readonly (readonly [features: readonly string[], said: readonly string[]])[] = [
    [
      ['PIPELINING', 'CHUNKING', 'AUTH PLAIN', 'ETRN'],
      ['PIPELINING', 'SIZE 52428800', 'ENHANCEDSTATUSCODES'],
    ],
    [
      ['SIZE 1000', 'DSN'],
      ['PIPELINING', 'SIZE 1000', 'ENHANCEDSTATUSCODES', 'DSN'],
    ],
    [
      ['8BITMIME', 'SMTPUTF8'],
      ['PIPELINING', 'SIZE 52428800', 'ENHANCEDSTATUSCODES', '8BITMIME', 'SMTPUTF8'],
    ],
  ];
  for (const [features, keywords] of rows) {
    test(features.join(', '), () =>
      withRig({ sink: { features } }, async ({ client }) => {
        const c = await client();
        const said = (await c.say('EHLO c.example')).split('|').map((line) => line.slice(4));
        assert.deepEqual(said, ['gate.example.com', ...keywords]);
        if (!features.includes('DSN')) assert.match(await c.say('MAIL FROM:<a@example.org> RET=FULL'), /^555 5\.5\.4/);
      }),
    );
  }
});

describe('a next hop that fails', () => {
  const rows: readonly {
    readonly what: string;
    readonly answers: Record<string, string>;
    /** Of MAIL, RCPT, DATA and the message. */
    readonly said: readonly RegExp[];
    readonly recorded?: readonly number[];
  }[] = [
    { what: 'refuses the sender', answers: { MAIL: '550 5.7.1 No' }, said: [/^550 5\.7\.1 No$/] },
    { what: 'says 421 to MAIL', answers: { MAIL: '421 4.3.2 Busy' }, said: [/^451 4\.3\.2 Busy$/] },
    { what: 'closes at MAIL', answers: { MAIL: 'CLOSE' }, said: [/^451 4\.4\.2/] },
    { what: 'closes at RCPT', answers: { RCPT: 'CLOSE' }, said: [/^250/, /^451 4\.4\.2/, /^554 5\.5\.1/] },
    { what: 'without enhanced codes', answers: { RCPT: '450 later' }, said: [/^250/, /^450 4\.0\.0 later$/] },
    {
      what: 'closes at DATA',
      answers: { DATA: 'CLOSE' },
      said: [/^250/, /^250/, /^354/, /^451 4\.4\.2/],
      recorded: [451],
    },
    {
      what: 'refuses DATA',
      answers: { DATA: '452 4.3.1 Full' },
      said: [/^250/, /^250/, /^354/, /^452 4\.3\.1 Full$/],
      recorded: [452],
    },
    {
      what: 'closes at the dot',
      answers: { DOT: 'CLOSE' },
      said: [/^250/, /^250/, /^354/, /^451 4\.4\.2/],
      recorded: [451],
    },
    {
      what: 'refuses the message',
      answers: { DOT: '554-5.7.1 Spam\r\n554 5.7.1 indeed' },
      said: [/^250/, /^250/, /^354/, /^554-5\.7\.1 Spam\|554 5\.7\.1 indeed$/],
      recorded: [554],
    },
    {
      what: 'says nothing to the dot',
      answers: { DOT: 'HANG' },
      said: [/^250/, /^250/, /^354/, /^451 4\.4\.2/],
      recorded: [451],
    },
    {
      what: 'answers twice',
      answers: { MAIL: '250 2.1.0 Ok\r\n250 2.0.0 Queued' },
      said: [/^250/, /^451 4\.4\.2/],
    },
    { what: 'answers with two codes', answers: { RCPT: '250-Ok\r\n550 No' }, said: [/^250/, /^451 4\.4\.2/] },
    { what: 'answers RCPT with 354', answers: { RCPT: '354 Go on' }, said: [/^250/, /^451 4\.3\.0/] },
    {
      what: 'does not speak SMTP',
      answers: { DOT: '2500 OK' },
      said: [/^250/, /^250/, /^354/, /^451 4\.4\.2/],
      recorded: [451],
    },
  ];
  for (const { what, answers, said, recorded = [] } of rows) {
    test(what, () =>
      withRig({ sink: { answers }, hopTimeouts: { dataTermination: 300 } }, async ({ client, gate }) => {
        const c = await client();
        await c.say('EHLO c.example');
        for (const [at, line] of [...envelope.slice(1), `${LETTER}.`].slice(0, said.length).entries()) {
          assert.match(await c.say(line), said[at]!);
        }
        assert.deepEqual(
          gate.recorded.map(({ code }) => code),
          recorded,
        );
      }),
    );
  }

  test('says what steers terminals: the client and the log get none of it', () => {
    const sink = { answers: { MAIL: '550 5.7.1 \x1b[2J\x07\xe4' }, greeting: '220 sink' };
    return withRig({ sink }, async ({ client, notices }) => {
      const c = await client();
      assert.equal((await c.talk(...envelope.slice(0, 2)))[1], '550 5.7.1 ?[2J???');
      assert.ok(notices.length > 0 && notices.every(({ text }) => /^[ -~\n]*$/.test(text)));
    });
  });

  test('greets and answers with control characters: none of them is told, logged or written down', () =>
    withRig(
      { sink: { greeting: '220 sink\0\x1b[2J', answers: { DOT: '250 2.0.0 queued\0 \x1b]0;as\x07 1' } } },
      async ({ client, gate }) => {
        const c = await client();
        assert.equal((await c.talk(...envelope, `${LETTER}.`)).at(-1), '250 2.0.0 queued? ?]0;as? 1');
        assert.deepEqual(gate.recorded, [{ code: 250, enhanced: '2.0.0', text: 'queued? ?]0;as? 1' }]);
      },
    ));

  test('turns us away in its greeting, with control characters', () =>
    withRig({ sink: { greeting: '554 go\0\x1b[2Jaway' } }, async ({ client, notices }) => {
      const c = await client();
      assert.match((await c.talk(...envelope.slice(0, 2)))[1]!, /^451 4\.4\.2 The next hop cannot be reached/);
      assert.match(notices[0]!.text, /^it greets with 554 go\?\?\[2Jaway$/);
    }));

  test('is not there', () =>
    withRig({}, async ({ client, sink }) => {
      await sink.close();
      const c = await client();
      assert.match(
        await c.say('EHLO c.example'),
        /^250-gate\.example\.com\|250-PIPELINING\|250-SIZE 52428800\|250 ENH/,
      );
      assert.match(await c.say('MAIL FROM:<a@example.org>'), /^451 4\.4\.1/);
      assert.match(await c.say('RCPT TO:<b@example.com>'), /^503/);
    }));

  test('has closed a connection that was kept: another one is opened', () =>
    withRig({}, async ({ client, sink }) => {
      const c = await client();
      await c.say('EHLO c.example');
      for (const socket of sink.open) socket.destroy();
      assert.match(await c.say('MAIL FROM:<a@example.org>'), /^250/);
      assert.equal(sink.connections, 2);
    }));

  test('has enough of a connection that was kept (421): another one is opened', () => {
    let mails = 0;
    const fault = (verb: string) => (verb === 'MAIL' && ++mails === 2 ? '421 4.7.0 Too many messages' : undefined);
    return withRig({ sink: { fault } }, async ({ client, sink }) => {
      const c = await client();
      await c.talk(...envelope, `${LETTER}.`);
      assert.match((await c.talk(...envelope.slice(1), `${LETTER}.`))[3]!, /^250/);
      assert.deepEqual([sink.connections, mails, sink.messages.length], [2, 3, 2]);
    });
  });

  test('cannot be told in the journal: the client comes again', () => {
    const gate = madeUpGate(() => ({ record: () => Promise.reject(new Error('disk full')) }));
    return withRigFailing({ gate }, async ({ client, sink }) => {
      const c = await client();
      await c.talk(...envelope);
      assert.match(await c.say(`${LETTER}.`), /^451 4\.3\.0/);
      assert.equal(sink.messages.length, 1);
    });
  });

  test('a gate that throws: 451, and the next hop has nothing', () => {
    const gate = madeUpGate(() => Promise.reject(new Error('broken')));
    return withRigFailing({ gate }, async ({ client, sink }) => {
      const c = await client();
      await c.talk(...envelope);
      assert.match(await c.say(`${LETTER}.`), /^451 4\.3\.0/);
      assert.deepEqual(sink.messages, []);
    });
  });

  for (const body of ['Hello.\n.\nMAIL FROM:<admin@example.com>\n', 'Hello.\r.\r\n', 'a\0\r\n']) {
    test(`an edit by which commands could be smuggled (${JSON.stringify(body)}): 451, and the next hop has nothing`, () => {
      const gate = madeUpGate(() => ({ edits: { ...noEdits, body: Buffer.from(body) } }));
      return withRigFailing({ gate }, async ({ client, sink }) => {
        const c = await client();
        await c.talk(...envelope);
        assert.match(await c.say(`${LETTER}.`), /^451 4\.3\.0/);
        assert.deepEqual(sink.messages, []);
        assert.match(await c.say('MAIL FROM:<a@example.org>'), /^250/);
        assert.equal(sink.connections, 2);
      });
    });
  }

  test('a gate that takes longer than the client waits: 451', () => {
    const gate = madeUpGate(() => new Promise(() => {}));
    return withRigFailing({ gate, timeouts: { verdict: 200 } }, async ({ client }) => {
      const c = await client();
      await c.talk(...envelope);
      assert.match(await c.say(`${LETTER}.`), /^451 4\.3\.0/);
    });
  });
});

const withRigFailing = async (options: RigOptions, run: (rig: Rig) => Promise<void>): Promise<void> => {
  const rig = await startRig(options);
  try {
    await run(rig);
    assert.equal(rig.notices.filter(({ about }) => about === 'defect').length, 1);
  } finally {
    await rig.stop();
  }
};

describe('a client that goes', () => {
  test('while the gate judges: the next hop has nothing', async () => {
    let aborted = false;
    const gate = madeUpGate(
      (_, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            resolve({});
          });
        }),
    );
    await withRig({ gate }, async ({ client, sink }) => {
      const c = await client();
      await c.talk(...envelope);
      c.send(`${LETTER}.\r\n`);
      await until(() => gate.offered.length === 1);
      c.socket.resetAndDestroy();
      await until(() => aborted);
      await until(() => sink.open.size <= 1);
      assert.deepEqual(sink.messages, []);
      assert.deepEqual(gate.recorded, []);
    });
  });

  test('while the next hop thinks: what it says is written down all the same', () =>
    withRig({ sink: { answers: { DOT: 'HANG' } } }, async ({ client, sink, gate }) => {
      const c = await client();
      await c.talk(...envelope);
      c.send(`${LETTER}.\r\n`);
      await until(() => sink.messages.length === 1);
      c.socket.resetAndDestroy();
      await new Promise((resolve) => setTimeout(resolve, 50));
      for (const socket of sink.open) socket.write('250 2.0.0 Taken\r\n');
      await until(() => gate.recorded.length === 1);
      assert.deepEqual(gate.recorded[0], { code: 250, enhanced: '2.0.0', text: 'Taken' });
    }));

  test('in the midst of a message: nothing of it remains', () =>
    withRig({}, async ({ client, sink, gate }) => {
      const c = await client();
      await c.talk(...envelope);
      c.send(LETTER);
      c.socket.end();
      assert.equal(await c.answer(), 'closed');
      assert.deepEqual([sink.messages, gate.offered], [[], []]);
    }));
});

describe('a client that ends its side once its message is sent, and waits for the answer', () => {
  for (const secured of [false, true]) {
    test(`it gets the answer, and the connection ends${secured ? ' (TLS)' : ''}`, async () => {
      const certificate = await selfSigned('gate.example.com');
      const gate = madeUpGate(() => new Promise((resolve) => setTimeout(() => resolve({}), 200)));
      await withRig({ gate, proxy: { certificate: certificate.paths } }, async ({ client, sink, proxy }) => {
        const c = await client();
        if (secured) {
          await c.talk('EHLO c.example', 'STARTTLS');
          await c.secure();
        }
        await c.talk(...envelope);
        c.send(`${LETTER}.\r\n`);
        c.socket.end();
        assert.match(await c.answer(), /^250/);
        assert.equal(await c.answer(), 'closed');
        assert.equal(sink.messages.length, 1);
        assert.equal(gate.recorded.length, 1);
        await until(() => proxy.connections === 0);
      });
    });
  }

  test('it waits no longer than others do', () =>
    withRigFailing({ gate: madeUpGate(() => new Promise(() => {})), timeouts: { verdict: 300 } }, async (rig) => {
      const c = await rig.client();
      await c.talk(...envelope);
      c.send(`${LETTER}.\r\n`);
      c.socket.end();
      assert.match(await c.answer(), /^4[0-9]{2}/);
      assert.equal(await c.answer(), 'closed');
      await until(() => rig.proxy.connections === 0);
      assert.deepEqual(rig.sink.messages, []);
    }));
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail('it does not come about');
}
