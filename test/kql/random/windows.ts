import type { Column, KqlType } from '../../../src/values/index.ts';
import type { Expression } from './aggregates.ts';
import { expression } from './expressions.ts';
import type { Picker } from './picker.ts';
import { columnsOf, followedBy, inOrder, ref, type Step, types } from './step.ts';

type WindowCall = readonly [text: string, type: KqlType];

/** A window function over a column of the type that it takes; undefined where there is none. */
const windowCalls: readonly ((
  column: (...types: KqlType[]) => Column | undefined,
  picker: Picker,
  value: Expression,
) => WindowCall | undefined)[] = [
  () => ['row_number()', 'long'],
  (_, picker, value) => [`row_number(${picker.of(['1', '-7'])}, ${value('bool')})`, 'long'],
  (column) => over(column('long', 'real'), ({ name, type }) => [`row_cumsum(${ref(name)})`, type]),
  (column, _, value) => over(column('long'), ({ name }) => [`row_cumsum(${ref(name)}, ${value('bool')})`, 'long']),
  (column, picker) =>
    over(column(...types), ({ name, type }) => [`${picker.of(['prev', 'next'])}(${ref(name)})`, type]),
  (column, picker) =>
    over(column('long'), ({ name }) => [`${picker.of(['prev', 'next'])}(${ref(name)}, 2, 77)`, 'long']),
  (column, picker) =>
    over(column('long', 'string'), ({ name }) => [
      `${picker.of(['row_rank_dense', 'row_rank_min'])}(${ref(name)})`,
      'long',
    ]),
  (column, picker, value) =>
    over(column('string', 'long'), ({ name }) => [
      `${picker.of(['row_rank_dense', 'row_rank_min'])}(${ref(name)}, ${value('bool')})`,
      'long',
    ]),
  (column) => over(column('datetime'), ({ name }) => [`row_window_session(${ref(name)}, 1h, 5m)`, 'datetime']),
];

const over = (column: Column | undefined, call: (column: Column) => WindowCall): WindowCall | undefined =>
  column && call(column);

/** A window function over rows in order. */
export const windows: Step = (given, picker, fresh) => {
  const pipeline = inOrder(given, picker, fresh);
  if (pipeline.schema.length === 0) return given;
  const name = fresh();
  const column = (...wanted: KqlType[]): Column | undefined => {
    const columns = columnsOf(pipeline, wanted);
    return columns.length === 0 ? undefined : picker.of(columns);
  };
  const value: Expression = (wanted) => expression({ schema: pipeline.schema, picker }, wanted, 1);
  const [text, type] = picker.of(windowCalls)(column, picker, value) ?? ['row_number()', 'long'];
  return followedBy(followedBy(pipeline, 'serialize'), `extend ${name} = ${text}`, {
    schema: [...pipeline.schema, { name, type }],
  });
};
