import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordingResolver } from '../../../src/mail/dns/recording-resolver.ts';
import type { DnsAnswer, RecordType } from '../../../src/mail/dns/resolver.ts';
import { fakeResolver } from './fake-resolver.ts';

test('answers are kept in the order of first asking, whichever came first', async () => {
  const late = new Map<string, (answer: DnsAnswer<RecordType>) => void>();
  const recording = recordingResolver(fakeResolver((name) => new Promise((done) => late.set(name, done))));
  const [a, b] = [recording.query('A.test', 'TXT'), recording.query('b.test', 'A')];
  await new Promise(setImmediate);
  late.get('b.test')!({ status: 'no-name' });
  await b;
  assert.deepEqual(recording.answers(), [{ name: 'b.test', type: 'A', answer: { status: 'no-name' } }]);
  late.get('a.test')!({ status: 'found', records: ['x'] });
  await a;
  assert.deepEqual(
    recording.answers().map(({ type, name }) => `${type} ${name}`),
    ['TXT a.test', 'A b.test'],
  );
});

test('one question has one answer: what changes upstream meanwhile is not seen', async () => {
  let times = 0;
  const upstream = fakeResolver(() =>
    ++times === 1 ? { status: 'failed', failure: 'timeout' } : { status: 'no-name' },
  );
  const recording = recordingResolver(upstream);
  for (const name of ['a.test', 'A.test.'])
    assert.deepEqual(await recording.query(name, 'A'), { status: 'failed', failure: 'timeout' });
  assert.deepEqual([upstream.asked, recording.answers().length], [['A a.test'], 1]);
});

test('an invalid name is answered and not recorded; what upstream throws is passed on and not recorded', async () => {
  const upstream = fakeResolver(() => {
    throw new Error('a defect');
  });
  const recording = recordingResolver(upstream);
  assert.deepEqual(await recording.query('a..test', 'A'), { status: 'no-name' });
  await assert.rejects(recording.query('a.test', 'A'), /a defect/);
  await assert.rejects(recording.query('a.test', 'A'), /a defect/);
  assert.deepEqual([upstream.asked.length, recording.answers()], [2, []]);
});
