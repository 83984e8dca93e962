import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../src/store/index.ts';
import { inFolder, texts } from './rig.ts';

const child = fileURLToPath(new URL('kill-child.ts', import.meta.url));

/**
 * Kills an ingesting process again and again at random moments, each time in the same store, and looks after every
 * `look`-th kill that all that was acknowledged is there, once. Returns the rows that were acknowledged in the end.
 */
export async function killAgainAndAgain(kills: number, seed: number, look: number): Promise<number> {
  let acknowledged = { EmailEvents: 0, UrlClickEvents: 0 };
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((state / 0x8000_0000) * below);
  };
  await inFolder(async (folder) => {
    for (let kill = 1; kill <= kills; kill++) {
      // Some die while they open and replay, most while they ingest.
      acknowledged = { ...acknowledged, ...(await runAndKill(folder, seed + kill, random(10) === 0, random(400))) };
      if (kill % look === 0 || kill === kills) await verify(folder, acknowledged, kill);
    }
  });
  return acknowledged.EmailEvents + acknowledged.UrlClickEvents;
}

/** Starts a child, kills it after some milliseconds, and returns what it said was acknowledged. */
async function runAndKill(
  folder: string,
  seed: number,
  early: boolean,
  delay: number,
): Promise<Record<string, number>> {
  const victim = spawn(process.execPath, [child, folder, String(seed)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Record<string, number> = {};
  let errors = '';
  victim.stderr.on('data', (data) => {
    errors += data;
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => victim.on('close', (_code, signal) => resolve(signal)));
  const kill = () => setTimeout(() => victim.kill('SIGKILL'), delay);
  if (early) kill();
  for await (const line of createInterface(victim.stdout)) {
    const [table, position] = line.split(' ');
    if (table !== 'open') said[table!] = Number(position);
    else if (!early) kill();
  }
  assert.equal(await ended, 'SIGKILL', errors);
  return said;
}

/** What was acknowledged is there, and nothing twice; a little more may be there, up to the position of its source. */
async function verify(folder: string, acknowledged: Record<string, number>, kill: number): Promise<void> {
  await using store = await openStore(folder, { idle: 0 });
  const columns = { EmailEvents: 'NetworkMessageId', UrlClickEvents: 'Url' };
  assert.deepEqual(store.notices, []);
  for (const [table, column] of Object.entries(columns)) {
    const position = await store.position(table);
    assert.equal(position >= acknowledged[table]!, true, `kill ${kill}: ${table} lost acknowledged rows`);
    const stored = await texts(store, `SELECT "${column}" FROM "${table}" ORDER BY "${column}"::BIGINT, _ingest_seq`);
    const expected = Array.from({ length: position }, (_, n) =>
      String(table === 'EmailEvents' ? n : Math.floor(n / 2)),
    );
    assert.deepEqual(stored, expected, `kill ${kill}: ${table}`);
    assert.equal(store.catalog().tables.find(({ name }) => name === table)!.rows, position);
  }
}
