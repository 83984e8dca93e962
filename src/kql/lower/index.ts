import { MailhuntError } from '../../errors/index.ts';
import { type BoundQuery, kindOf, listOf, spanOf } from '../parse/index.ts';
import type { Plan } from '../plan/index.ts';
import type { QueryContext } from '../query-context.ts';
import type { Visualization, Warning } from '../run/answer.ts';
import type { Environment } from './environment.ts';
import { lowerScalar } from './scalar.ts';
import { Scope } from './scope.ts';
import { defineLet } from './statement.ts';
import { lowerTable } from './table.ts';

/** One tabular statement, lowered. */
export interface Lowered {
  readonly plan: Plan;
  readonly visualization: Visualization | undefined;
}

/** Syntax tree to plans: one for each tabular statement of the text. Refuses by name and place what has no row. */
export function lower(bound: BoundQuery, context: QueryContext): { tables: Lowered[]; warnings: Warning[] } {
  const notes: Environment['notes'] = { warnings: [], visualization: undefined, shared: 0, inlined: 0 };
  const scope = new Scope();
  const env: Environment = {
    context,
    globals: bound.globals,
    scope,
    notes,
    depth: 0,
    scalar: lowerScalar,
    table: lowerTable,
  };
  const tables: Lowered[] = [];
  for (const statement of listOf(bound.root.Statements)) {
    if (kindOf(statement) !== 'ExpressionStatement') {
      defineLet(statement, env);
      continue;
    }
    notes.visualization = undefined;
    const plan = lowerTable(statement.Expression, env);
    tables.push({ plan, visualization: notes.visualization });
  }
  if (tables.length === 0) {
    const text = 'the query has no tabular statement, only definitions';
    throw new MailhuntError('KQL0001', { text }, { span: spanOf(bound.root) });
  }
  return { tables, warnings: notes.warnings };
}
