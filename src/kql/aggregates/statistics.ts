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

/** Kusto keeps ten decimals of a variance, and takes the root of what it keeps. */
const tenDecimals = (variance: number): number => {
  const rounded = Math.round(variance * 1e10) / 1e10;
  return Number.isFinite(rounded) ? rounded : variance;
};

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
      const kept = (number: string): string => {
        const variance = `round(coalesce(${sqlName}(${number})${where}, 0), 10)`;
        return root ? `sqrt(${variance})` : variance;
      };
      if (value!.type !== 'real') return kept(real);
      const finite = kept(`CASE WHEN isfinite(${real}) THEN ${real} END`);
      return `CASE WHEN coalesce(bool_and(isfinite(${real}))${where}, true) THEN ${finite} ELSE 'NaN'::DOUBLE END`;
    },
    evaluate: (rows, { argTypes }) => {
      const values = valuesOf(rows, conditional).map((value) => convertValue(value, argTypes[0]!, 'real') as number);
      const count = values.length - (sample ? 1 : 0);
      if (!values.every(Number.isFinite)) return Number.NaN;
      if (count <= 0) return 0;
      const variance = tenDecimals(squares(values) / count);
      return root ? Math.sqrt(variance) : variance;
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
  ...spread('stdev', 'var_samp', true, true),
  // KQL has no stdevpif
  spread('stdevp', 'var_pop', false, true)[0]!,
  ...spread('variance', 'var_samp', true, false),
  ...spread('variancep', 'var_pop', false, false),
  bits('binary_all_and', 'bit_and', -1n, (a, b) => a & b),
  bits('binary_all_or', 'bit_or', 0n, (a, b) => a | b),
  bits('binary_all_xor', 'bit_xor', 0n, (a, b) => a ^ b),
];
