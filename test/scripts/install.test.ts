import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { root, staleness } from '../../scripts/install.mjs';

const lock = {
  '': { version: '1.0.0' },
  'node_modules/a': { version: '1.2.3' },
  'node_modules/a/node_modules/b': { version: '2.0.0', optional: true },
};

type Packages = Record<string, { version: string }>;

/** The staleness of a clone with that lock in which npm says to have installed these. */
function stalenessOf(installed: Packages | undefined): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'install-'));
  try {
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: lock }));
    if (installed) {
      writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: installed }));
    }
    return staleness(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const a = { 'node_modules/a': { version: '1.2.3' } };
const rows: readonly [what: string, installed: Packages | undefined, expected: string | undefined][] = [
  ['nothing installed', undefined, 'none are there yet'],
  ['all there', { ...a, 'node_modules/a/node_modules/b': { version: '2.0.0' } }, undefined],
  ['an optional one not for this machine', a, undefined],
  ['another version', { 'node_modules/a': { version: '1.2.4' } }, 'a 1.2.3 is missing'],
  ['another optional version', { ...a, 'node_modules/a/node_modules/b': { version: '1.0.0' } }, 'b 2.0.0 is missing'],
  ['one missing', {}, 'a 1.2.3 is missing'],
];

for (const [what, installed, expected] of rows) {
  test(what, () => assert.equal(stalenessOf(installed), expected));
}

test('this clone is up to date, or this test would not run', () => assert.equal(staleness(root), undefined));
