import type { KqlType } from '../../../src/values/index.ts';
import type { Picker } from './picker.ts';

/** Makes an expression of a type. */
export type Expression = (type: KqlType) => string;
type Aggregate = (e: Expression, picker: Picker) => readonly [text: string, type: KqlType];

/** Aggregates whose result does not hang on the order of rows. */
export const aggregates: readonly Aggregate[] = [
  () => ['count()', 'long'],
  (e) => [`countif(${e('bool')})`, 'long'],
  (e) => [`sum(${e('long')})`, 'long'],
  (e) => [`sum(${e('int')})`, 'long'],
  (e) => [`sum(${e('real')})`, 'real'],
  (e) => [`sum(${e('timespan')})`, 'timespan'],
  (e) => [`sum(${e('decimal')})`, 'decimal'],
  (e) => [`sumif(${e('long')}, ${e('bool')})`, 'long'],
  (e, picker) => [`avg(${e(picker.of(['long', 'real', 'int']))})`, 'real'],
  (e) => [`avgif(${e('real')}, ${e('bool')})`, 'real'],
  (e) => [`avg(${e('timespan')})`, 'timespan'],
  (e, picker) => {
    const type = picker.of(['long', 'real', 'datetime', 'timespan', 'string', 'int', 'decimal', 'bool'] as const);
    return [`${picker.of(['max', 'min'])}(${e(type)})`, type];
  },
  (e, picker) => {
    const type = picker.of(['long', 'real', 'datetime', 'string'] as const);
    return [`${picker.of(['maxif', 'minif'])}(${e(type)}, ${e('bool')})`, type];
  },
  (e, picker) => [`dcount(${e(picker.of(['long', 'string', 'real', 'datetime', 'guid', 'bool']))}, 4)`, 'long'],
  (e) => [`dcountif(${e('string')}, ${e('bool')}, 4)`, 'long'],
  (e, picker) => [`count_distinct(${e(picker.of(['long', 'string']))})`, 'long'],
  (e, picker) => [`make_set(${e(picker.of(['long', 'string', 'bool', 'datetime', 'guid', 'dynamic']))})`, 'dynamic'],
  (e) => [`make_set_if(${e('string')}, ${e('bool')})`, 'dynamic'],
  (e, picker) => [`${picker.of(['stdev', 'variance', 'stdevp', 'variancep'])}(${e('long')} % 100)`, 'real'],
  (e, picker) => [`percentile(${e('long')}, ${picker.of(['50', '0', '100', '95'])})`, 'long'],
  (e, picker) => [`percentile(${e('real')}, ${picker.of(['50', '5'])})`, 'real'],
  (e, picker) => [`${picker.of(['binary_all_and', 'binary_all_or', 'binary_all_xor'])}(${e('long')})`, 'long'],
];

/** Those that need rows in order. */
export const orderedAggregates: readonly Aggregate[] = [
  (e, picker) => [
    `make_list(${e(picker.of(['long', 'string', 'real', 'datetime', 'dynamic', 'bool', 'timespan']))})`,
    'dynamic',
  ],
  (e) => [`make_list_if(${e('long')}, ${e('bool')})`, 'dynamic'],
  (e) => [`make_list_with_nulls(${e('long')})`, 'dynamic'],
  (e) => [`make_list(${e('string')}, 2)`, 'dynamic'],
];
