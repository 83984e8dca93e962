import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../src/store/index.ts';
import { cells, inFolder } from './rig.ts';

const child = fileURLToPath(new URL('purge-kill-child.ts', import.meta.url));

test(
  '4 kills while the database is written anew: no row is lost, what was purged stays away',
  { timeout: 200_000 },
  () =>
    inFolder(async (folder) => {
      let [safe, purged] = [0, -1];
      for (let kill = 0; kill < 4; kill++) {
        const victim = spawn(process.execPath, [child, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
        const ended = new Promise((resolve) => victim.on('close', (_code, signal) => resolve(signal)));
        let purges = 0;
        for await (const line of createInterface(victim.stdout)) {
          if (line === 'open') continue;
          if (!line.startsWith('-')) safe = Number(line);
          else {
            purged = -Number(line);
            // Somewhere in the next one.
            if (++purges === 1) setTimeout(() => victim.kill('SIGKILL'), 30 + kill * 60);
          }
        }
        assert.equal(await ended, 'SIGKILL');
        {
          await using store = await openStore(folder, { idle: 0 });
          const subjects = new Set(await cells(store, 'EmailEvents', 'Subject'));
          for (let n = 1; n < safe; n += 2)
            assert.equal(subjects.has(`open ${n}`), true, `open ${n} after kill ${kill}`);
          for (let n = 0; n <= purged; n += 2) assert.equal(subjects.has(`secret ${n}`), n > purged, `secret ${n}`);
          // What a kill cut off is made whole by another purge.
          await store.purge({ persons: [`bob${safe - 2}@contoso.com`, `bob${safe}@contoso.com`], dryRun: false });
        }
        assert.deepEqual(
          (await readdir(folder)).filter((name) => /rewritten|draft/.test(name)),
          [],
        );
        const bytes = (await readFile(join(folder, 'mailhunt.duckdb'))).toString('latin1');
        assert.equal(bytes.includes('secret '), false);
        assert.equal(bytes.includes('open '), true);
      }
      assert.equal(purged >= 6, true);
    }),
);
