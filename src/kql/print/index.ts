import type { Catalog } from '../catalog.ts';
import type { Plan } from '../plan/index.ts';
import { Printer } from './printer.ts';
import { rowsStatement } from './rows.ts';

export { HOST_ROWS } from './compute.ts';

/** A plan as SQL: the statement as a person would read it, and the one that prints each row as JSON. */
export const print = (plan: Plan, catalog: Catalog): { sql: string; rowsSql: string } => ({
  sql: new Printer(catalog).statement(plan),
  rowsSql: rowsStatement(plan, new Printer(catalog)),
});
