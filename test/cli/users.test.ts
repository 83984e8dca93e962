import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, test } from 'node:test';
import { askPassword } from '../../src/cli/password.ts';
import { isPassword } from '../../src/server/access/password.ts';
import { ran } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'users-'));
const store = ['--store', folder];
after(() => rmSync(folder, { recursive: true, force: true }));

const PASSWORD = 'correct horse battery staple';
const accounts = () => JSON.parse(readFileSync(join(folder, 'accounts.json'), 'utf8'));

test('users: add, list, change, passwd, disable, remove', async () => {
  const added = await ran(['users', 'add', 'Ada', '--role', 'hunter', '--bodies', ...store], {
    stdin: `${PASSWORD}\nx`,
  });
  assert.deepEqual([added.code, added.out], [0, 'ada may sign in as hunter, and read bodies.\n'], added.err);
  assert.equal(await isPassword(PASSWORD, accounts().users[0].password), true);
  assert.ok(!readFileSync(join(folder, 'accounts.json'), 'utf8').includes('horse'));
  const again = await ran(['users', 'add', 'ada', ...store], { stdin: PASSWORD });
  assert.equal(again.code, 1);
  assert.match(again.err, /^ACCESS0011: there is a user ada already/);
  assert.match((await ran(['users', 'list', ...store])).out, /^ada +hunter +bodies\n$/);
  assert.equal((await ran(['users', 'change', 'ada', '--role', 'admin', '--bodies', 'no', ...store])).code, 0);
  assert.equal((await ran(['users', 'disable', 'ada', ...store])).code, 0);
  assert.match((await ran(['users', 'list', ...store])).out, /^ada +admin +disabled\n$/);
  assert.equal((await ran(['users', 'enable', 'ada', ...store])).code, 0);
  assert.equal((await ran(['users', 'passwd', 'ada', ...store], { stdin: 'another password altogether\n' })).code, 0);
  assert.equal(await isPassword('another password altogether', accounts().users[0].password), true);
  assert.equal((await ran(['users', 'remove', 'ada', ...store])).code, 0);
  assert.equal((await ran(['users', 'list', ...store])).out, 'There are no users.\n');
  assert.match((await ran(['users', 'remove', 'ada', ...store])).err, /^ACCESS0010: there is no user ada/);
  const lines = readFileSync(join(folder, 'audit.jsonl'), 'utf8').trim().split('\n');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).what),
    ['users add', 'users change', 'users disable', 'users enable', 'users passwd', 'users remove'],
  );
});

test('users: what is wrong is said, and nothing is changed', async () => {
  const wrong: [string[], string, number, RegExp][] = [
    [['add'], PASSWORD, 2, /give a name/],
    [['add', '../x'], PASSWORD, 2, /is no name/],
    [['add', 'bob', '--role', 'god'], PASSWORD, 2, /reader, hunter, responder, admin are known/],
    [['add', 'bob'], 'short', 1, /ACCESS0012.*fewer than 12/],
    [['add', 'bob'], '', 2, /standard input has no password/],
    [['change', 'bob'], '', 2, /give --role or --bodies/],
    [['add', 'bob', '--password', PASSWORD], '', 2, /Unknown option/],
  ];
  for (const [args, stdin, code, said] of wrong) {
    const result = await ran(['users', ...args, ...store], { stdin });
    assert.match(result.err, said, args.join(' '));
    assert.equal(result.code, code, args.join(' '));
  }
  assert.equal(accounts().users.length, 0);
});

test('tokens: the secret is shown once and kept nowhere', async () => {
  const made = await ran(['tokens', 'create', 'grafana', '--rights', 'bodies,query', ...store]);
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, /^mh_[0-9a-f]{8}_[\w-]{43}\n$/);
  assert.match(made.err, /there are no users: mailhunt users add/);
  for (const file of ['accounts.json', 'audit.jsonl'])
    assert.ok(!readFileSync(join(folder, file), 'utf8').includes(made.out.trim()));
  assert.match(
    (await ran(['tokens', 'list', ...store])).out,
    /^grafana +[0-9a-f]{8} +20\d\d-\d\d-\d\d +query,bodies\n$/,
  );
  assert.equal((await ran(['tokens', 'create', 'grafana', ...store])).code, 1);
  for (const args of [
    ['--rights', 'append'],
    ['--rights', 'query,all'],
    ['--expires', '0d'],
    ['--expires', 'soon'],
  ])
    assert.equal((await ran(['tokens', 'create', 'other', ...args, ...store])).code, 2, args.join(' '));
  assert.equal((await ran(['tokens', 'create', 'lasting', '--expires', 'never', ...store])).code, 0);
  assert.equal((await ran(['tokens', 'revoke', 'grafana', ...store])).code, 0);
  assert.match((await ran(['tokens', 'list', ...store])).out, /^lasting +[0-9a-f]{8} +never +query\n$/);
});

/** A terminal on which somebody types these keys, a prompt at a time. */
async function asked(...lines: string[]): Promise<{ password: Promise<string>; shown: () => string; raw: boolean[] }> {
  const raw: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (on: boolean) => raw.push(on) });
  let shown = '';
  const err = {
    isTerminal: true,
    width: 80,
    write: async (text: string) => {
      shown += text;
      const line = text.endsWith(': ') ? lines.shift() : undefined;
      if (line !== undefined) setImmediate(() => stdin.write(line));
    },
  };
  const world = { stdin, err } as unknown as Parameters<typeof askPassword>[0];
  return { password: askPassword(world, 'users add'), shown: () => shown, raw };
}

test('a terminal shows nothing of a password, which is typed twice', async () => {
  const good = await asked('secrex\u007ft ü\r', 'secret ü\n');
  assert.equal(await good.password, 'secret ü');
  assert.equal(good.shown(), 'Password: \nOnce more: \n');
  assert.deepEqual(good.raw, [true, false, true, false]);
  await assert.rejects((await asked('one\r', 'other\r')).password, { message: /the two passwords differ/ });
  await assert.rejects((await asked('one\u0003')).password, { message: /stopped/ });
});
