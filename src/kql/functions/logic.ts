import type { Value } from '../../values/index.ts';
import { convertArg, convertSql, convertValue } from './convert.ts';
import type { EvaluateCall, ScalarFunction, SqlArg, SqlCall } from './row.ts';

const bools = (args: readonly Value[], { argTypes }: EvaluateCall): (boolean | null)[] =>
  args.map((value, i) => convertValue(value, argTypes[i]!, 'bool') as boolean | null);

/** Null counts as false, which a filter does by itself. */
const operand = (call: SqlCall, arg: SqlArg): string => {
  const { sql, nullable } = convertArg(arg, 'bool');
  return nullable && !call.asFilter ? `coalesce(${sql}, false)` : sql;
};

const joined = (word: string) => (call: SqlCall) => `(${call.args.map((arg) => operand(call, arg)).join(` ${word} `)})`;

/** `and`, `or` (of any number of arguments), in which null counts as false, and `not`, which keeps it. */
export const logicFunctions: readonly ScalarFunction[] = [
  {
    name: 'and',
    page: 'logical-operators',
    nullable: false,
    sql: joined('AND'),
    evaluate: (args, call) => bools(args, call).every((value) => value === true),
  },
  {
    name: 'or',
    page: 'logical-operators',
    nullable: false,
    sql: joined('OR'),
    evaluate: (args, call) => bools(args, call).includes(true),
  },
  {
    name: 'not',
    page: 'not-function',
    sql: (call) => `(NOT ${convertSql(call.args[0]!, 'bool')})`,
    evaluate: (args, call) => {
      const [value = null] = bools(args, call);
      return value === null ? null : !value;
    },
  },
];
