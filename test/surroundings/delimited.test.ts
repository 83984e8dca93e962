import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { recordsOf } from '../../src/surroundings/delimited.ts';
import { inTime } from '../in-time.ts';

const records = (text: string, delimiter = ','): string[][] => [...recordsOf(text, delimiter)];

test('records, quotes and line ends', () => {
  assert.deepEqual(records(''), []);
  assert.deepEqual(records('\n\n\r\n'), []);
  assert.deepEqual(records('a'), [['a']]);
  assert.deepEqual(records('a,b\r\nc,\n'), [
    ['a', 'b'],
    ['c', ''],
  ]);
  assert.deepEqual(records('a,"b\n""c""",d\n'), [['a', 'b\n"c"', 'd']]);
  assert.deepEqual(records('"a"b,c"d'), [['ab', 'c"d']]);
  assert.deepEqual(records('a,"b\nc,d'), [['a', 'b\nc,d']]);
  assert.deepEqual(records('""\n,\n'), [['', '']]);
  assert.deepEqual(records('a|b;c', '|'), [['a', 'b;c']]);
});

test('it reads what csv-parse reads', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', 'é', '😀') });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (rows) => {
      const text = rows.map((row) => row.map(quoted).join(',')).join('\n');
      assert.deepEqual(records(text), parse(text, { relaxColumnCount: true }));
    }),
    { numRuns: 200 },
  );
});

test('quotes that never close take linear time', async () => {
  await inTime(3_000, () => records(`${'"'.repeat(1_000_001)}${',"x\n'.repeat(200_000)}`));
});
