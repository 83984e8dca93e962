import type { Value } from '../../values/index.ts';
import { convertSql, convertValue } from './convert.ts';
import type { EvaluateCall, ScalarFunction, SqlCall } from './row.ts';

const bools = (args: readonly Value[], { argTypes }: EvaluateCall): (boolean | null)[] =>
  args.map((value, i) => convertValue(value, argTypes[i]!, 'bool') as boolean | null);

const joined = (word: string) => (call: SqlCall) =>
  `(${call.args.map((arg) => convertSql(arg, 'bool')).join(` ${word} `)})`;

/** The one value that decides, then null, then the other. */
const decide = (decisive: boolean) => (args: readonly Value[], call: EvaluateCall) => {
  const values = bools(args, call);
  if (values.includes(decisive)) return decisive;
  return values.includes(null) ? null : !decisive;
};

/** `and`, `or` (of any number of arguments) and `not`, with null as SQL has it. */
export const logicFunctions: readonly ScalarFunction[] = [
  { name: 'and', page: 'logical-operators', sql: joined('AND'), evaluate: decide(false) },
  { name: 'or', page: 'logical-operators', sql: joined('OR'), evaluate: decide(true) },
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
