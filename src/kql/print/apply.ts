import { physicalNames, sqlName } from '../../duckdb/index.ts';
import { MailhuntError } from '../../errors/index.ts';
import { errorSql } from '../functions/index.ts';
import type { PlanOf } from '../plan/index.ts';
import type { Printer } from './printer.ts';
import { nested, type Select, selectAll, selectText } from './select.ts';

/**
 * `mv-apply` and `partition`: a lateral join, which the engine turns into plain joins on the row at hand. Those keep no
 * order, so the rows are numbered before and sorted after.
 */
export function applySelect(plan: PlanOf<'apply'>, printer: Printer): Select {
  const row = sqlName(plan.row);
  const outer = printer.place(plan.input.schema, row);
  const each = printer.place(plan.inner.schema, 'each');
  const inner = printer.within(plan.row, outer, () => numbered(printer.source(plan.inner)));
  const own = new Set(plan.inner.schema.map(({ name }) => name));
  const names = physicalNames(plan.schema);
  const columns = plan.schema.map(
    ({ name }) => `${(own.has(name) ? each : outer).column(name)} AS ${sqlName(names.get(name)!)}`,
  );
  const from = `${numbered(limited(plan, printer))} AS ${row}\nCROSS JOIN LATERAL ${inner} AS each`;
  return { ...selectAll(from), columns, orderBy: [`${row}.${ORDER}`, `each.${ORDER}`] };
}

const numbered = (source: string): string =>
  nested(selectText({ ...selectAll(source), columns: ['*', `row_number() OVER () AS ${ORDER}`] }));

/** The input, which ends the query where it has more rows than it may. */
function limited({ input, limit }: PlanOf<'apply'>, printer: Printer): string {
  const source = printer.source(input);
  if (limit === undefined) return source;
  const counted = { ...selectAll(source), columns: ['*', `count(*) OVER () AS ${COUNT}`] };
  const tooMany = new MailhuntError('KQL0005', { what: limit.what, text: `it has more than ${limit.rows} values` });
  const test = `CASE WHEN ${COUNT} > ${limit.rows} THEN CAST(${errorSql(tooMany)} AS BOOLEAN) ELSE true END`;
  return nested(selectText({ ...selectAll(nested(selectText(counted))), where: [test] }));
}

/** Names that no column has: lowering refuses those that begin with `~`. */
const COUNT = sqlName('~values');
const ORDER = sqlName('~order');
