import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { MailhuntError } from '../../../src/errors/index.ts';
import { startMilter } from '../../../src/gateway/milter/index.ts';
import { madeUpGate } from './made-up-gate.ts';
import { greeting, letter, mtaOf, say } from './mta.ts';
import { started } from './started.ts';

const folder = mkdtempSync(join(tmpdir(), 'milter-'));
after(() => rmSync(folder, { recursive: true }));

const listening = (path: string, mode?: number) =>
  startMilter({
    gate: madeUpGate(),
    log: () => {},
    address: { kind: 'unix', path },
    ...(mode === undefined ? {} : { mode }),
  });

const cannotListen = (error: unknown): boolean => error instanceof MailhuntError && error.code === 'GATE0021';

test('a socket file is for owner and group, or whom the setting names, and is removed at the end', async () => {
  for (const [mode, expected] of [
    [undefined, 0o660],
    [0o600, 0o600],
    [0o666, 0o666],
  ] as const) {
    const path = join(folder, `milter-${expected}.sock`);
    await using milter = await listening(path, mode);
    assert.equal(statSync(path).mode & 0o777, expected);
    await using mta = await mtaOf(milter.address);
    mta.send(...greeting(), ...letter());
    assert.equal((await mta.hear(4))[3], 'a');
    mta.send(say.quit());
    assert.deepEqual(await mta.untilClosed(), []);
    await milter.stop();
    assert.equal(existsSync(path), false);
  }
});

test('the umask is as before', async () => {
  const before = process.umask(0o027);
  try {
    await using milter = await listening(join(folder, 'umask.sock'));
    assert.equal(process.umask(), 0o027);
    assert.ok(milter);
  } finally {
    process.umask(before);
  }
});

test('a socket file that a killed milter left behind makes way', async () => {
  const path = join(folder, 'stale.sock');
  const code = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  assert.equal(spawnSync(process.execPath, ['-e', code]).signal, 'SIGKILL');
  assert.ok(statSync(path).isSocket());
  await using milter = await listening(path);
  await using mta = await mtaOf(milter.address);
  mta.send(say.offer());
  assert.equal((await mta.hear(1)).length, 1);
});

test('a socket that somebody listens on stays his, and so does a file that is no socket', async () => {
  const path = join(folder, 'taken.sock');
  await using first = await listening(path);
  await assert.rejects(listening(path), cannotListen);
  await using mta = await mtaOf(first.address);
  mta.send(say.offer());
  assert.equal((await mta.hear(1)).length, 1);
  const file = join(folder, 'file');
  writeFileSync(file, 'precious');
  chmodSync(file, 0o600);
  await assert.rejects(listening(file), cannotListen);
  assert.equal(statSync(file).size, 8);
});

test('a folder that is not there, and a port that is taken, are told by name', async () => {
  await assert.rejects(
    listening(join(folder, 'no', 'milter.sock')),
    (error) => cannotListen(error) && /milter\.sock/.test(String(error)),
  );
  await using other = await started();
  const { remotePort: port = 0 } = other.mta.socket;
  const address = { kind: 'inet', host: '127.0.0.1', port } as const;
  await assert.rejects(startMilter({ gate: madeUpGate(), log: () => {}, address }), /127\.0\.0\.1:\d+: .*EADDRINUSE/);
});

test('connections beyond the limit are closed at once, and told', async () => {
  await using milter = await started({ limits: { connections: 1 } });
  milter.mta.send(say.offer());
  await milter.mta.hear(1);
  const second = await milter.another();
  assert.deepEqual(await second.untilClosed(), []);
  assert.match(milter.logged.join(), /milter-full/);
  await milter.mta[Symbol.asyncDispose]();
  const third = await milter.another();
  third.send(say.offer());
  assert.equal((await third.hear(1)).length, 1);
});

test('stopped, it lets the message under way come to its end, takes no other, and closes what is idle', async () => {
  await using milter = await started();
  const idle = await milter.another();
  idle.send(...greeting());
  await idle.hear(1);
  milter.mta.send(...greeting(), ...letter().slice(0, 2));
  await milter.mta.hear(3);
  const stopped = milter.stop();
  assert.deepEqual(await idle.untilClosed(), []);
  milter.mta.send(...letter().slice(2));
  assert.deepEqual(await milter.mta.untilClosed(), ['a']);
  await stopped;
  assert.equal(milter.gate.recorded.length, 1);
  await assert.rejects(milter.another(), /ECONNREFUSED/);
});

test('stopped, it closes a connection whose message is aborted', async () => {
  await using milter = await started();
  milter.mta.send(...greeting(), ...letter().slice(0, 2));
  await milter.mta.hear(3);
  const stopped = milter.stop();
  milter.mta.send(say.abort());
  assert.deepEqual(await milter.mta.untilClosed(), []);
  await stopped;
});

test('stopped, it cuts what has not come to its end within the grace', async () => {
  await using milter = await started({ limits: { grace: 50 }, gate: madeUpGate(() => ({ after: 60_000 })) });
  milter.mta.send(...greeting(), ...letter());
  await milter.mta.hear(3);
  await milter.stop();
  assert.deepEqual(await milter.mta.untilClosed(), []);
  assert.equal(milter.gate.aborted(), 1);
  assert.deepEqual(milter.gate.recorded, []);
});

test('a second stop does no harm', async () => {
  const milter = await listening(join(folder, 'twice.sock'));
  await Promise.all([milter.stop(), milter.stop()]);
  await milter.stop();
});

test('many MTAs are served at once', async () => {
  await using milter = await started({ gate: madeUpGate(() => ({ after: 5 })) });
  const counts = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const mta = await milter.another();
      mta.send(...greeting());
      await mta.hear(1);
      for (let i = 0; i < 5; i++) {
        mta.send(...letter());
        assert.deepEqual(await mta.hear(3), ['c', 'c', 'a']);
      }
      return 5;
    }),
  );
  assert.equal(
    milter.gate.recorded.length,
    counts.reduce((a, b) => a + b, 0),
  );
});
