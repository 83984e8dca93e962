import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ensureSnapshot } from '../../scripts/snapshot.ts';

const program = fileURLToPath(new URL('../../bin/mailhunt.mjs', import.meta.url));
const made = mkdtempSync(join(tmpdir(), 'mailhunt-program-'));
after(() => rmSync(made, { recursive: true }));

/** As a user starts it, with the start-up snapshot where the command may have it. */
function run(...args: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: made, encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}

describe('a picture is read in a thread, which no command that judges mail dies of', () => {
  const letter = ['qr-code-lure.eml', '--dns', 'qr-code-lure.zone', '--config', 'receiver.yaml'];
  before(async () => {
    await ensureSnapshot();
    const { status, said } = run('lab', 'build', '.', 'qr-code-lure');
    assert.equal(status, 0, said);
  });
  const rows: readonly [name: string, args: readonly string[], status: number, said: RegExp][] = [
    ['auth', ['auth', ...letter], 1, /dmarc=fail/],
    ['investigate', ['investigate', ...letter], 1, /QR/],
    ['policy explain', ['policy', 'explain', ...letter], 0, /DMARC is fail/],
    ['ingest', ['ingest', ...letter], 0, /1 message/],
    ['query', ['query', '-e', 'EmailUrlInfo | where UrlLocation == "QRCode" | count'], 0, /[1-9]/],
  ];
  for (const [name, args, status, words] of rows) {
    test(name, () => {
      const ended = run(...args, '--store', 'store');
      assert.equal(ended.status, status, ended.said);
      assert.match(ended.said, words);
    });
  }
});
