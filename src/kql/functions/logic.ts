import type { Value } from '../../values/index.ts';
import { convertSql, convertValue } from './convert.ts';
import type { EvaluateCall, ScalarFunction, SqlCall } from './row.ts';

const bools = (args: readonly Value[], { argTypes }: EvaluateCall): (boolean | null)[] =>
  args.map((value, i) => convertValue(value, argTypes[i]!, 'bool') as boolean | null);

const joined = (word: string) => (call: SqlCall) =>
  `(${call.args.map((arg) => convertSql(arg, 'bool')).join(` ${word} `)})`;

/** True or false where one operand alone decides so, null where a null one could have. */
const decided = (deciding: boolean, operands: readonly (boolean | null)[]): boolean | null => {
  if (operands.includes(deciding)) return deciding;
  return operands.includes(null) ? null : !deciding;
};

/** `and`, `or` (of any number of arguments) and `not`; null is what may be true or false. */
export const logicFunctions: readonly ScalarFunction[] = [
  {
    name: 'and',
    page: 'logical-operators',
    sql: joined('AND'),
    evaluate: (args, call) => decided(false, bools(args, call)),
  },
  {
    name: 'or',
    page: 'logical-operators',
    sql: joined('OR'),
    evaluate: (args, call) => decided(true, bools(args, call)),
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
