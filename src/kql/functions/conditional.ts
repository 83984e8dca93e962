import { dynamicFrom, type KqlType, type Value } from '../../values/index.ts';
import { compareValues } from './comparison.ts';
import { convertSql, convertValue } from './convert.ts';
import { asDynamicSql } from './dynamic-json.ts';
import type { EvaluateCall, ScalarFunction, SqlArg, SqlCall } from './row.ts';

/** Branches of different types meet in the type that the binder gave to the call. */
const branchSql = (arg: SqlArg, type: KqlType): string =>
  type === 'dynamic' ? asDynamicSql(arg) : convertSql(arg, type);
const branchValue = (value: Value, from: KqlType, to: KqlType): Value =>
  to === 'dynamic' ? dynamicFrom(value, from) : convertValue(value, from, to);

/** Predicates and results by turns, the last one is what holds otherwise. */
function caseSql({ args, type }: SqlCall): string {
  const branches: string[] = [];
  for (let i = 0; i + 1 < args.length; i += 2)
    branches.push(`WHEN ${convertSql(args[i]!, 'bool')} THEN ${branchSql(args[i + 1]!, type)}`);
  return `CASE ${branches.join(' ')} ELSE ${branchSql(args.at(-1)!, type)} END`;
}

function evaluateCase(args: readonly Value[], { argTypes, type }: EvaluateCall): Value {
  const last = args.length - 1;
  let chosen = last;
  for (let i = 0; i < last && chosen === last; i += 2)
    if (convertValue(args[i]!, argTypes[i]!, 'bool') === true) chosen = i + 1;
  return branchValue(args[chosen]!, argTypes[chosen]!, type);
}

const conditional = (name: string, page: string): ScalarFunction => ({
  name,
  page,
  sql: caseSql,
  evaluate: evaluateCase,
});

function coalesceSql({ args, type }: SqlCall): string {
  const values = args.map((arg) => branchSql(arg, type));
  if (type === 'string') return `coalesce(${values.map((sql) => `nullif(${sql}, '')`).join(', ')}, '')`;
  return `coalesce(${values.join(', ')})`;
}

/** The greatest or least argument that is not null. Text is ordered by its bytes. */
function extreme(name: string, sqlName: string, better: (order: number) => boolean): ScalarFunction {
  return {
    name,
    page: `${name.replace('_', '-')}-function`,
    sql: ({ args, type }) => {
      const values = args.map((arg) => branchSql(arg, type));
      if (values.length === 1) return values[0]!;
      // NaN is the greatest number of this engine alone; in KQL it is the least as well.
      if (name === 'min_of' && type === 'real') return `(-greatest(${values.map((sql) => `-(${sql})`).join(', ')}))`;
      return `${sqlName}(${values.join(', ')})`;
    },
    evaluate: (args, { argTypes, type }) =>
      args
        .map((arg, i) => branchValue(arg, argTypes[i]!, type))
        .filter((value) => value !== null)
        .reduce<Value>((best, value) => {
          if (best === null || Number.isNaN(value)) return value;
          if (Number.isNaN(best)) return best;
          return better(compareValues(value, best, [type, type]) ?? 0) ? value : best;
        }, null),
  };
}

/** Functions that choose among their arguments. */
export const conditionalFunctions: readonly ScalarFunction[] = [
  conditional('iff', 'iff-function'),
  conditional('iif', 'iff-function'),
  conditional('case', 'case-function'),
  {
    name: 'coalesce',
    page: 'coalesce-function',
    sql: coalesceSql,
    evaluate: (args, { argTypes, type }) => {
      const values = args.map((arg, i) => branchValue(arg, argTypes[i]!, type));
      return values.find((value) => value !== null && value !== '') ?? (type === 'string' ? '' : null);
    },
  },
  extreme('max_of', 'greatest', (order) => order > 0),
  extreme('min_of', 'least', (order) => order < 0),
];
