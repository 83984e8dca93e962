import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { judgeMutations } from '../mail/mutation/judged-mutations.ts';

const CHUNK = 20_000;
const CHUNKS = 50;

/** How far a run came, for this code: one that was stopped goes on there. */
const progress = join(tmpdir(), `mailhunt-mutations-${codeHash()}.txt`);

for (let chunk = 0; chunk < CHUNKS; chunk++) {
  const [from, to] = [chunk * CHUNK, (chunk + 1) * CHUNK];
  test(`mutations ${from} to ${to}`, { timeout: 1_200_000 }, async (t) => {
    if (chunk < done()) return t.skip(`done before, says ${progress}`);
    const { objections, passes, slowest } = await judgeMutations(from, to);
    assert.deepEqual(objections.slice(0, 10), []);
    assert.ok(
      passes.dkim > CHUNK / 10 && passes.dmarc > CHUNK / 10 && passes.arc > CHUNK / 100,
      JSON.stringify(passes),
    );
    t.diagnostic(`the slowest, number ${slowest.number}: ${slowest.ms.toFixed(1)} ms`);
    if (chunk === done()) writeFileSync(progress, String(chunk + 1));
    if (chunk === CHUNKS - 1) rmSync(progress, { force: true });
  });
}

function done(): number {
  return existsSync(progress) ? Number(readFileSync(progress, 'utf8')) : 0;
}

/** Changes with the code that judges and the one that mutates. */
function codeHash(): string {
  const hash = createHash('sha256');
  for (const folder of ['../../src/mail', '../../src/ingest/mail', '../mail/mutation']) {
    const path = fileURLToPath(new URL(folder, import.meta.url));
    for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()) {
      if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(path, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
