import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PackBox } from '../../../src/store/messages/pack-box.ts';
import { inFolder } from '../rig.ts';
import { letterOf } from './letter-of.ts';

const child = fileURLToPath(new URL('kill-child.ts', import.meta.url));

/** Starts a child and kills it some milliseconds after it has opened the box; what it said is put into the sets. */
async function runAndKill(folder: string, first: number, delay: number, kept: Set<number>, gone: Set<number>) {
  const victim = spawn(process.execPath, [child, folder, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => victim.on('close', (_code, signal) => resolve(signal)));
  let last = first;
  for await (const line of createInterface(victim.stdout)) {
    if (line === 'open') setTimeout(() => victim.kill('SIGKILL'), delay);
    else if (line.startsWith('-')) gone.add(-Number(line));
    else {
      last = Number(line);
      kept.add(last);
    }
  }
  assert.equal(await ended, 'SIGKILL');
  return last;
}

/** The very first kill may come before anything was kept. */
function nothingYet(error: NodeJS.ErrnoException): string[] {
  if (error.code !== 'ENOENT') throw error;
  return [];
}

test('12 kills at random moments: what was safe is there, what was removed is gone', { timeout: 120_000 }, () =>
  inFolder(async (path) => {
    const folder = join(path, 'messages');
    const kept = new Set<number>();
    const gone = new Set<number>();
    let next = 0;
    for (let kill = 0; kill < 12; kill++) {
      next = (Math.floor((await runAndKill(folder, next, 20 + ((kill * 37) % 150), kept, gone)) / 5) + 2) * 5;
      const box = new PackBox(folder, { now: Date.now, packBytes: 60_000 });
      for (const n of kept) {
        const bytes = await box.read(letterOf(n).id);
        // A removal that nobody was told of may have happened or not.
        if (gone.has(n)) assert.equal(bytes, undefined, `${n} was removed`);
        else if (bytes !== undefined || n % 25 !== 0)
          assert.deepEqual(bytes, letterOf(n).bytes, `${n} after kill ${kill}`);
      }
      assert.deepEqual(box.problems, []);
      assert.deepEqual(
        (await readdir(folder).catch(nothingYet)).filter((name) => name.endsWith('.draft')),
        [],
      );
      await box.close();
    }
    assert.equal(kept.size > 100 && gone.size > 3, true, `${kept.size} kept, ${gone.size} removed`);
  }),
);
