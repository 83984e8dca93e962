import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Admission } from '../../../src/server/http/admission.ts';

const never = new AbortController().signal;
const code = (wanted: string) => (error: { code?: string }) => error.code === wanted;

test('some run, some wait in order, the rest is refused', async () => {
  const admission = new Admission({ running: 1, waiting: 2 });
  const leave = await admission.enter(never);
  const order: string[] = [];
  const second = admission.enter(never).then((go) => {
    order.push('second');
    return go;
  });
  const third = admission.enter(never).then((go) => {
    order.push('third');
    return go;
  });
  await assert.rejects(admission.enter(never), code('HTTP0006'));
  assert.deepEqual(order, []);
  leave();
  (await second)();
  (await third)();
  assert.deepEqual(order, ['second', 'third']);
  (await admission.enter(never))();
});

test('who gives up while waiting leaves the queue', async () => {
  const admission = new Admission({ running: 1, waiting: 1 });
  const leave = await admission.enter(never);
  const impatient = new AbortController();
  const waiting = admission.enter(impatient.signal);
  impatient.abort(new Error('enough'));
  await assert.rejects(waiting, /enough/);
  const next = admission.enter(never);
  leave();
  (await next)();
  await assert.rejects(admission.enter(AbortSignal.abort(new Error('late'))), /late/);
});
