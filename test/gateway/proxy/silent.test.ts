import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.ts';
import { type Rig, type RigOptions, startRig } from './rig.ts';

const begin = ['EHLO client.example.org', 'MAIL FROM:<a@example.org>', 'RCPT TO:<b@example.com>'] as const;

async function withRig(options: RigOptions, work: (rig: Rig) => Promise<void>): Promise<void> {
  const rig = await startRig(options);
  try {
    await work(rig);
  } finally {
    await rig.stop();
  }
}

/** Until it is so; the test's own time ends it. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(5);
}

const resets = ({ sink }: Rig): number => sink.lines.filter((line) => line === 'RSET').length;
/** Long enough that a loaded machine is no silent client. */
const brief = { timeouts: { silence: 1_500 } } as const;

describe('a client that says nothing', { timeout: 30_000 }, () => {
  test('gives the connection to others, and gets one again with its envelope', () =>
    withRig(brief, async (rig) => {
      const { client, sink } = rig;
      const [one, other] = [await client(), await client()];
      await one.talk(...begin);
      await until(() => resets(rig) === 1);
      const said = await other.talk(
        begin[0],
        'MAIL FROM:<x@example.org>',
        'RCPT TO:<y@example.com>',
        'DATA',
        'other\r\n.',
      );
      assert.match(said[4]!, /^250/);
      assert.equal(sink.connections, 1);
      assert.match(await one.say('RCPT TO:<c@example.com>'), /^250 2\.1\.5 Recipient ok/);
      assert.match((await one.talk('DATA', 'mine\r\n.'))[1]!, /^250/);
      assert.deepEqual(sink.commands, [
        'MAIL FROM:<a@example.org>',
        'RCPT TO:<b@example.com>',
        'MAIL FROM:<x@example.org>',
        'RCPT TO:<y@example.com>',
        'DATA',
        'MAIL FROM:<a@example.org>',
        'RCPT TO:<c@example.com>',
        'RCPT TO:<b@example.com>',
        'DATA',
      ]);
      assert.deepEqual(sink.messages, ['other\r\n', 'mine\r\n']);
      assert.deepEqual(rig.gate.offered[1]!.recipients, ['b@example.com', 'c@example.com']);
    }));

  test('one that speaks in time keeps it', () =>
    withRig({ timeouts: { silence: 60_000 } }, async (rig) => {
      const c = await rig.client();
      for (const line of begin) assert.match(await c.say(line), /^250/);
      await sleep(100);
      assert.match((await c.talk('DATA', 'x\r\n.'))[1]!, /^250/);
      assert.equal(resets(rig), 0);
      assert.equal(rig.sink.commands.length, 3);
    }));

  test('a message that comes for longer holds no connection meanwhile, and is handed on once', () =>
    withRig(brief, async (rig) => {
      const c = await rig.client();
      await c.talk(...begin, 'DATA');
      c.send('one\r\n');
      await until(() => resets(rig) === 1);
      assert.match(await c.say('two\r\n.'), /^250/);
      assert.deepEqual(rig.sink.messages, ['one\r\ntwo\r\n']);
      assert.equal(rig.sink.commands.filter((line) => line.startsWith('MAIL')).length, 2);
    }));

  test('a hundred clients that stop at MAIL hold none of its connections', () =>
    withRig({ timeouts: { silence: 4_000 }, hopTimeouts: { idle: 50 } }, async ({ client, sink }) => {
      const stop = async (n: number): Promise<Client> => {
        const c = await client(`127.0.0.${n + 2}`);
        assert.match((await c.talk(...begin.slice(0, 2)))[1]!, /^250/);
        return c;
      };
      const all: Client[] = [];
      for (let n = 0; n < 100; n++) all.push(await stop(n));
      assert.ok(sink.connections > 50, `${sink.connections}`);
      await until(() => sink.open.size === 0);
      // Not one of them has lost its transaction.
      for (const c of all.slice(0, 5))
        assert.match((await c.talk('RCPT TO:<b@example.com>', 'DATA', 'x\r\n.'))[2]!, /^250/);
    }));

  test('one client holds as many as it may, and its longest silent one gives way', () =>
    withRig({ timeouts: { silence: 60_000 }, limits: { silent: 2 } }, async (rig) => {
      const [first, second, third, stranger] = [
        await rig.client(),
        await rig.client(),
        await rig.client(),
        await rig.client('127.0.0.2'),
      ];
      for (const c of [first, second]) await c.talk(...begin);
      await stranger.talk(...begin);
      await sleep(1_500);
      assert.equal(resets(rig), 0);
      await third.talk(...begin);
      await until(() => resets(rig) > 0);
      for (const c of [third, second, first, stranger]) assert.match((await c.talk('DATA', 'x\r\n.'))[1]!, /^250/);
      assert.equal(rig.sink.messages.length, 4);
    }));
});

