import assert from 'node:assert/strict';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ballast } from '../../../src/gateway/journal/index.ts';
import { inFolder } from '../../store/rig.ts';

const BYTES = 3_000_000;

test('it takes room on the disk once, and gives it back', () =>
  inFolder(async (folder) => {
    const path = join(folder, 'ballast');
    const ballast = new Ballast(path, BYTES);
    await Promise.all([ballast.take(), ballast.take()]);
    const { size, blocks, mtimeMs } = await stat(path);
    assert.equal(size, BYTES);
    assert.ok(blocks * 512 >= BYTES, 'a file with holes takes no room');
    assert.equal(ballast.isTaken, true);
    await ballast.take();
    assert.equal((await stat(path)).mtimeMs, mtimeMs);
    await ballast.drop();
    assert.equal(ballast.isTaken, false);
    assert.deepEqual(await readdir(folder), []);
  }));

test('what an earlier run took is taken; what a kill left half-made is made anew; both can be given back unseen', () =>
  inFolder(async (folder) => {
    const path = join(folder, 'ballast');
    await new Ballast(path, BYTES).take();
    const { mtimeMs } = await stat(path);
    await new Ballast(path, BYTES).take();
    assert.equal((await stat(path)).mtimeMs, mtimeMs);
    await writeFile(path, 'half');
    await new Ballast(path, BYTES).take();
    assert.equal((await stat(path)).size, BYTES);
    await new Ballast(path, BYTES).drop();
    assert.deepEqual(await readdir(folder), []);
  }));

test('where there is not so much room none is taken', () =>
  inFolder(async (folder) => {
    const ballast = new Ballast(join(folder, 'no such folder', 'ballast'), BYTES);
    await assert.rejects(ballast.take(), { code: 'ENOENT' });
    assert.equal(ballast.isTaken, false);
  }));
