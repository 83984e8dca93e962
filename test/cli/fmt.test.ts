import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ran } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'fmt-'));
after(() => rmSync(folder, { recursive: true }));

const untidy = `EmailEvents|where Subject has'x' // why\n|summarize count() by bin(Timestamp,1h)`;
const tidy = `EmailEvents\n| where Subject has 'x' // why\n| summarize count() by bin(Timestamp, 1h)\n`;

test('a query is laid out an operator a line, its comments kept', async () => {
  assert.deepEqual(await ran(['fmt', '-e', untidy]), { code: 0, out: tidy, err: '' });
});

test('--check tells an untidy file from a tidy one and prints nothing', async () => {
  assert.deepEqual(await ran(['fmt', '-', '--check'], { stdin: untidy }), { code: 1, out: '', err: '' });
  assert.deepEqual(await ran(['fmt', '-', '--check'], { stdin: tidy }), { code: 0, out: '', err: '' });
});

test('--write lays a file out in place', async () => {
  const file = join(folder, 'q.kql');
  writeFileSync(file, untidy);
  assert.equal((await ran(['fmt', file, '--write'])).out, '');
  assert.equal(readFileSync(file, 'utf8'), tidy);
});

test('what is no KQL is refused at its place, and a file of it is left alone', async () => {
  const file = join(folder, 'bad.kql');
  writeFileSync(file, 'T | where (');
  const { code, err } = await ran(['fmt', file, '--write']);
  assert.equal(code, 1);
  assert.match(err, /^KQL0001/m);
  assert.equal(readFileSync(file, 'utf8'), 'T | where (');
});
