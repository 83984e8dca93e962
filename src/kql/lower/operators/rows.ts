import type { Value } from '../../../values/index.ts';
import { columnsOf, invalid, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import type { Plan, Scalar } from '../../plan/index.ts';
import { convert } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { lowerCells, namesOf, projectCells } from './tuple.ts';

/** `datatable`: rows of constants. */
export function lowerDatatable(node: Syntax, env: Environment): Plan {
  const schema = columnsOf(node);
  const cells = listOf(node.Values);
  if (cells.length % schema.length !== 0)
    return invalid(node, 'datatable', 'the number of values does not fill whole rows');
  const rows: Value[][] = [];
  for (const [i, cell] of cells.entries()) {
    const { type } = schema[i % schema.length]!;
    const scalar = convert(cell, env.scalar(cell, env), type);
    if (scalar.kind !== 'literal') return invalid(cell, 'datatable', 'a value must be a constant');
    if (i % schema.length === 0) rows.push([]);
    rows.at(-1)!.push(scalar.value);
  }
  return { kind: 'rows', schema, rows };
}

/** `print`: one row of expressions. Of a tuple that is given names, only the named members come out. */
export function lowerPrint(node: Syntax, env: Environment): Plan {
  const input: Plan = { kind: 'rows', schema: [], rows: [[]] };
  const cells = listOf(node.Expressions).flatMap((item) => {
    const names = namesOf(item);
    return lowerCells(item, env).slice(0, names.length === 0 ? undefined : names.length);
  });
  return projectCells(node, input, columnsOf(node), cells);
}

/** `range`: from, from + step, … up to the end, which is included where it is hit. */
export function lowerRange(node: Syntax, env: Environment): Plan {
  const schema = columnsOf(node);
  const type = schema[0]!.type;
  const stepType = type === 'datetime' ? 'timespan' : type;
  const [from, to, step] = [node.From, node.To, node.Step].map((part) => env.scalar(part, env));
  if (type === 'real') return realRange(node, schema, [from!, to!, step!]);
  if (!['long', 'int', 'datetime', 'timespan'].includes(type)) return unsupported(node, `range over ${type}`);
  return {
    kind: 'range',
    schema,
    from: convert(node.From, from!, type),
    to: convert(node.To, to!, type),
    step: convert(node.Step, step!, stepType),
  };
}

/** Steps of a range over real. */
const MAX_STEPS = 1_000_000;

/** A range over real adds its step again and again, with the error that each sum has. */
function realRange(node: Syntax, schema: Plan['schema'], bounds: readonly Scalar[]): Plan {
  const [from, to, step] = bounds.map((bound) => realOf(node, bound)) as [number, number, number];
  const steps = Math.floor((to - from) / step);
  if (!Number.isFinite(steps)) return invalid(node, 'range', 'the bounds must be finite and the step not zero');
  if (from + step === from || to - step === to)
    return invalid(node, 'range', 'the step is too small to get past a bound');
  if (steps > MAX_STEPS) return unsupported(node, `range over real with more than ${MAX_STEPS} steps`);
  return { kind: 'compute', operation: 'range', options: { from, to, step }, inputs: [], schema };
}

function realOf(node: Syntax, bound: Scalar): number {
  const value = convert(node, bound, 'real');
  if (value.kind !== 'literal') return unsupported(node, 'range over real with bounds that are no constants');
  return typeof value.value === 'number' ? value.value : invalid(node, 'range', 'its bounds must not be null');
}
