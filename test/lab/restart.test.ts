import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { demoBatches, demoSource } from '../../src/lab/index.ts';
import { openStore } from '../../src/store/index.ts';
import { batchesOf, WEDNESDAY } from './demo-tables.ts';

const demo = { seed: 1, now: WEDNESDAY, rows: 1100 };

/** Opens the store, goes on with the demo from where it stands, and closes after so many batches. */
async function fill(folder: string, batches: number): Promise<Readonly<Record<string, number>>> {
  const store = await openStore(folder, { idle: 0 });
  try {
    let left = batches;
    const after = await store.position(demoSource(demo));
    for await (const batch of demoBatches({ ...demo, after })) {
      if (left-- === 0) break;
      await store.append(batch);
    }
    await store.flush();
    return Object.fromEntries(
      (await store.summary()).filter(({ rows }) => rows > 0).map(({ name, rows }) => [name, rows]),
    );
  } finally {
    await store.close();
  }
}

it('a demo that was stopped in the middle of a slice goes on in a store, and nothing is there twice', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'mailhunt-demo-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const first = await fill(folder, 3);
  assert.ok(first.EmailEvents! > 0 && first.EmailEvents! < 1100);

  const whole: Record<string, number> = {};
  for (const { table, rows } of await batchesOf(demo)) whole[table] = (whole[table] ?? 0) + rows.length;
  // The old name of a table shows the same rows.
  const seen = { ...whole, AADSignInEventsBeta: whole.EntraIdSignInEvents };
  assert.deepEqual(await fill(folder, Number.POSITIVE_INFINITY), seen);
  assert.deepEqual(await fill(folder, Number.POSITIVE_INFINITY), seen);
});
