import { MailhuntError } from '../../errors/index.ts';
import { type BoundQuery, bind, kindOf, listOf, spanOf } from '../parse/index.ts';
import type { QueryContext, TimeScope } from '../query-context.ts';
import type { Warning } from '../run/answer.ts';
import { type LearnedText, NamedSources } from '../stages/index.ts';
import { emptyWarnings } from './empty-tables.ts';
import type { Environment } from './environment.ts';
import { readSetOptions, type SetOptions } from './options.ts';
import { type Lowered, lowerResults } from './results.ts';
import { lowerScalar } from './scalar.ts';
import { Scope } from './scope.ts';
import { missingWarning } from './sources.ts';
import { defineLet, warnOfUndeclared } from './statement.ts';
import { lowerSteps, lowerTable } from './table.ts';
import { inTimeScope, scopeSet, unlimitedWarnings } from './time-scope.ts';

/** One query text, lowered. */
export interface LoweredQuery {
  readonly tables: readonly Lowered[];
  readonly warnings: readonly Warning[];
  readonly options: SetOptions;
}

/** Query text to plans. */
export function bindAndLower(learned: LearnedText, context: QueryContext): LoweredQuery {
  const reread = (unbound: BoundQuery) => sourcesToName(unbound, context, learned);
  return lower(bind(learned.text, context.catalog, context.surroundings, reread), context, learned);
}

/** Where the binder may not have found a name because it took what stands for several tables for others. */
function sourcesToName(bound: BoundQuery, context: QueryContext, learned: LearnedText): NamedSources | undefined {
  if (!/\b(restrict|view)\b/.test(bound.text)) return undefined;
  try {
    lower(bound, context, learned);
  } catch (error) {
    // whatever else is wrong with it, the binder has said first
    if (error instanceof NamedSources) return error;
  }
  return undefined;
}

/** Syntax tree to plans, one for each result table. Refuses by name and place what has no row. */
function lower(bound: BoundQuery, given: QueryContext, learned: LearnedText): LoweredQuery {
  const options = readSetOptions(bound.root);
  const { query_now: now } = options;
  const context = typeof now === 'bigint' ? { ...given, now } : given;
  const notes: Environment['notes'] = {
    warnings: [],
    empty: [],
    visualization: undefined,
    shared: 0,
    rows: 0,
    inlined: 0,
  };
  const scopes = [given.scope, scopeSet(options)];
  const scope = new Scope();
  const env: Environment = {
    context,
    learned,
    globals: bound.globals,
    scope,
    notes,
    depth: 0,
    scalar: lowerScalar,
    table: lowerTable,
    steps: lowerSteps,
  };
  notes.warnings.push(...bound.missing.map(missingWarning));
  warnOfUndeclared(bound.root, env);
  const tables: Lowered[] = [];
  for (const statement of listOf(bound.root.Statements)) {
    if (kindOf(statement) !== 'ExpressionStatement') {
      defineLet(statement, env);
      continue;
    }
    tables.push(...lowerResults(statement.Expression, env).map((table) => limited(scoped(table, scopes), options)));
  }
  if (tables.length === 0) {
    const text = 'the query has no tabular statement, only definitions';
    throw new MailhuntError('KQL0001', { text }, { span: spanOf(bound.root) });
  }
  const plans = tables.map(({ plan }) => plan);
  const found = [...emptyWarnings(notes.empty, plans), ...unlimitedWarnings(plans, scopes)];
  return { tables, warnings: [...notes.warnings, ...found], options };
}

/** A result over tables that have only the rows of the times that the request and the text say. */
const scoped = (table: Lowered, scopes: readonly (TimeScope | undefined)[]): Lowered => ({
  ...table,
  plan: scopes.reduce((plan, scope) => (scope ? inTimeScope(plan, scope) : plan), table.plan),
});

/** A result of no more rows than `set query_take_max_records` says; a protocol may be told of others beside the text. */
function limited(table: Lowered, { query_take_max_records: most }: SetOptions): Lowered {
  if (typeof most !== 'bigint' || most < 0n) return table;
  const count = Math.min(Number(most), Number.MAX_SAFE_INTEGER);
  return { ...table, plan: { kind: 'take', input: table.plan, count, schema: table.plan.schema } };
}
