import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cellsOf, dynamicAsText } from '../../../src/server/kusto/dynamic-as-text.ts';

const rows: [string, string[]][] = [
  ['[]', []],
  ['[1]', ['1']],
  ['[1,"a,b",{"c":[2,3]}]', ['1', '"a,b"', '{"c":[2,3]}']],
  ['["\\\\","\\"]",[]]', ['"\\\\"', '"\\"]"', '[]']],
  ['[ 1 , {"a" : "}" } ]', ['1', '{"a" : "}" }']],
  ['[12345678901234567890,null]', ['12345678901234567890', 'null']],
];
for (const [row, cells] of rows)
  test(`cells of ${row}`, () => {
    assert.deepEqual(cellsOf(row), cells);
  });

test('only dynamic cells become text, and null stays null', () => {
  const form = dynamicAsText([
    { name: 'd', type: 'dynamic' },
    { name: 's', type: 'string' },
    { name: 'e', type: 'dynamic' },
  ]);
  assert.equal(form?.('[{"a":12345678901234567890},"{}",null]'), '["{\\"a\\":12345678901234567890}","{}",null]');
  assert.equal(dynamicAsText([{ name: 's', type: 'string' }]), undefined);
});

test('the cells of any row, joined again, are the row', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (row) => {
      const cells = cellsOf(JSON.stringify(row));
      assert.deepEqual(
        cells,
        row.map((cell) => JSON.stringify(cell)),
      );
    }),
  );
});
