import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fullBudget, holds, sizeOf, spend } from '../../../web/src/grid/budget.ts';
import type { KqlType } from '../../../web/src/grid/values/cell-text.ts';
import { totalsOf } from '../../../web/src/grid/view/selection.ts';
import { LiveResult } from '../../../web/src/hunt/live-result.ts';
import { atOnce } from './pace.ts';

const totals = (type: KqlType, cells: readonly unknown[]) =>
  totalsOf({ rows: cells.map((cell) => [cell]), columns: [{ place: 0, name: 'N', type }] }, atOnce);

describe('totals of a selection', () => {
  it('of longs beyond 2^53 are exact', async () => {
    const { sum, least, greatest, numbers } = await totals('long', [
      '9223372036854775807',
      '9223372036854775807',
      1,
      null,
    ]);
    assert.deepEqual([sum, least, greatest, numbers], ['18446744073709551615', '1', '9223372036854775807', 3]);
  });
  it('of decimals are exact', async () => assert.equal((await totals('decimal', ['0.1', '0.2'])).sum, '0.3'));
  it('of reals are without the dust of binary fractions', async () => {
    const { sum, average } = await totals('real', [0.1, 0.2]);
    assert.deepEqual([sum, average], ['0.3', '0.15']);
  });
  it('say that a sum is no number', async () => assert.equal((await totals('real', [1, 'NaN'])).sum, 'NaN'));
  it('of texts are a count', async () =>
    assert.deepEqual(await totals('string', ['a', '', 'b']), { cells: 3, empty: 1, numbers: 0 }));
});

describe('the budget of memory', () => {
  it('ends with its rows, its cells or its bytes, whichever comes first', () => {
    const row = ['x'.repeat(100), 1, null];
    for (const part of ['rows', 'cells', 'bytes'] as const) {
      const budget = { ...fullBudget(), [part]: { rows: 2, cells: 6, bytes: 2 * (32 + sizeOf(row[0]) + 16) }[part] };
      for (let i = 0; i < 2; i += 1) {
        assert.ok(holds(budget, row), `${part} ${i}`);
        spend(budget, row);
      }
      assert.equal(holds(budget, row), false, part);
    }
  });
  it('ends what a result takes, and it is said', () => {
    const result = new LiveResult('T', 1_000_000);
    const wide = Array.from({ length: 1_000 }, (_, i) => i);
    result.take({
      kind: 'head',
      tables: [{ name: 'T', columns: [], visualization: undefined, sql: '' }],
      warnings: [],
    });
    result.take({ kind: 'rows', rows: Array.from({ length: 2_000 }, () => wide) });
    assert.equal(result.isFull, false);
    result.take({ kind: 'rows', rows: [wide, wide] });
    assert.equal(result.isFull, true);
    result.end('done');
    assert.deepEqual([result.snapshot().capped, result.snapshot().tables[0]!.rows.length], [true, 2_000]);
  });
  it('counts what stands within a dynamic', () => assert.ok(sizeOf({ a: ['x'.repeat(1_000)] }) > 2_000));
});
