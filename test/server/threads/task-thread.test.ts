import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { TaskThread, threadFile } from '../../../src/server/threads/index.ts';
import type { OddTasks } from './odd-tasks.ts';

const odd = () => new TaskThread<OddTasks>({ file: threadFile(import.meta.url, './odd-tasks') });

test('tasks are done in order; bytes change hands', async () => {
  const thread = odd();
  const words: string[] = [];
  const tell = (text: string) => words.push(text);
  const answers = await Promise.all([thread.run('double', 1, { tell }), thread.run('double', 2, { tell })]);
  assert.deepEqual(
    [answers, words],
    [
      [2, 4],
      ['doubling 1', 'doubling 2'],
    ],
  );
  const bytes = new Uint8Array([1, 2, 3]);
  const back = await thread.run('hand', bytes, { handed: [bytes.buffer] });
  assert.deepEqual([[...back], bytes.length], [[2, 3], 0]);
  await thread.close();
});

test('an error of the catalogue stays one; what cannot travel is said, and the next task is done', async () => {
  const thread = odd();
  await assert.rejects(thread.run('refuse', 'no mail'), { code: 'MSG0004', facts: { text: 'no mail' } });
  await assert.rejects(thread.run('uncloneable', null), /could not be cloned/);
  assert.equal(await thread.run('double', 4), 8);
  await thread.close();
});

test('who goes away ends what runs for him: the others are answered by a new thread', async () => {
  const thread = odd();
  await thread.run('double', 0);
  const leaving = new AbortController();
  const spinning = thread.run('spin', null, { signal: leaving.signal });
  const waiting = thread.run('double', 21);
  const outOfLine = new AbortController();
  const gone = thread.run('double', 1, { signal: outOfLine.signal });
  outOfLine.abort(new Error('out of the line'));
  await assert.rejects(gone, /out of the line/);
  assert.equal(await Promise.race([waiting, sleep(100, 'it waits')]), 'it waits');
  leaving.abort(new Error('gone'));
  await assert.rejects(spinning, /gone/);
  assert.equal(await waiting, 42);
  await thread.close();
});

test('a thread that ends by itself fails its task alone', async () => {
  const thread = odd();
  const [ended, next] = await Promise.allSettled([thread.run('exit', null), thread.run('double', 5)]);
  assert.equal(ended.status, 'rejected');
  assert.deepEqual(next, { status: 'fulfilled', value: 10 });
  await thread.close();
});

test('the line has an end, and closing leaves nobody waiting', async () => {
  const thread = odd();
  const all = Array.from({ length: 51 }, () => thread.run('spin', null));
  const outcomes = Promise.allSettled(all);
  await assert.rejects(thread.run('double', 1), { code: 'HTTP0006' });
  await thread.close();
  for (const outcome of await outcomes) assert.equal((outcome as PromiseRejectedResult).reason.code, 'KQL0008');
});
