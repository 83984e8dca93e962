import type { KqlType, Value } from '../../../src/values/index.ts';

/** Values of each type that go to its edges, null among them. */
export const samples: Readonly<Record<Exclude<KqlType, 'dynamic'>, readonly Value[]>> = {
  bool: [true, false, null],
  int: [0n, 1n, -1n, 7n, 2_147_483_647n, -2_147_483_648n, null],
  long: [0n, 1n, -1n, 7n, -12n, 9_007_199_254_740_993n, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n, null],
  real: [0, 1, -1, 0.5, -2.5, 1e-7, 1e18, 1e300, 9_007_199_254_740_992, Number.NaN, Infinity, -Infinity, null],
  decimal: ['0', '1', '-1.5', '0.000000000000000001', '99999999999999999999', null],
  string: ['', 'a', 'A', 'ä', '0', '12', 'true', "it's"],
  datetime: [
    0n,
    9n,
    621_355_968_000_000_000n,
    638_882_177_361_234_567n,
    630_823_247_999_999_999n,
    3_155_378_975_999_999_999n,
    null,
  ],
  timespan: [
    0n,
    1n,
    -1n,
    864_000_000_000n,
    -864_000_000_001n,
    9_223_372_036_854_775_807n,
    -9_223_372_036_854_775_808n,
    null,
  ],
  guid: ['74be27de-1e4e-49d9-b579-fe0b331d3642', '00000000-0000-0000-0000-000000000000', null],
};
