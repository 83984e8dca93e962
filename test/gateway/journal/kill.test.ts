import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DecisionJournal, startDrain } from '../../../src/gateway/journal/index.ts';
import { openStore } from '../../../src/store/index.ts';
import { storeOf, subjectsIn } from '../store-rig.ts';

const child = fileURLToPath(new URL('gate-child.ts', import.meta.url));
const KILLS = 30;

/** Starts a child, kills it some milliseconds after so many messages, and returns the subjects that it acknowledged. */
async function runAndKill(
  folder: string,
  seed: number,
  { messages, delay }: { readonly messages: number; readonly delay: number },
): Promise<readonly string[]> {
  // Thirty processes that all compile the same take longer than what is tested.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') };
  const victim = spawn(process.execPath, [child, folder, String(seed)], { stdio: ['ignore', 'pipe', 'pipe'], env });
  let errors = '';
  victim.stderr.on('data', (data) => {
    errors += data;
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => victim.on('close', (_code, signal) => resolve(signal)));
  const said: string[] = [];
  for await (const line of createInterface(victim.stdout)) {
    if (line !== 'open') said.push(line);
    if (said.length === messages) setTimeout(() => victim.kill('SIGKILL'), delay);
  }
  assert.equal(await ended, 'SIGKILL', errors);
  assert.equal(errors, '');
  return said;
}

test('30 kills at random moments: every message that was answered is in the store, once', {
  timeout: 300_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mailhunt-gate-'));
  try {
    const acknowledged: string[] = [];
    let state = 4711;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return (state >> 8) % below;
    };
    for (let kill = 1; kill <= KILLS; kill++) {
      acknowledged.push(...(await runAndKill(folder, kill, { messages: random(60), delay: random(100) })));
    }
    // A gate that acknowledges nothing would prove nothing.
    assert.ok(acknowledged.length > 500, `${acknowledged.length} messages`);
    const journal = await DecisionJournal.open(join(folder, 'gate'), { run: 'last' });
    assert.deepEqual(journal.notices, []);
    await using store = await openStore(join(folder, 'store'), { idle: 0 });
    {
      await using drain = startDrain(journal, {
        connect: async () => storeOf(store),
        quarantine: async () => {},
        onTrouble: (error) => assert.equal(error, undefined),
      });
      await drain.drained();
    }
    assert.deepEqual(store.notices, []);
    const found = await subjectsIn(store);
    const counts = new Map<string, number>();
    for (const subject of found) counts.set(subject, (counts.get(subject) ?? 0) + 1);
    assert.deepEqual(
      acknowledged.filter((subject) => counts.get(subject) !== 1),
      [],
    );
    assert.deepEqual(
      [...counts].filter(([, count]) => count !== 1),
      [],
    );
    // Nothing was stored twice and then hidden by its key.
    assert.deepEqual(store.counts.duplicates + store.counts.superseded, 0);
    assert.equal((await store.messages.size()).messages, counts.size);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
