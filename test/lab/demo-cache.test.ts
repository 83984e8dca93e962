import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type CacheEntry, keptDemo, whileKeeping } from '../../src/lab/demo-cache.ts';
import type { Batch } from '../../src/store/index.ts';

const batch = (position: number): Batch => ({
  table: 'EmailEvents',
  columns: ['Subject', 'EmailSize'],
  rows: [`["line\\nbreak ${position}",1]`, '["é 𝄞",638000000000000001]'],
  source: { id: 'demo', position },
});
const batches = [batch(1), batch(2), batch(5)];

async function* each(list: readonly Batch[]): AsyncGenerator<Batch> {
  yield* list;
}

describe('demos that were made are kept', () => {
  let folder: string;
  let entry: CacheEntry;
  const notices: string[] = [];
  const keep = async (at: CacheEntry = entry): Promise<Batch[]> => {
    const passed: Batch[] = [];
    for await (const one of whileKeeping(at, each(batches), (text) => notices.push(text))) passed.push(one);
    return passed;
  };
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'mailhunt-cache-')), 'new');
    entry = { folder, id: 'demo:1' };
    notices.length = 0;
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true }));

  it('passes the batches on, and has the same ones the next time', async () => {
    assert.equal(await keptDemo(entry), undefined);
    assert.deepEqual(await keep(), batches);
    assert.deepEqual(await keptDemo(entry), batches);
    assert.equal(await keptDemo({ ...entry, id: 'demo:2' }), undefined);
    assert.deepEqual(notices, []);
  });

  it('keeps nothing of a demo that was stopped', async () => {
    for await (const _ of whileKeeping(entry, each(batches), assert.fail)) break;
    assert.deepEqual(await readdir(folder), []);
  });

  it('has none where the file is damaged anywhere, and writes it anew', async () => {
    await keep();
    const file = join(folder, (await readdir(folder))[0]!);
    const whole = await readFile(file);
    const cuts = Array.from({ length: Math.ceil(whole.length / 5) }, (_, i) => whole.subarray(0, i * 5));
    const flips = cuts.map(({ length }) => whole.with(length, whole[length]! ^ 0x55));
    for (const damaged of [...cuts, ...flips]) {
      await writeFile(file, damaged);
      // Flags and times in the frame change nothing of what is in it.
      assert.ok([undefined, JSON.stringify(batches)].includes(sorted(await keptDemo(entry))));
    }
    for (const cut of cuts) {
      await writeFile(file, cut);
      assert.equal(await keptDemo(entry), undefined);
    }
    await keep();
    assert.deepEqual(await keptDemo(entry), batches);
  });

  it('goes on where nothing can be written, and says so', async () => {
    const file = join(folder, '..', 'file');
    await writeFile(file, '');
    assert.deepEqual(await keep({ folder: file, id: 'demo:1' }), batches);
    assert.equal(notices.length, 1);
    assert.match(notices[0]!, /^the demo is not kept for another time: /);
  });

  it('removes the ones that were not used for longest, and what was cut off', async () => {
    for (let i = 0; i < 8; i++) await keep({ folder, id: `demo:${i}` });
    const old = await readdir(folder);
    for (const name of old) await utimes(join(folder, name), 1000, 1000);
    await keptDemo({ folder, id: 'demo:3' });
    await writeFile(join(folder, 'demo-of-somebody.draft'), '');
    await writeFile(join(folder, 'demo-cut-off.draft'), '');
    await utimes(join(folder, 'demo-cut-off.draft'), 1000, 1000);
    await keep({ folder, id: 'demo:8' });
    const names = await readdir(folder);
    assert.equal(names.filter((name) => name.endsWith('.gz')).length, 8);
    assert.deepEqual(
      names.filter((name) => name.endsWith('.draft')),
      ['demo-of-somebody.draft'],
    );
    for (const id of ['demo:3', 'demo:8']) assert.deepEqual(await keptDemo({ folder, id }), batches);
  });
});

const sorted = (list: readonly Batch[] | undefined): string | undefined =>
  list && JSON.stringify(list.map(({ table, columns, rows, source }) => ({ table, columns, rows, source })));
