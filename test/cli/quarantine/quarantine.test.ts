import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { keepingHouse, kept, letter } from '../../gateway/control/held-house.ts';
import { offered } from '../../gateway/gate-rig.ts';
import { startSink } from '../../gateway/proxy/sink.ts';
import { inFolder } from '../../store/rig.ts';
import { ran } from '../world.ts';

const start = fileURLToPath(new URL('../../../src/cli/start.ts', import.meta.url));
const hostile = '\u001b[2J\u202eevil';

/** A command on a store whose gate has its folder there. */
const mailhunt =
  (store: string) =>
  (...argv: readonly string[]) =>
    ran(['quarantine', ...argv, '--store', store]);

test('where there is no gate and no folder of one, each verb says so', () =>
  inFolder(async (store) => {
    for (const argv of [['list'], ['show', 'abcd'], ['release', 'abcd'], ['remove', 'abcd']]) {
      const { code, err } = await mailhunt(store)(...argv);
      assert.deepEqual([code, err.slice(0, 9)], [3, 'GATE0017:'], argv.join(' '));
    }
  }));

test('list is a table, harmless whatever a sender wrote, and JSON', () =>
  inFolder(async (store) => {
    await using house = await keepingHouse(store, 1);
    const id = await kept(house, offered(`From: x@bank.example\nSubject: ${hostile}\n\nHi\n`));
    const table = await mailhunt(store)('list');
    assert.equal(table.code, 0);
    assert.match(table.out, /^Id +Time +From +To +Subject +Rule +Until\n/);
    assert.ok(table.out.includes(id));
    assert.match(table.out, /2026-07-18T12:00:00Z +x@bank\.example +anna@contoso\.com/);
    assert.doesNotMatch(table.out, /\u001b|\u202e/);
    const { out } = await mailhunt(store)('list', '--format', 'json');
    assert.doesNotMatch(out, /\u001b|\u202e/);
    const [held] = JSON.parse(out);
    assert.deepEqual(
      [held.id, held.subject, held.rule, held.at, held.until],
      [id, '[2J\u202eevil', 'Keep', '2026-07-18T12:00:00.000Z', '2026-08-17T12:00:00.000Z'],
    );
    assert.equal((await mailhunt(store)('list', '--format', 'xml')).code, 2);
  }));

test(
  'show tells why, what it proved, and the header; --raw gives the bytes, and not to a terminal',
  { timeout: 60_000 },
  () =>
    inFolder(async (store) => {
      await using house = await keepingHouse(store, 1);
      const bytes = Buffer.from(
        `From: x@bank.example\r\nSubject: Gr\xfc\xdfe ${'\u001b'}[2J\r\n\r\n\x80\xff\r\n`,
        'latin1',
      );
      const id = await kept(house, offered(bytes));
      const { code, out } = await mailhunt(store)('show', id.slice(0, 8));
      assert.equal(code, 0);
      for (const line of [
        /^Came +2026-07-18T12:00:00\.000Z from 192\.0\.2\.7 \(mail\.bank\.example\)$/m,
        /^Decision +Quarantine by rule “Keep”, policy “Test”, Enforce$/m,
        /^ {2}1 {2}Keep: matches$/m,
        /^ {2}spf=pass \(sender IP is 192\.0\.2\.7\)/m,
        /^ {2}From: x@bank\.example$/m,
      ])
        assert.match(out, line);
      assert.doesNotMatch(out, /\u001b/);
      assert.equal(JSON.parse((await mailhunt(store)('show', id, '--json')).out).decision.rule, 'Keep');
      const refused = await ran(['quarantine', 'show', id, '--raw', '--store', store], { width: 80 });
      assert.deepEqual([refused.code, refused.out], [2, '']);
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [start, 'quarantine', 'show', id, '--raw', '--store', store],
        { encoding: 'buffer' },
      );
      assert.deepEqual(stdout, bytes);
    }),
);

test('release and remove go by ids or their beginnings, say what became of each, and leave a line in the audit log', () =>
  inFolder(async (store) => {
    const sink = await startSink({ answers: { 'RCPT TO:<Ben': '550 5.1.1 No such user' } });
    try {
      await using house = await keepingHouse(store, sink.port);
      const [one, two] = [await kept(house, letter('one')), await kept(house, letter('two'))];
      const released = await mailhunt(store)('release', one.slice(0, 8), 'nobody-knows-it');
      assert.deepEqual([released.code, released.out], [3, '']);
      const { code, out, err } = await mailhunt(store)('release', one, '00000000-0000-0000-0000-000000000000');
      assert.equal(code, 1);
      assert.equal(
        out,
        `${one} is released to anna@contoso.com: 250 2.0.0 Ok: queued as 1234\n  and stays for Ben@contoso.com: 550 5.1.1 No such user\n`,
      );
      assert.match(err, /^GATE0011: .*00000000/);
      const again = await mailhunt(store)('release', one);
      assert.deepEqual([again.code, again.out], [1, '']);
      assert.match(again.err, /^GATE0012: .*550 5\.1\.1 No such user/);
      assert.match((await mailhunt(store)('list')).out, /refused .*: 550 5\.1\.1 No such user/);
      const removed = await mailhunt(store)('remove', one, two);
      assert.deepEqual([removed.code, removed.out], [0, `${one} is removed: one\n${two} is removed: two\n`]);
      assert.equal((await mailhunt(store)('list')).out, 'There are no messages in quarantine.\n');
      const lines = (await readFile(join(store, 'audit.jsonl'), 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      assert.deepEqual(
        lines.map(({ who, what, facts }) => [who, what, facts.message]),
        [
          [`os:${userInfo().username}`, 'quarantine release', one],
          [`os:${userInfo().username}`, 'quarantine remove', one],
          [`os:${userInfo().username}`, 'quarantine remove', two],
        ],
      );
    } finally {
      await sink.close();
    }
  }));

test(
  'where the gate does not run, its folder is opened, and gateway.yaml says where released messages go',
  { timeout: 60_000 },
  () =>
    inFolder(async (store) => {
      const sink = await startSink();
      try {
        let id: string;
        {
          await using house = await keepingHouse(store, 1);
          id = await kept(house, letter('one'));
        }
        const file = join(store, 'gateway.yaml');
        const hop = `{ address: "127.0.0.1:${sink.port}", tls: none }`;
        await writeFile(file, 'hostname: mx.contoso.com\nmilter: inet:8892@127.0.0.1\n');
        const without = await mailhunt(store)('release', id, '--gateway', file);
        assert.deepEqual([without.code, without.err.slice(0, 9)], [3, 'GATE0013:']);
        await writeFile(file, `hostname: mx.contoso.com\nmilter: inet:8892@127.0.0.1\nrelease: ${hop}\n`);
        const { code, out, err } = await mailhunt(store)('release', id, '--gateway', file);
        assert.deepEqual(
          [code, out],
          [0, `${id} is released to anna@contoso.com, Ben@contoso.com: 250 2.0.0 Ok: queued as 1234\n`],
          err,
        );
        assert.equal(sink.messages.length, 1);
        assert.match(sink.messages[0]!, /^Authentication-Results: mx\.contoso\.com; spf=pass/m);
        const rows = await ran([
          'query',
          '--store',
          store,
          '-e',
          'EmailEvents | distinct LatestDeliveryLocation',
          '--format',
          'csv',
        ]);
        assert.equal(rows.out, 'LatestDeliveryLocation\r\nInbox/folder\r\n');
      } finally {
        await sink.close();
      }
    }),
);
