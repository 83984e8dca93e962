import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distributionFunctions } from '../../../src/kql/functions/distributions.ts';
import type { Value } from '../../../src/values/index.ts';
import { rowOf } from './agreement.ts';
import { type Case, checkRows, long, real, type TypedValue } from './check.ts';

const compute = (name: string, ...args: readonly (number | null)[]): Value =>
  rowOf(distributionFunctions, name).evaluate(args, { name, type: 'real', argTypes: args.map(() => 'real') });

function near(name: string, args: readonly number[], expected: number, tolerance = 1e-12): void {
  const value = compute(name, ...args) as number;
  assert.ok(
    Math.abs(value - expected) <= Math.abs(expected) * tolerance,
    `${name}(${args}) is ${value}, not ${expected}`,
  );
}

test('gamma and its logarithm', () => {
  near('gamma', [5], 24, 0);
  near('gamma', [0.5], Math.sqrt(Math.PI));
  near('gamma', [-1.5], 2.363271801207355);
  near('gamma', [170.5], 5.56209241456e305, 1e-11);
  near('loggamma', [5], 3.1780538303479458);
  near('loggamma', [0.5], Math.log(Math.PI) / 2);
  near('loggamma', [1e5], 1051287.7089736569);
  assert.equal(compute('gamma', 200), Number.POSITIVE_INFINITY);
  assert.ok(Number.isNaN(compute('gamma', -2)));
});

test('the error function and its complement', () => {
  near('erf', [1], 0.8427007929497149);
  near('erf', [-2], -0.9953222650189527);
  near('erf', [0], 0, 0);
  near('erfc', [0.5], 0.4795001221869535);
  near('erfc', [3], 2.209049699858544e-5);
  near('erfc', [10], 2.088487583762545e-45);
  near('erfc', [-1], 1.8427007929497148);
});

test('the beta distribution', () => {
  near('beta_cdf', [0.9, 10, 20], 0.9999999999999593);
  near('beta_cdf', [0.3, 0.5, 0.5], (2 / Math.PI) * Math.asin(Math.sqrt(0.3)));
  near('beta_cdf', [0.25, 1, 1], 0.25);
  near('beta_cdf', [0.5, 10000, 10000], 0.5);
  near('beta_pdf', [0.5, 10, 20], 0.746176019310951);
  near('beta_pdf', [0.25, 2, 1], 0.5);
  near('beta_inv', [0.1, 10, 20], 0.226415022388749);
  near('beta_inv', [0.25, 1, 1], 0.25);
  for (const p of [1e-9, 0.001, 0.5, 0.999])
    near('beta_cdf', [compute('beta_inv', p, 3, 0.7) as number, 3, 0.7], p, 1e-11);
});

test('Welch, against an evaluation with thirty digits', () =>
  near('welch_test', [20.82, 7.7, 15, 22.986, 3.73, 15], 0.02017510061202681));

test('outside of what they are defined for', () =>
  checkRows(
    distributionFunctions,
    (
      [
        ['beta_cdf', [real(1.5), real(10), real(20)], Number.NaN],
        ['beta_cdf', [real(0.5), real(-1), real(20)], Number.NaN],
        ['beta_cdf', [real(0.5), real(10001), real(20)], Number.NaN],
        ['beta_pdf', [real(0), real(10), real(20)], Number.NaN],
        ['beta_inv', [real(1.5), real(10), real(20)], null],
        ['beta_inv', [real(0.1), real(-1), real(20)], Number.NaN],
        ['beta_inv', [long(1n), long(2n), long(3n)], 1],
        ['welch_test', [real(1), real(0), long(5n), real(1), real(0), long(5n)], Number.NaN],
        ['erf', [real(null)], null],
      ] as const
    ).map(([name, args, expected]): Case => ({ name, args: args as readonly TypedValue[], type: 'real', expected })),
  ));
