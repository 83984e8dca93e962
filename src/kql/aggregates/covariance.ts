import type { Value } from '../../values/index.ts';
import { convertSql, convertValue } from '../functions/convert.ts';
import type { AggregateFunction, EvaluateCall } from '../functions/row.ts';

/** Pairs in which neither value is null, as reals. */
function pairsOf(rows: readonly (readonly Value[])[], { argTypes }: EvaluateCall): [number, number][] {
  return rows
    .map((row) => [0, 1].map((i) => convertValue(row[i] ?? null, argTypes[i]!, 'real')))
    .filter((pair): pair is [number, number] => !pair.includes(null));
}

/** Of a sample (divided by one less than its size) or of a whole population. Of no pairs it is null, of too few NaN. */
function covariance(pairs: readonly (readonly [number, number])[], sample: boolean): number | null {
  if (pairs.length === 0) return null;
  let [meanX, meanY, together] = [0, 0, 0];
  pairs.forEach(([x, y], i) => {
    const before = x - meanX;
    meanX += before / (i + 1);
    meanY += (y - meanY) / (i + 1);
    together += before * (y - meanY);
  });
  const count = pairs.length - (sample ? 1 : 0);
  return count > 0 ? together / count : Number.NaN;
}

const row = (name: string, sqlName: string, sample: boolean, conditional: boolean): AggregateFunction => ({
  name,
  page: `${name}-aggregation-function`,
  sql: ({ args: [x, y, predicate] }) => {
    const where = conditional ? ` FILTER (WHERE ${predicate!.sql})` : '';
    const pair = `(${convertSql(y!, 'real')}, ${convertSql(x!, 'real')})${where}`;
    return `coalesce(${sqlName}${pair}, CASE WHEN regr_count${pair} > 0 THEN 'NaN'::DOUBLE END)`;
  },
  evaluate: (rows, call) => {
    const chosen = conditional ? rows.filter(([, , holds]) => holds === true) : rows;
    return covariance(pairsOf(chosen, call), sample);
  },
});

/** How two numbers vary together. */
export const covarianceAggregates: readonly AggregateFunction[] = [
  row('covariance', 'covar_samp', true, false),
  row('covarianceif', 'covar_samp', true, true),
  row('covariancep', 'covar_pop', false, false),
  row('covariancepif', 'covar_pop', false, true),
];
