import type { Catalog } from '../catalog.ts';
import { literal, type Plan } from '../plan/index.ts';
import { print } from '../print/index.ts';
import { doubtsIn } from './doubt.ts';
import type { DoubtCheck } from './never-true.ts';
import { warningOf } from './words.ts';

/** The doubtful predicates of an improved plan, each with the query that looks for a row. */
export const doubtsOf = (plan: Plan, catalog: Catalog): DoubtCheck[] =>
  doubtsIn(plan, catalog).map((doubt) => ({
    sql: print(firstOf(doubt.rows), catalog).rowsSql,
    warning: warningOf(doubt),
  }));

function firstOf(rows: Plan): Plan {
  const one: Plan = { kind: 'take', input: rows, count: 1, schema: rows.schema };
  const columns = [{ name: 'any', value: literal('bool', true) }];
  return { kind: 'project', input: one, columns, schema: [{ name: 'any', type: 'bool' }] };
}
