import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { brokenWebLayers } from '../../scripts/web-layers.ts';

/** What is broken in a tree of these files. */
function brokenIn(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'web-layers-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    return brokenWebLayers(root, ['react', '@scope/name']);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const page = 'web/src/hunt/hunt-page.tsx';

const rows: readonly [what: string, files: Record<string, string>, expected: RegExp | undefined][] = [
  ['a page that takes a piece', { [page]: "import { Button } from '../ui/index.ts';" }, undefined],
  ['a piece that knows a page', { 'web/src/ui/a.tsx': "import { a } from '../hunt/a.ts';" }, /hunt is above ui/],
  ['a page that knows the frame', { [page]: "import { a } from '../app/a.ts';" }, /app is above hunt/],
  ['a page in another', { [page]: "import { a } from '../rules/a.ts';" }, /reaches into rules/],
  ['a page through another one’s door', { [page]: "import { a } from '../rules/index.ts';" }, undefined],
  ['a chart that reads a cell', { 'web/src/charts/a.ts': "import { a } from '../grid/a.ts';" }, undefined],
  ['a folder of nobody', { [page]: "import { a } from '../attic/a.ts';" }, /attic is no folder/],
  ['a package', { [page]: "import { useState } from 'react';\nimport '@scope/name/part';" }, undefined],
  ['a package of nobody', { [page]: "import { a } from 'left-pad';" }, /left-pad is not in package\.json/],
  ['a type of the server', { [page]: "import type { A } from '../../../src/server/a.ts';" }, undefined],
  [
    'data of the server',
    { [page]: "import { a } from '../../../src/schema/a.ts';", 'src/schema/a.ts': "import { b } from './b.ts';" },
    undefined,
  ],
  [
    'a program of the server',
    {
      [page]: "import { a } from '../../../src/server/a.ts';",
      'src/server/a.ts': "import { readFile } from 'node:fs';",
    },
    /not only data: it needs node:fs/,
  ],
  [
    'a program behind data',
    {
      [page]: "import { a } from '../../../src/schema/a.ts';",
      'src/schema/a.ts': "import { b } from './b.ts';",
      'src/schema/b.ts': "export * from 'yaml';",
    },
    /needs yaml/,
  ],
  [
    'a cycle',
    { 'web/src/ui/a.ts': "import { b } from './b.tsx';", 'web/src/ui/b.tsx': "import { a } from './a.ts';" },
    /cycle: ui/,
  ],
  ['style sheets', { [page]: "import css from './hunt.module.css';" }, undefined],
];

for (const [what, files, expected] of rows) {
  test(`the workbench: ${what} ${expected ? 'is refused' : 'is fine'}`, () => {
    const broken = brokenIn(files);
    if (expected) assert.match(broken.join('\n'), expected);
    else assert.deepEqual(broken, []);
  });
}
