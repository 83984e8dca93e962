import type { Value } from '../../../values/index.ts';
import { columnsOf, invalid, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import type { Plan } from '../../plan/index.ts';
import { convert } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { named } from './operator.ts';

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

/** `print`: one row of expressions. */
export function lowerPrint(node: Syntax, env: Environment): Plan {
  const schema = columnsOf(node);
  const expressions = listOf(node.Expressions);
  if (schema.length !== expressions.length) return unsupported(node, 'print of an expression with several columns');
  const input: Plan = { kind: 'rows', schema: [], rows: [[]] };
  const columns = expressions.map((item, i) => ({
    name: schema[i]!.name,
    value: env.scalar(named(item).expression, env),
  }));
  return { kind: 'project', input, columns, schema };
}

/** `range`: from, from + step, … up to the end, which is included where it is hit. */
export function lowerRange(node: Syntax, env: Environment): Plan {
  const schema = columnsOf(node);
  const type = schema[0]!.type;
  const stepType = type === 'datetime' ? 'timespan' : type;
  if (!['long', 'int', 'datetime', 'timespan'].includes(type)) return unsupported(node, `range over ${type}`);
  const [from, to, step] = [node.From, node.To, node.Step].map((part) => env.scalar(part, env));
  return {
    kind: 'range',
    schema,
    from: convert(node.From, from!, type),
    to: convert(node.To, to!, type),
    step: convert(node.Step, step!, stepType),
  };
}
