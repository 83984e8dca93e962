import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchPolicy } from '../../../src/gateway/setup/index.ts';

const policy = (name: string): string => `name: ${name}\nmode: Audit\nrules: []\n`;
/** Milliseconds in which a watch has looked once, and not much longer. */
const LOOKS = 2_500;

/** A watched policy with what its watch told. */
async function watched(
  work: (at: { file: string; told: string[]; watch: Awaited<ReturnType<typeof watchPolicy>> }) => Promise<void>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'policy-watch-'));
  const file = join(folder, 'policy.yaml');
  const told: string[] = [];
  try {
    writeFileSync(file, policy('one'));
    using watch = await watchPolicy(file, {
      now: () => 0,
      onChange: ({ name }) => told.push(name),
      onTrouble: (error) => told.push(`trouble: ${error.message}`),
    });
    await work({ file, told, watch });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a changed file counts, a broken or missing one is told once and changes nothing', () =>
  watched(async ({ file, told, watch }) => {
    writeFileSync(file, policy('second'));
    await sleep(LOOKS);
    assert.deepEqual([told, watch.inForce().policy.name], [['second'], 'second']);
    renameSync(file, `${file}.away`);
    await sleep(2 * LOOKS);
    assert.match(told.splice(1).join('|'), /^trouble: ENOENT[^|]*$/);
    writeFileSync(file, 'name: third\nmode: Perhaps\n');
    await sleep(LOOKS);
    assert.match(told.splice(1).join('|'), /^trouble: [^|]*line 2[^|]*$/);
    assert.equal(watch.inForce().policy.name, 'second');
  }));

test('on demand it is read at once, and what is wrong is told each time', () =>
  watched(async ({ file, told, watch }) => {
    writeFileSync(file, policy('second'));
    await watch.reload();
    assert.equal(watch.inForce().policy.name, 'second');
    writeFileSync(file, 'name: third\nmode: Perhaps\n');
    await watch.reload();
    await watch.reload();
    assert.equal(told.filter((line) => line.startsWith('trouble')).length, 2);
  }));