describe('a client that goes on, its connection given back', { timeout: 60_000 }, () => {
  test('one that is silent before each recipient: the next hop hears each twice at most, and no more than five so', () =>
    withRig({ timeouts: { silence: 200 } }, async (rig) => {
      const c = await rig.client();
      await c.talk(begin[0], begin[1]);
      const slow = Array.from({ length: 5 }, (_, n) => `RCPT TO:<b${n}@example.com>`);
      for (const [n, line] of slow.entries()) {
        await until(() => resets(rig) === n + 1);
        assert.match(await c.say(line), /^250/);
      }
      await until(() => resets(rig) === 6);
      for (let n = 0; n < 3; n++)
        assert.match(await c.say('RCPT TO:<late@example.com>'), /^452 4\.5\.3 Too long between/);
      assert.match((await c.talk('DATA', 'x\r\n.'))[1]!, /^250/);
      assert.deepEqual(rig.sink.commands, [
        begin[1],
        ...slow.flatMap((line) => [begin[1], line]),
        begin[1],
        ...slow,
        'DATA',
      ]);
      assert.equal(rig.gate.offered[0]!.recipients.length, 5);
    }));

  test('more connections than one may keep, that speak in turn: none loses its own, and nothing is said again', () =>
    withRig({ timeouts: { silence: 60_000 } }, async ({ client, sink }) => {
      const all = await Promise.all(Array.from({ length: 25 }, () => client()));
      await Promise.all(all.map((c) => c.talk(begin[0], begin[1])));
      const rounds = 12;
      for (let n = 0; n < rounds; n++) {
        const said = await Promise.all(all.map((c) => c.say(`RCPT TO:<b${n}@example.com>`)));
        assert.ok(
          said.every((one) => one.startsWith('250')),
          said.join('\n'),
        );
      }
      const said = await Promise.all(all.map((c) => c.talk('DATA', 'x\r\n.')));
      assert.ok(said.every(([, one]) => one!.startsWith('250')));
      // Twice where this machine was so slow that they were silent.
      const heard = (verb: string): number => sink.commands.filter((line) => line.startsWith(verb)).length;
      assert.ok(heard('RCPT') <= 2 * rounds * all.length, `${heard('RCPT')}`);
    }));

  test('those that send a message give way first, and take no connection from the others', () =>
    withRig({ timeouts: { silence: 60_000 }, limits: { silent: 2 } }, async (rig) => {
      const open = async (from: string): Promise<Client> => {
        const c = await rig.client();
        await c.talk(begin[0], `MAIL FROM:<${from}@example.org>`, begin[2]);
        return c;
      };
      const silent = [await open('silent1'), await open('silent2')];
      const sending: Client[] = [];
      for (const from of ['sending1', 'sending2', 'sending3']) {
        const c = await open(from);
        assert.match(await c.say('DATA'), /^354/);
        c.send('one\r\n');
        sending.push(c);
      }
      await until(() => resets(rig) === 3);
      for (const c of sending) assert.match(await c.say('two\r\n.'), /^250/);
      for (const c of silent) assert.match((await c.talk('DATA', 'x\r\n.'))[1]!, /^250/);
      const mails = rig.sink.commands.filter((line) => line.startsWith('MAIL'));
      assert.equal(mails.filter((line) => line.includes('silent')).length, 2);
      assert.equal(mails.filter((line) => line.includes('sending')).length, 6);
    }));

  for (const [verb, late] of [
    ['RCPT', '250 2.1.5 Recipient ok'],
    ['DATA', '354 Go on'],
  ] as const) {
    test(`one that is gone while the next hop is asked again (${verb}): nothing is handed on`, () => {
      let rig: Rig;
      const fault = (heard: string) => (heard === verb && rig.gate.offered.length > 0 ? 'HANG' : undefined);
      return withRig({ ...brief, sink: { fault } }, async (made) => {
        rig = made;
        const { sink } = rig;
        const c = await rig.client();
        await c.talk(...begin);
        await until(() => resets(rig) === 1);
        await c.say('DATA');
        c.send('mine\r\n.\r\n');
        await until(() => rig.gate.offered.length > 0 && sink.lines.at(-1)!.startsWith(verb));
        const heard = sink.lines.length;
        c.socket.resetAndDestroy();
        await sleep(200);
        for (const socket of sink.open) socket.write(`${late}\r\n`);
        await until(() => sink.lines.length > heard || sink.open.size === 0);
        assert.deepEqual(sink.lines.slice(heard), verb === 'RCPT' ? ['RSET'] : []);
        await until(() => rig.gate.recorded.length > 0);
        assert.equal(rig.gate.recorded[0]!.code, 421);
        assert.deepEqual(
          rig.notices.filter(({ about }) => about === 'defect'),
          [],
        );
      });
    });
  }

  for (const [what, refused] of [
    ['MAIL', '451 4.7.1 Not now'],
    ['RCPT', '550 5.1.1 Gone in the meantime'],
  ] as const) {
    test(`451 where the next hop says something else to its ${what} by then, and nothing is handed on`, () => {
      let heard = 0;
      const fault = (verb: string) => (verb === what && ++heard > 1 ? refused : undefined);
      return withRig({ ...brief, sink: { fault } }, async (rig) => {
        const c = await rig.client();
        await c.talk(...begin);
        await until(() => resets(rig) === 1);
        assert.match((await c.talk('DATA', 'x\r\n.'))[1]!, /^451 4\.3\.0/);
        assert.deepEqual(rig.sink.messages, []);
        assert.match(rig.notices.find(({ about }) => about === 'next hop')!.text, /does not repeat its answer/);
        assert.match(rig.gate.recorded[0]!.text, /come again/);
      });
    });
  }

  test('one that resets, or is gone, while it has none leaves nothing behind', () =>
    withRig({ ...brief, hopTimeouts: { idle: 50 } }, async (rig) => {
      const [one, other] = [await rig.client(), await rig.client()];
      await one.talk(...begin);
      await other.talk(...begin);
      await until(() => rig.sink.open.size === 0);
      other.close();
      assert.match(await one.say('RSET'), /^250/);
      assert.match((await one.talk(...begin.slice(1), 'DATA', 'x\r\n.'))[3]!, /^250/);
      assert.deepEqual(rig.sink.messages, ['x\r\n']);
    }));

  test('a connection in which the next hop takes us for the client is no other one’s', () =>
    withRig(
      {
        ...brief,
        target: { tells: 'XCLIENT' },
        sink: { features: ['XCLIENT NAME ADDR PROTO HELO'] },
      },
      async ({ client, sink }) => {
        const c = await client();
        await c.talk(...begin);
        await until(() => sink.open.size === 0);
        assert.match((await c.talk('DATA', 'x\r\n.'))[1]!, /^250/);
        assert.equal(sink.commands.filter((line) => line.startsWith('XCLIENT')).length, 2);
      },
    ));
});
