import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { covarianceAggregates } from '../../../src/kql/aggregates/covariance.ts';
import { percentileAggregates } from '../../../src/kql/aggregates/percentiles.ts';
import { statisticsAggregates } from '../../../src/kql/aggregates/statistics.ts';
import type { KqlType, Value } from '../../../src/values/index.ts';
import { aggregate, checkGroups, type Group } from './check.ts';

const numbers = (...values: Value[]): Value[][] => values.map((value) => [value]);
const group = (
  name: string,
  type: KqlType,
  rows: readonly (readonly Value[])[],
  resultType: KqlType,
  expected: Value,
  constants: readonly Value[] = [],
): Group => ({
  name,
  types: [type, ...constants.map(() => 'real' as const)],
  rows,
  type: resultType,
  expected,
  constants,
});

test('a percentile is the value of the nearest rank', () =>
  checkGroups(percentileAggregates, [
    group('percentile', 'long', numbers(15n, 20n, 35n, 40n, 50n), 'long', 15n, [5]),
    group('percentile', 'long', numbers(15n, 20n, 35n, 40n, 50n), 'long', 20n, [30]),
    group('percentile', 'int', numbers(15n, 20n, 35n, 40n, 50n), 'long', 20n, [40]),
    group('percentile', 'long', numbers(50n, 15n, 40n, 20n, 35n, null), 'long', 35n, [50]),
    group('percentile', 'long', numbers(15n, 20n, 35n, 40n, 50n), 'long', 50n, [100]),
    group('percentile', 'long', numbers(15n, 20n), 'long', 15n, [0]),
    group('percentile', 'real', numbers(1.5, 2.5), 'real', 1.5, [50]),
    group('percentile', 'timespan', numbers(1n, 2n, 3n), 'timespan', 2n, [50]),
    group('percentile', 'long', [], 'long', null, [50]),
    group('percentiles_array', 'long', numbers(1n, 2n, 3n, 4n), 'dynamic', [1n, 2n, 4n], [25, 50, 99]),
  ]));

test('any percentile of any numbers: the engine and the evaluator agree', async () => {
  const samples = fc.sample(
    fc.tuple(fc.array(fc.bigInt(-1000n, 1000n), { minLength: 1, maxLength: 40 }), fc.integer({ min: 0, max: 100 })),
    { numRuns: 100, seed: 5 },
  );
  for (const [values, share] of samples) {
    const { engine, evaluated } = await aggregate(
      percentileAggregates,
      group('percentile', 'long', numbers(...values), 'long', null, [share]),
    );
    assert.equal(engine, evaluated, `percentile ${share} of ${values}`);
  }
});

test('spread of a sample and of a population', () =>
  checkGroups(statisticsAggregates, [
    group('variance', 'long', numbers(1n, 2n, 3n, 4n, 5n, null), 'real', 2.5),
    group('variancep', 'long', numbers(1n, 2n, 3n, 4n, 5n), 'real', 2),
    group('stdev', 'real', numbers(1, 2, 3, 4, 5), 'real', Math.sqrt(2.5)),
    group('stdevp', 'int', numbers(1n, 2n, 3n, 4n, 5n), 'real', Math.sqrt(2)),
    group('stdevp', 'int', numbers(7n), 'real', 0),
    group('stdev', 'int', numbers(7n), 'real', 0),
    group('variancep', 'int', [], 'real', 0),
    group('variance', 'long', numbers(1n, 2n, 3n, 4n), 'real', 1.6666666667),
    group('stdev', 'real', numbers(1, 2, 3, 4), 'real', Math.sqrt(1.6666666667)),
    group('variancep', 'real', numbers(0.000001, 0.000002), 'real', 0),
    {
      name: 'stdevif',
      types: ['long', 'bool'],
      rows: [
        [1n, true],
        [2n, true],
        [99n, false],
      ],
      type: 'real',
      expected: Math.SQRT1_2,
    },
    {
      name: 'varianceif',
      types: ['long', 'bool'],
      rows: [
        [1n, true],
        [2n, true],
        [99n, null],
      ],
      type: 'real',
      expected: 0.5,
    },
  ]));

test('bits of a group', () =>
  checkGroups(statisticsAggregates, [
    group('binary_all_and', 'long', numbers(0b1110n, 0b0111n, null), 'long', 0b0110n),
    group('binary_all_or', 'long', numbers(0b1000n, 0b0001n), 'long', 0b1001n),
    group('binary_all_xor', 'long', numbers(0b1100n, 0b1010n), 'long', 0b0110n),
    group('binary_all_and', 'long', [], 'long', null),
  ]));

test('covariance leaves out pairs with a null', () => {
  const pairs = [
    [1n, 2n],
    [2n, 4n],
    [3n, 9n],
    [null, 5n],
    [7n, null],
  ];
  const check = (name: string, expected: number, rows: Value[][] = pairs): Group => ({
    name,
    types: ['long', 'long'],
    rows,
    type: 'real',
    expected,
  });
  return checkGroups(covarianceAggregates, [
    check('covariance', 3.5),
    check('covariancep', 7 / 3),
    check('covariance', Number.NaN, [[1n, 1n]]),
    {
      ...check('covarianceif', 1, []),
      types: ['long', 'long', 'bool'],
      rows: [
        [1n, 2n, true],
        [2n, 4n, true],
        [3n, 9n, false],
      ],
    },
  ]);
});
