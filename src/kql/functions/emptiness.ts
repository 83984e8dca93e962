import type { Value } from '../../values/index.ts';
import type { ScalarFunction, SqlArg } from './row.ts';

/** SQL: whether an argument is null, or empty where that is asked too. */
function emptySql(arg: SqlArg, andEmpty: boolean): string {
  if (arg.type === 'string') return andEmpty ? `(${arg.sql} = '')` : 'false';
  const isNull = arg.nullable ? `(${arg.sql} IS NULL)` : 'false';
  return arg.type === 'dynamic' && andEmpty ? `(coalesce(${arg.sql}, '""') = '""')` : isNull;
}

const isEmpty = (value: Value, andEmpty: boolean): boolean => value === null || (andEmpty && value === '');

/** A string is never null, but may be empty; everything else may be null. */
function emptiness(name: string, page: string, andEmpty: boolean, negated: boolean): ScalarFunction {
  return {
    name,
    page: `${page}-function`,
    nullable: false,
    sql: ({ args }) => {
      const [arg] = args as [SqlArg];
      if (negated && arg.type === 'string' && andEmpty) return `(${arg.sql} <> '')`;
      if (negated && arg.type !== 'dynamic' && arg.type !== 'string' && arg.nullable) return `(${arg.sql} IS NOT NULL)`;
      return negated ? `(NOT ${emptySql(arg, andEmpty)})` : emptySql(arg, andEmpty);
    },
    evaluate: ([value = null]) => isEmpty(value, andEmpty) !== negated,
  };
}

/** Whether there is a value. */
export const emptinessFunctions: readonly ScalarFunction[] = [
  emptiness('isempty', 'isempty', true, false),
  emptiness('isnotempty', 'isnotempty', true, true),
  emptiness('notempty', 'isnotempty', true, true),
  emptiness('isnull', 'isnull', false, false),
  emptiness('isnotnull', 'isnotnull', false, true),
  emptiness('notnull', 'isnotnull', false, true),
];
