import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bytesOfFile } from '../../src/cli/bytes-of-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-bytes-'));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'file');

test('a file is read as it is', async () => {
  writeFileSync(path, 'ä');
  assert.deepEqual(await bytesOfFile(path, 'x'), Buffer.from('ä'));
});

test('a file of any size costs no more than 64 MB', async () => {
  writeFileSync(path, '');
  truncateSync(path, 40 * 2 ** 30);
  await assert.rejects(bytesOfFile(path, 'policy import'), { code: 'CLI0001', message: /larger than 64 MB/ });
});

test('what cannot be read is named', async () => {
  await assert.rejects(bytesOfFile(folder, 'x'), { code: 'CLI0001', message: /cannot be read: EISDIR/ });
  await assert.rejects(bytesOfFile(join(folder, 'none'), 'x'), { code: 'CLI0001', message: /cannot be read: ENOENT/ });
});
