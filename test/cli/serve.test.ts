import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ran } from './world.ts';

const program = fileURLToPath(new URL('../../bin/mailhunt.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'serve-'));
const store = ['--store', join(folder, 'store')];
let server: ChildProcess | undefined;
after(() => {
  server?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a server and resolves with its output so far once that matches. */
async function started(wanted: RegExp): Promise<string> {
  server = spawn(process.execPath, [program, 'serve', '--port', '0', '--demo', ...store]);
  let said = '';
  for (const stream of [server.stdout!, server.stderr!]) stream.on('data', (text) => (said += String(text)));
  while (!wanted.test(said)) {
    await Promise.race([once(server.stdout!, 'data'), once(server.stderr!, 'data'), once(server, 'exit')]);
    assert.equal(server.exitCode, null, said);
  }
  return said;
}

test('serve shows its address, fills the demo, and other commands go through it', async () => {
  const said = await started(/rows are in/);
  assert.match(said, /mailhunt answers on http:\/\/127\.0\.0\.1:\d+/);
  assert.equal(said.match(/npx mailhunt/g)?.length, 3);
  assert.doesNotMatch(said, /\r|\u001b/, 'a pipe gets no progress line');
  const { code, out, err } = await ran(['query', '-e', 'EmailEvents | count', '--format', 'csv', ...store]);
  assert.deepEqual([code, out], [0, 'Count\r\n20000\r\n'], err);
  const wrong = await ran(['query', '-e', 'EmailEvents | where nope == 1', ...store]);
  assert.equal(wrong.code, 1);
  assert.match(wrong.err, /KQL0001[\s\S]*\^\^\^\^/);
});

test('SIGINT stops it in good order, and the store is there for the next', async () => {
  server!.kill('SIGINT');
  const [code] = await once(server!, 'exit');
  assert.equal(code, 0);
  const { out } = await ran(['query', '-e', 'EmailEvents | count', '--format', 'csv', ...store]);
  assert.equal(out, 'Count\r\n20000\r\n');
});
