import type { Value } from '../../values/index.ts';
import { convertSql, convertValue } from '../functions/convert.ts';
import type { AggregateFunction, SqlCall } from '../functions/row.ts';

const page = (name: string): string => `${name.replaceAll('_', '-')}-aggregation-function`;
const filter = (call: SqlCall, conditional: boolean): string =>
  conditional ? ` FILTER (WHERE ${call.args[1]!.sql})` : '';

type Rows = readonly (readonly Value[])[];

const valuesOf = (rows: Rows, conditional: boolean): Value[] =>
  rows
    .filter(([, holds]) => !conditional || holds === true)
    .map(([value = null]) => value)
    .filter((value) => value !== null);

/** Welford's way, as the engine reckons: the sum of squared differences from the mean. */
function squares(values: readonly number[]): number {
  let mean = 0;
  let sum = 0;
  values.forEach((value, i) => {
    const before = value - mean;
    mean += before / (i + 1);
    sum += before * (value - mean);
  });
  return sum;
}

/** A variance or its root, over the whole population or a sample of it (divided by one less). */
function spread(base: string, sqlName: string, sample: boolean, root: boolean): readonly AggregateFunction[] {
  return [false, true].map((conditional) => ({
    name: conditional ? `${base}if` : base,
    page: page(conditional ? `${base}if` : base),
    // Of too few values it is zero; this engine gives NULL. Of a NaN or an infinity it is NaN; this engine throws.
    sql: (call) => {
      const [value] = call.args;
      if (!['int', 'long', 'real', 'decimal'].includes(value!.type))
        call.refuse(`has no meaning for values of type ${value!.type}`);
      const real = convertSql(value!, 'real');
      const where = filter(call, conditional);
      if (value!.type !== 'real') return `coalesce(${sqlName}(${real})${where}, 0)`;
      const finite = `coalesce(${sqlName}(CASE WHEN isfinite(${real}) THEN ${real} END)${where}, 0)`;
      return `CASE WHEN coalesce(bool_and(isfinite(${real}))${where}, true) THEN ${finite} ELSE 'NaN'::DOUBLE END`;
    },
    evaluate: (rows, { argTypes }) => {
      const values = valuesOf(rows, conditional).map((value) => convertValue(value, argTypes[0]!, 'real') as number);
      const count = values.length - (sample ? 1 : 0);
      if (!values.every(Number.isFinite)) return Number.NaN;
      if (count <= 0) return 0;
      return root ? Math.sqrt(squares(values) / count) : squares(values) / count;
    },
  }));
}

const bits = (name: string, sqlName: string, start: bigint, compute: (a: bigint, b: bigint) => bigint) => {
  const row: AggregateFunction = {
    name,
    page: page(name),
    sql: (call) => {
      const [value] = call.args;
      if (value!.type !== 'int' && value!.type !== 'long') call.refuse(`has no bits in values of type ${value!.type}`);
      return `${sqlName}(${value!.sql})`;
    },
    evaluate: (rows) => {
      const values = valuesOf(rows, false) as bigint[];
      return values.length === 0 ? null : BigInt.asIntN(64, values.reduce(compute, start));
    },
  };
  return row;
};

/** Spread of a group's values, and its bits taken together. */
export const statisticsAggregates: readonly AggregateFunction[] = [
  ...spread('stdev', 'stddev_samp', true, true),
  // KQL has no stdevpif
  spread('stdevp', 'stddev_pop', false, true)[0]!,
  ...spread('variance', 'var_samp', true, false),
  ...spread('variancep', 'var_pop', false, false),
  bits('binary_all_and', 'bit_and', -1n, (a, b) => a & b),
  bits('binary_all_or', 'bit_or', 0n, (a, b) => a | b),
  bits('binary_all_xor', 'bit_xor', 0n, (a, b) => a ^ b),
];
