import type { Catalog } from '../catalog.ts';
import type { Plan } from '../plan/index.ts';
import { Printer } from './printer.ts';
import { rowsStatement } from './rows.ts';

export { prelude } from './rows.ts';

/** A plan as SQL: the statement as a person would read it, and the one that prints each row as JSON. */
export function print(plan: Plan, catalog: Catalog): { sql: string; rowsSql: string } {
  const sql = new Printer(catalog).statement(plan);
  return { sql, rowsSql: rowsStatement(sql, plan.schema) };
}
