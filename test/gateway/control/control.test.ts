import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { ControlServer, controlAt, runningGate } from '../../../src/gateway/control/index.ts';
import { openFolderControl } from '../../../src/gateway/folder-control.ts';
import { controlSocket } from '../../../src/gateway/gate-folder.ts';
import { readMessage } from '../../../src/mail/index.ts';
import { inFolder } from '../../store/rig.ts';
import { startSink } from '../proxy/sink.ts';
import { keepingHouse, keepingOptions, kept, letter, served } from './held-house.ts';

const socketIn = (folder: string): string => controlSocket(join(folder, 'gate'));

test('the socket is the owner’s alone, is there while the gate runs, and one gate at a time has the folder', () =>
  inFolder(async (folder) => {
    const path = socketIn(folder);
    assert.equal(await runningGate(path), undefined);
    {
      await using _house = await keepingHouse(folder, 1);
      assert.equal(statSync(path).mode & 0o777, 0o600);
      assert.equal((await runningGate(path)) === undefined, false);
      await assert.rejects(ControlServer.open(path, { report: () => {}, patience: 0 }), { code: 'GATE0015' });
    }
    assert.equal(existsSync(path), false);
    assert.equal(await runningGate(path), undefined);
  }));

test('a gate waits for a command that has the folder for a moment, and then has it itself', () =>
  inFolder(async (folder) => {
    const { release: _, ...options } = keepingOptions(folder);
    const command = await openFolderControl({ ...options, release: undefined });
    const opening = keepingHouse(folder, 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await command[Symbol.asyncDispose]();
    await using house = await opening;
    const control = await runningGate(socketIn(folder));
    assert.equal((await control!.status()).policy?.name, 'Test');
    assert.equal(house.quarantine.size, 0);
  }));

test('list, show, bytes, counts: what a running gate says', () =>
  inFolder(async (folder) => {
    await using _server = await served(folder);
    await using house = await keepingHouse(folder, 1);
    const ids = [await kept(house, letter('one')), await kept(house, letter('two'))];
    const control = controlAt(socketIn(folder));
    const { messages, total, next } = await control.list({ limit: 1 });
    assert.deepEqual([messages.map(({ subject }) => subject), total], [['two'], 2]);
    const rest = await control.list({ limit: 1, before: next! });
    assert.deepEqual([rest.messages.map(({ id }) => id), rest.next], [[ids[0]], undefined]);
    assert.deepEqual(await control.bytes(ids[0]!), letter('one').bytes);
    const { held, decision, results, header } = await control.show(ids[0]!);
    assert.deepEqual([held.id, held.recipients], [ids[0], ['anna@contoso.com', 'Ben@contoso.com']]);
    assert.deepEqual(decision.trace, [{ rule: 'Keep', outcome: 'matched' }]);
    assert.deepEqual([decision.rule, decision.answer], ['Keep', '250 2.0.0 Ok']);
    assert.match(results, /^mx\.contoso\.com; spf=pass .*dmarc=/);
    assert.match(header, /^Authentication-Results: mx\.contoso\.com; spf=pass; dkim=pass[\s\S]*Subject: one\r\n/);
    assert.ok(!header.includes('shop.example'));
    await house.drained();
    const { store, dns, quarantine, messages: counts, policy } = await control.status();
    assert.deepEqual(
      [store, dns, quarantine.messages, policy],
      ['there', 'alive', 2, { name: 'Test', mode: 'Enforce' }],
    );
    assert.deepEqual(counts, { byAnswer: { '250 2.0.0': 2 }, byRule: { Keep: 2 } });
    await assert.rejects(control.show('nothing'), { code: 'GATE0011' });
    await assert.rejects(control.bytes('../../x\u0000'), { code: 'GATE0011' });
  }));

test('a released message has the gate’s own stamp, no forged one, says that it was held, and hunts see where it is', () =>
  inFolder(async (folder) => {
    await using server = await served(folder);
    const sink = await startSink();
    try {
      await using house = await keepingHouse(folder, sink.port);
      const id = await kept(house, letter('one'));
      await house.drained();
      assert.deepEqual(await server.hunt('EmailEvents | where LatestDeliveryLocation == "Quarantine" | count'), [
        '[2]',
      ]);
      const control = controlAt(socketIn(folder));
      const twice = await Promise.allSettled([control.release(id, 'anna'), control.release(id, 'ben')]);
      assert.deepEqual(twice.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      assert.equal(sink.messages.length, 1);
      const { fields } = readMessage(Buffer.from(sink.messages[0]!, 'latin1'));
      const values = (name: string) =>
        fields.filter((field) => field.name === name).map(({ value }) => value.replaceAll('\r\n', ''));
      const stamps = values('authentication-results');
      assert.equal(stamps.length, 1);
      assert.match(
        stamps[0]!,
        /mx\.contoso\.com; spf=pass \(sender IP is 192\.0\.2\.7\).*dkim=none .*dmarc=pass action=none/,
      );
      assert.deepEqual(values('x-mailhunt-policy'), [
        ' Released; policy="Test"; rule="Keep"; held=2026-07-18T12:00:00.000Z; released=2026-07-18T12:00:00.000Z',
      ]);
      assert.match(
        values('received')[0]!,
        /^ from mail\.bank\.example \(unknown \[192\.0\.2\.7\]\) by mx\.contoso\.com/,
      );
      assert.ok(sink.messages[0]!.endsWith('\r\n\r\nhttps://shop.example/one\r\n'));
      assert.ok(sink.commands.includes('RCPT TO:<Ben@contoso.com>'));
      await house.drained();
      for (const [hunt, rows] of [
        ['EmailEvents | where LatestDeliveryLocation == "Quarantine" | count', ['[0]']],
        [
          'EmailEvents | where LatestDeliveryLocation == "Inbox/folder" and DeliveryLocation == "Quarantine" | count',
          ['[2]'],
        ],
        ['EmailEvents | count', ['[2]']],
        ['EmailEvents | summarize arg_max(Timestamp, *) by NetworkMessageId, RecipientEmailAddress | count', ['[2]']],
        // As a product in the field asks for released messages.
        [
          'EmailEvents | where DeliveryLocation == "Quarantine" and LatestDeliveryAction contains "Quarantine release" | count',
          ['[2]'],
        ],
        [
          'EmailPostDeliveryEvents | project Action, ActionType, ActionTrigger, ActionResult, SourceLocation, DeliveryLocation, By = tostring(_extra.ActionBy) | distinct *',
          [
            JSON.stringify([
              'Quarantine release',
              'Redelivery',
              'AdminAction',
              'Success',
              'Quarantine',
              'Inbox/folder',
              winner(twice),
            ]),
          ],
        ],
        [
          'EmailPostDeliveryEvents | join kind=inner EmailEvents on NetworkMessageId, RecipientEmailAddress | where Timestamp >= Timestamp1 | project RecipientEmailAddress, SenderFromAddress | order by RecipientEmailAddress asc',
          ['["Ben@contoso.com","jane@bank.example"]', '["anna@contoso.com","jane@bank.example"]'],
        ],
        [
          'EmailEvents | extend Left = parse_json(AdditionalFields).Gate.Left | project tostring(Left.Way) | distinct *',
          ['["released"]'],
        ],
      ] as const)
        assert.deepEqual(await server.hunt(hunt), rows, hunt);
    } finally {
      await sink.close();
    }
  }));

/** Which of two releases, one by anna and one by ben, was the one. */
const winner = ([first]: readonly PromiseSettledResult<unknown>[]): string =>
  first?.status === 'fulfilled' ? 'anna' : 'ben';

test('a message that the next hop refuses, or that cannot be said in SMTP, stays, and the list says what it answered', () =>
  inFolder(async (folder) => {
    let answer: string | undefined = '554 5.7.1 We do not want it';
    const sink = await startSink({ fault: (verb) => (verb === 'DOT' ? answer : undefined) });
    await using house = await keepingHouse(folder, sink.port);
    const control = controlAt(socketIn(folder));
    const id = await kept(house, letter('one'));
    await assert.rejects(control.release(id, 'anna'), { code: 'GATE0012', message: /554 5\.7\.1 We do not want it/ });
    assert.equal((await control.list()).messages[0]!.refused!.answer, '554 5.7.1 We do not want it');
    answer = 'CLOSE';
    await assert.rejects(control.release(id, 'anna'), { code: 'GATE0012', message: /it may have taken it/ });
    assert.equal((await control.list()).messages[0]!.begun!.by, 'anna');
    for (const changes of [
      { mailFrom: 'a@bank.example>\r\nRCPT TO:<everybody@contoso.com' },
      { recipients: ['anna@contoso.com> NOTIFY=NEVER'] },
    ]) {
      const odd = await kept(house, letter('odd', changes));
      const before = sink.lines.length;
      await assert.rejects(control.release(odd, 'anna'), { code: 'GATE0012' });
      assert.equal(sink.lines.length, before);
      await control.remove(odd, 'anna');
    }
    await sink.close();
    await assert.rejects(control.release(id, 'anna'), { code: 'GATE0012', message: /cannot be reached/ });
    assert.deepEqual(
      house.quarantine.list().map((held) => held.id),
      [id],
    );
  }));

test('without a next hop a release is refused by name, and so is what is no request', () =>
  inFolder(async (folder) => {
    await using house = await keepingHouse(folder, 1, { release: undefined });
    const path = socketIn(folder);
    const id = await kept(house, letter('one'));
    await assert.rejects(controlAt(path).release(id, 'anna'), { code: 'GATE0013' });
    const raw = (way: string, method = 'GET', body = ''): Promise<string> =>
      new Promise((resolve, reject) => {
        const sent = request({ socketPath: path, path: way, method, agent: false }, (response) => {
          let text = '';
          response.on('data', (part) => (text += part)).on('end', () => resolve(`${response.statusCode} ${text}`));
        });
        sent.on('error', reject).end(body);
      });
    for (const [way, method, body] of [
      ['/'],
      ['/quarantine/a/b/c'],
      ['/quarantine/%ff'],
      ['/quarantine?limit=-1'],
      [`/quarantine/${id}/release`],
      [`/quarantine/${id}/remove`, 'POST', '{}'],
      [`/quarantine/${id}/remove`, 'POST', 'no JSON'],
      [`/quarantine/${id}/remove`, 'POST', JSON.stringify({ by: 'x'.repeat(5000) })],
    ] as const) {
      assert.match(await raw(way, method, body), /^400 .*GATE0014/, `${method} ${way}`);
    }
    assert.match(
      await raw(`/quarantine/${'x'.repeat(10_000)}`).catch((error: Error) => error.message),
      /^431|ECONNRESET|EPIPE/,
    );
    assert.equal(house.quarantine.size, 1);
  }));

test('a folder whose gate does not run is opened as it would itself, and the store learns what was done', () =>
  inFolder(async (folder) => {
    await using server = await served(folder);
    const sink = await startSink();
    try {
      let id: string;
      {
        await using house = await keepingHouse(folder, sink.port);
        id = await kept(house, letter('one'));
        await house.drained();
      }
      {
        const release = {
          target: { address: { host: '127.0.0.1', port: sink.port }, tls: 'none', tells: 'none' },
        } as const;
        await using opened = await openFolderControl({ ...keepingOptions(folder), release });
        // Who comes meanwhile asks this process.
        const other = await runningGate(socketIn(folder));
        assert.equal((await other!.list()).total, 1);
        assert.deepEqual((await opened.control.release(id, 'anna')).taken, ['anna@contoso.com', 'Ben@contoso.com']);
      }
      assert.equal(sink.messages.length, 1);
      assert.deepEqual(await server.hunt('EmailEvents | distinct LatestDeliveryLocation'), ['["Inbox/folder"]']);
    } finally {
      await sink.close();
    }
  }));
