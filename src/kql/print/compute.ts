import { physicalNames, sqlName, sqlText } from '../../duckdb/index.ts';
import { fromHostTextSql, hostTextSql } from '../functions/index.ts';
import { type Plan, type PlanOf, writePlanData } from '../plan/index.ts';
import type { Printer } from './printer.ts';
import { nested, type Select, selectAll } from './select.ts';

/** The function that the engine must know by this name; `host/` computes it. */
export const HOST_ROWS = 'kql_rows';

/**
 * An operation in TypeScript: each input's rows are gathered in their order into one text, the rows of the result are
 * read out of another.
 */
export function computeSelect(plan: PlanOf<'compute'>, printer: Printer): Select {
  const data = writePlanData({
    options: plan.options,
    schema: plan.schema.map(plainColumn),
    schemas: plan.inputs.map(({ schema }) => schema.map(plainColumn)),
  });
  const inputs = plan.inputs.map((input, i) => `${gathered(input, printer)} AS input${i}(rows)`);
  const args = [sqlText(plan.operation), sqlText(data), ...inputs.map((_, i) => `input${i}.rows`)];
  const result = `${HOST_ROWS}(${args.join(', ')})`;
  // inputs as subqueries of the call would be bound twice each, and those below them four times
  const from = inputs.length === 0 ? '' : ` FROM ${inputs.join(', ')}`;
  const names = physicalNames(plan.schema);
  const columns = plan.schema.map(
    ({ name, type }, i) => `${fromHostTextSql(`cells[${i + 1}]`, type)} AS ${sqlName(names.get(name)!)}`,
  );
  return { ...selectAll(`(SELECT unnest(from_json(${result}, '[["VARCHAR"]]')) AS cells${from})`), columns };
}

const plainColumn = ({ name, type }: { name: string; type: string }) => ({ name, type });

/** SQL of one text: the JSON array of a plan's rows, in their order. */
function gathered(input: Plan, printer: Printer): string {
  const names = physicalNames(input.schema);
  const cells = input.schema.map(
    ({ name, type }) => `CAST(${hostTextSql(sqlName(names.get(name)!), type)} AS VARCHAR)`,
  );
  const rows = `SELECT CAST(to_json([${cells.join(', ')}]) AS VARCHAR) AS row, row_number() OVER () AS n FROM ${printer.source(input)}`;
  return `(SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM ${nested(rows)})`;
}
