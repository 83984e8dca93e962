import type { Value } from '../../../values/index.ts';
import { columnsOf, invalid, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import { column, literal, type Plan, type Scalar } from '../../plan/index.ts';
import { apply, convert } from '../apply.ts';
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

/** Steps of a range over real that are looked at. */
const MAX_STEPS = 1_000_000;

/**
 * A range over real counts its steps. Where adding step by step and multiplying give different numbers, it is not said
 * which of them Kusto shows.
 */
function realRange(node: Syntax, schema: Plan['schema'], bounds: readonly Scalar[]): Plan {
  const [from, to, step] = bounds.map((bound) => realOf(node, bound)) as [number, number, number];
  const steps = Math.floor((to - from) / step);
  if (!Number.isFinite(steps)) return invalid(node, 'range', 'the bounds must be finite and the step not zero');
  if (steps > MAX_STEPS) return unsupported(node, `range over real with more than ${MAX_STEPS} steps`);
  let added = from;
  for (let i = 0; i <= steps; i++, added += step) {
    if (added !== from + i * step) return unsupported(node, 'range over real whose step is no sum of powers of two');
  }
  const count = { name: 'step', type: 'long' as const };
  const input: Plan = {
    kind: 'range',
    schema: [count],
    from: literal('long', 0n),
    to: literal('long', BigInt(steps)),
    step: literal('long', 1n),
  };
  const way = apply(node, '*', 'real', [convert(node, column(count.name, 'long'), 'real'), literal('real', step)]);
  const value = apply(node, '+', 'real', [literal('real', from), way]);
  return { kind: 'project', input, columns: [{ name: schema[0]!.name, value }], schema };
}

function realOf(node: Syntax, bound: Scalar): number {
  const value = convert(node, bound, 'real');
  if (value.kind !== 'literal') return unsupported(node, 'range over real with bounds that are no constants');
  return typeof value.value === 'number' ? value.value : invalid(node, 'range', 'its bounds must not be null');
}
