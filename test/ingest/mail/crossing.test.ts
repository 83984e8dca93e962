import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cargoOf, judgedRowsOf, messagesOf, rowCargoOf } from '../../../src/ingest/mail/crossing.ts';
import type { JudgedRows } from '../../../src/ingest/mail/judge-group.ts';
import { readAhead } from '../../../src/ingest/mail/read-ahead.ts';

test('messages cross with their bytes in a buffer of their own, whatever they were slices of', () => {
  const file = Buffer.from('one|two||four');
  const messages = [
    { place: 'a#1', position: 1, bytes: file.subarray(0, 3) },
    { place: 'a#2', position: 2, bytes: file.subarray(4, 7) },
    { place: 'a#3', position: 3, bytes: file.subarray(8, 8) },
    { place: 'a#4', position: 4, bytes: file.subarray(9) },
  ];
  const cargo = cargoOf(messages);
  assert.equal(cargo.bytes.buffer.byteLength, 10);
  assert.deepEqual(messagesOf(structuredClone(cargo, { transfer: [cargo.bytes.buffer] })), messages);
});

test('rows cross as lines and come back to the message that they are of', () => {
  const origin = { source: 'verified' } as const;
  const of = (table: string, ...rows: string[]) => ({ table, columns: [`${table} column`], rows });
  const judged: readonly JudgedRows[] = [
    { position: 1, networkMessageId: 'id-1', origin, tables: [of('A', '["1"]'), of('B', '["x"]', '["y"]')] },
    { position: 2, networkMessageId: 'id-2', origin, tables: [] },
    { position: 3, networkMessageId: 'id-3', origin, tables: [of('B', '["\\n"]'), of('C', '["–"]')] },
  ];
  assert.deepEqual(judgedRowsOf(structuredClone(rowCargoOf(judged))), judged);
  assert.deepEqual(judgedRowsOf(rowCargoOf([])), []);
});

test('a source is read one ahead, and its failure comes behind what it yielded', async () => {
  let read = 0;
  async function* source() {
    for (const item of [1, 2]) {
      read++;
      yield item;
    }
    throw new Error('cut off');
  }
  const seen: (readonly [number, number])[] = [];
  await assert.rejects(async () => {
    for await (const item of readAhead(source())) {
      await new Promise(setImmediate);
      seen.push([item, read]);
    }
  }, /cut off/);
  assert.deepEqual(seen, [
    [1, 2],
    [2, 2],
  ]);
});
