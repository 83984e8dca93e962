import fc from 'fast-check';
import type { ScalarFunction } from '../../../src/kql/functions/row.ts';
import type { KqlType, Value } from '../../../src/values/index.ts';
import { checkAgreement } from './check.ts';
import { samples } from './samples.ts';

const LONG = 2n ** 63n;

/** Any value of a type, its edges often, null among them. */
const anyValue: Readonly<Record<Exclude<KqlType, 'dynamic'>, fc.Arbitrary<Value>>> = {
  bool: fc.boolean(),
  int: fc.bigInt(-(2n ** 31n), 2n ** 31n - 1n),
  long: fc.bigInt(-LONG, LONG - 1n),
  real: fc.double().map((value) => (Object.is(value, -0) ? 0 : value)),
  decimal: fc.integer().map((value) => String(value / 1000)),
  string: fc.string(),
  datetime: fc.bigInt(0n, 3_155_378_975_999_999_999n),
  timespan: fc.bigInt(-(10n ** 17n), 10n ** 17n),
  guid: fc.uuid(),
};

const randomValue = (type: KqlType): fc.Arbitrary<Value> => {
  const plain = type as Exclude<KqlType, 'dynamic'>;
  return fc.oneof(anyValue[plain], fc.constantFrom(...samples[plain]));
};

/** Checks that engine and evaluator agree on random arguments of the given types. Deterministic: one fixed seed. */
export async function checkRandom(
  row: ScalarFunction,
  argTypes: readonly KqlType[],
  type: KqlType,
  options: { readonly keep?: (values: readonly Value[]) => boolean; readonly constantArgs?: readonly number[][] } = {},
): Promise<void> {
  const lists = fc.sample(fc.tuple(...argTypes.map(randomValue)), { numRuns: 300, seed: 7 });
  await checkAgreement(row, argTypes, type, lists.filter(options.keep ?? (() => true)), options.constantArgs);
}

/** The row of a name. */
export function rowOf(rows: readonly ScalarFunction[], name: string): ScalarFunction {
  const row = rows.find((candidate) => candidate.name === name);
  if (row === undefined) throw new Error(`no row ${name}`);
  return row;
}
