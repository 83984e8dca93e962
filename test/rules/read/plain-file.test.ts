import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readPlainFile } from '../../../src/rules/read/plain-file.ts';
import { readRules } from '../../../src/rules/read/read-rules.ts';

const isUnix = process.platform !== 'win32';

describe('a plain file', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mailhunt-plain-'));
    await writeFile(join(folder, 'a.kql'), 'EmailEvents');
  });
  after(() => rm(folder, { recursive: true }));

  it('is read up to its limit', async () => {
    const path = join(folder, 'a.kql');
    assert.equal(String((await readPlainFile(path, 11)).bytes), 'EmailEvents');
    assert.deepEqual(await readPlainFile(path, 10), { size: 11, bytes: undefined });
    await assert.rejects(readPlainFile(folder, 10), /it is a folder/);
  });

  it('is neither a pipe that nobody writes to nor a device that never ends', {
    skip: !isUnix,
    timeout: 20_000,
  }, async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.kql')]);
    await symlink('/dev/zero', join(folder, 'zero.kql'));
    await symlink('pipe.kql', join(folder, 'link.yaml'));
    const { rules, problems } = await readRules([folder, join(folder, 'pipe.kql')]);
    assert.equal(rules.length, 1);
    // a pipe within a folder is passed by, as is all that is no file
    assert.deepEqual(
      problems.map(({ code, message }) => [code, /no plain file/.test(message)]),
      [
        ['RULE0001', true],
        ['RULE0001', true],
        ['RULE0001', true],
      ],
    );
  });
});
