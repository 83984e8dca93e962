import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { packageFolder } from '../../web/third-party.ts';

const notices = fileURLToPath(new URL('../../dist/web/THIRD-PARTY.txt', import.meta.url));

test('a module belongs to the innermost package around it', () => {
  assert.equal(packageFolder('/c/node_modules/@a/b/lib/x.js'), '/c/node_modules/@a/b');
  assert.equal(packageFolder('/c/node_modules/a/node_modules/b/x.js'), '/c/node_modules/a/node_modules/b');
  assert.equal(packageFolder('/c/web/src/main.tsx'), undefined);
});

test('the licences of what is sent to browsers lie beside it', { skip: !existsSync(notices) && 'not built' }, () => {
  const text = readFileSync(notices, 'utf8');
  for (const name of ['react', 'react-dom', 'react-aria-components', 'wouter', 'monaco-editor', 'echarts'])
    assert.match(text, new RegExp(`^${name} \\d`, 'm'));
  assert.match(text, /Permission is hereby granted/);
  assert.match(text, /Apache License/);
  for (const part of text.split(/^={80}\n(?=\S+ \d+\.\d+\.\d)/m).slice(1)) assert.ok(part.length > 150, part);
});
