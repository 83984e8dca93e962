import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compute, lists } from './rows.ts';

function assertNear(found: readonly number[], expected: readonly number[], within: number): void {
  assert.equal(found.length, expected.length);
  found.forEach((item, i) => {
    assert.ok(Math.abs(item - expected[i]!) <= within, `${item}, not ${expected[i]}, at ${i}`);
  });
}

/** The definition, sum by sum. */
const slowly = (real: readonly number[]): number[][] =>
  [Math.cos, (x: number) => -Math.sin(x)].map((wave) =>
    real.map((_, k) =>
      real.reduce((sum, item, i) => sum + item * wave((2 * Math.PI * ((i * k) % real.length)) / real.length), 0),
    ),
  );

describe('series_fft and series_ifft', () => {
  it('are exact where quarters of the circle are enough', () => {
    assert.deepEqual(compute('series_fft', [1, 2, 3, 4]), [
      [10, -2, -2, -2],
      [0, 2, 0, -2],
    ]);
    assert.deepEqual(compute('series_fft', []), [[], []]);
    assert.deepEqual(compute('series_fft', [5]), [[5], [0]]);
  });

  it('give what the definition gives, for any length', () => {
    for (const length of [2, 3, 5, 8, 63, 64, 65, 97, 100, 128, 210]) {
      const series = Array.from({ length }, (_, i) => ((i * 7919) % 101) - 50);
      const [real, imag] = lists(compute('series_fft', series));
      const [realSlowly, imagSlowly] = slowly(series);
      assertNear(real!, realSlowly!, 1e-8);
      assertNear(imag!, imagSlowly!, 1e-8);
    }
  });

  it('undo each other', () => {
    const part = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(part, part), { minLength: 1, maxLength: 150 }), (points) => {
        const [real, imag] = [points.map(([re]) => re), points.map(([, im]) => im)];
        const [re, im] = lists(compute('series_fft', real, imag));
        const [realBack, imagBack] = lists(compute('series_ifft', re!, im!));
        assertNear(realBack!, real, 1e-8);
        assertNear(imagBack!, imag, 1e-8);
      }),
    );
  });

  it('give null for gaps and for parts of different length', () => {
    assert.equal(compute('series_fft', [1, null]), null);
    assert.equal(compute('series_fft', [1, 2], [1]), null);
    assert.equal(compute('series_ifft', 'a'), null);
  });
});
