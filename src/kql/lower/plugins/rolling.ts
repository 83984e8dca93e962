import { invalid, typeOf, unsupported } from '../../parse/index.ts';
import { column, type Plan } from '../../plan/index.ts';
import { convert } from '../apply.ts';
import type { LowerPlugin } from './plugin.ts';
import { argumentsIn, computed, constantOf, distanceOn, picked, positiveOf } from './timeline.ts';

/** `rolling_percentile(value, percentile, index, bin size, bins in a window, dimensions…)`. */
const rollingPercentile: LowerPlugin = (node, input, env) => {
  const [value, percent, at, size, bins, ...dimensions] = argumentsIn(node);
  if (typeOf(value) === 'decimal') return unsupported(value, 'rolling_percentile of a decimal');
  const percentile = convert(percent, env.scalar(percent, env), 'real');
  if (percentile.kind !== 'literal' || typeof percentile.value !== 'number' || !isPercent(percentile.value))
    return invalid(percent, 'the percentile', 'it must be a constant from 0 to 100');
  const options = {
    percentile: percentile.value,
    size: positiveOf(size, distanceOn(at), env),
    bins: positiveOf(bins, 'long', env),
  };
  const values = [value, at, ...dimensions].map((arg) => env.scalar(arg, env));
  return computed(node, [picked(input, values)], options);
};

const isPercent = (value: number): boolean => value >= 0 && value <= 100;

/** `rows_near(condition, rows before, rows after)`; without the last as many after as before. */
const rowsNear: LowerPlugin = (node, input, env) => {
  const [condition, before, after = before] = argumentsIn(node);
  const [rowsBefore, rowsAfter] = [before, after].map((arg) => constantOf(arg, 'long', env));
  if (rowsBefore! < 0n || rowsAfter! < 0n)
    return invalid(node.FunctionCall, 'rows_near', 'a number of rows is negative');
  const name = '~near';
  if (input.schema.some((taken) => taken.name === name))
    return unsupported(node, `rows_near beside the column ${name}`);
  const holds = convert(condition, env.scalar(condition, env), 'bool');
  const tested: Plan = {
    kind: 'project',
    input,
    columns: [
      ...input.schema.map((known) => ({ name: known.name, value: column(known.name, known.type) })),
      { name, value: holds },
    ],
    schema: [...input.schema, { name, type: 'bool' }],
  };
  return computed(node, [tested], { before: rowsBefore!, after: rowsAfter! });
};

/** Plugins that look at the rows around a row. */
export const rollingPlugins: Readonly<Record<string, LowerPlugin>> = {
  rolling_percentile: rollingPercentile,
  rows_near: rowsNear,
};
