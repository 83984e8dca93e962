import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchPolicy } from '../../../src/gateway/setup/index.ts';

const policy = (name: string): string => `name: ${name}\nmode: Audit\nrules: []\n`;
/** Milliseconds in which a watch has looked twice, and not much longer. */
const LOOKS = 3_500;

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

test('a file that is being written counts when it is whole, and nothing is told of its beginnings', () =>
  watched(async ({ file, told, watch }) => {
    const rules = Array.from({ length: 30 }, (_, at) => `  - name: rule ${at}\n    do: [Reject]\n`);
    const text = ['name: second\nmode: Enforce\n', 'rules:\n', ...rules];
    // As slow as a copy over a bad line: each piece is a policy of its own, or none.
    for (let count = 1; count <= text.length; count++) {
      writeFileSync(file, text.slice(0, count).join(''));
      await sleep(150);
      assert.deepEqual([told, watch.inForce().policy.name], [[], 'one'], `after ${count} pieces`);
    }
    await sleep(LOOKS);
    assert.deepEqual([told, watch.inForce().policy.rules.length], [['second'], 30]);
  }));

test('a file that is put in place and taken back between two looks never counts', () =>
  watched(async ({ file, told, watch }) => {
    const times = statSync(file);
    for (const name of ['two', 'six', 'ten', 'one']) {
      // The same size and time.
      writeFileSync(file, policy(name));
      utimesSync(file, times.atime, times.mtime);
      await sleep(700);
    }
    await sleep(LOOKS);
    assert.deepEqual([told, watch.inForce().policy.name], [[], 'one']);
  }));

const cutOff: readonly (readonly [what: string, text: string, place: RegExp])[] = [
  ['empty', '', /line 1, column 1/],
  ['of blanks', ' \n\n', /line \d, column \d/],
  ['without its mode', 'name: third\n', /line 1, column 1: needs mode/],
  ['without its rules', 'name: third\nmode: Enforce\n', /line 2, column 1: ends here, without rules/],
  ['with none of its rules', 'name: third\nmode: Enforce\nrules:\n', /line 3/],
  ['within a rule', 'name: third\nmode: Enforce\nrules:\n  - name: a\n', /line 4/],
  ['within a word', 'name: third\nmode: Enf', /line 2/],
];

test('what is empty or cut off is refused with its place, and the policy before stays; no rules can be meant', () =>
  watched(async ({ file, told, watch }) => {
    for (const [what, text, place] of cutOff) {
      writeFileSync(file, text);
      await watch.reload();
      const said = told.splice(0).join('|');
      assert.match(said, /^trouble: [^|]*policy\.yaml, line[^|]*$/, what);
      assert.match(said, place, what);
      assert.equal(watch.inForce().policy.name, 'one', what);
    }
    writeFileSync(file, policy('meant'));
    await watch.reload();
    assert.deepEqual([told, watch.inForce().policy.name], [['meant'], 'meant']);
  }));
