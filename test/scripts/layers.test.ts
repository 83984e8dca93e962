import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { brokenLayers, rooms } from '../../scripts/layers.ts';

const house = { rooms: ['top', 'middle', 'bottom'], packages: ['yaml', '@scope/name'] };

/** What is broken in a tree of these files. */
function brokenIn(files: Record<string, string>): string[] {
  const src = mkdtempSync(join(tmpdir(), 'layers-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(src, name)), { recursive: true });
      writeFileSync(join(src, name), text);
    }
    return brokenLayers(src, house);
  } finally {
    rmSync(src, { recursive: true });
  }
}

const good = { 'top/index.ts': '', 'middle/index.ts': '', 'middle/deep/noun.ts': '', 'bottom/index.ts': '' };

const rows: readonly [what: string, files: Record<string, string>, expected: RegExp | undefined][] = [
  ['an arrow down', { 'top/index.ts': "import { a } from '../bottom/index.ts';" }, undefined],
  ['an arrow up', { 'bottom/index.ts': "import { a } from '../top/index.ts';" }, /top is above bottom/],
  ['a type that points up', { 'bottom/index.ts': "import type { A } from '../top/index.ts';" }, /top is above bottom/],
  ['an import() that points up', { 'bottom/index.ts': "await import('../top/index.ts')" }, /top is above bottom/],
  [
    'an export that points up',
    { 'bottom/index.ts': "export {\n  a,\n} from '../top/index.ts';" },
    /top is above bottom/,
  ],
  ['past the door', { 'top/index.ts': "import { a } from '../middle/deep/noun.ts';" }, /past the door of middle/],
  ['inside a room', { 'middle/index.ts': "export { a } from './deep/noun.ts';" }, undefined],
  [
    'a cycle in a room',
    { 'middle/a.ts': "import './b.ts';", 'middle/b.ts': "export * from './a.ts';" },
    /cycle: middle\/a\.ts -> middle\/b\.ts -> middle\/a\.ts/,
  ],
  [
    'types that refer to each other',
    { 'middle/a.ts': "import type { B } from './b.ts';", 'middle/b.ts': "import { a } from './a.ts';" },
    undefined,
  ],
  ['a folder that is no room', { 'attic/index.ts': '' }, /attic is no room/],
  ['a dependency', { 'top/index.ts': "import { parse } from 'yaml';\nimport '@scope/name/part.js';" }, undefined],
  ['a word in a text', { 'top/index.ts': "const a = 'rules import';\nif (b) throw c('d');" }, undefined],
  ['another package', { 'top/index.ts': "import fc from 'fast-check';" }, /fast-check is no dependency/],
  ['a comment', { 'bottom/index.ts': "// import { a } from '../top/index.ts';" }, undefined],
];

for (const [what, files, expected] of rows) {
  test(`${expected === undefined ? 'green' : 'red'}: ${what}`, () => {
    const broken = brokenIn({ ...good, ...files });
    if (expected === undefined) assert.deepEqual(broken, []);
    else assert.match(broken.join('\n'), expected);
  });
}

test('ARCHITECTURE.md shows the same rooms in the same order', () => {
  const page = readFileSync(new URL('../../ARCHITECTURE.md', import.meta.url), 'utf8');
  assert.deepEqual(
    [...page.matchAll(/^\| `src\/(\w+)\/`/gm)].map((match) => match[1]),
    [...rooms],
  );
});
