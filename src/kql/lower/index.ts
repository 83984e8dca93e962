import { MailhuntError } from '../../errors/index.ts';
import { type BoundQuery, kindOf, listOf, spanOf } from '../parse/index.ts';
import type { QueryContext } from '../query-context.ts';
import type { Warning } from '../run/answer.ts';
import { LearnedText } from '../stages/index.ts';
import { emptyWarnings } from './empty-tables.ts';
import type { Environment } from './environment.ts';
import { readSetOptions, type SetOptions } from './options.ts';
import { type Lowered, lowerResults } from './results.ts';
import { lowerScalar } from './scalar.ts';
import { Scope } from './scope.ts';
import { missingWarning } from './sources.ts';
import { defineLet, warnOfUndeclared } from './statement.ts';
import { lowerSteps, lowerTable } from './table.ts';

/** One query text, lowered. */
export interface LoweredQuery {
  readonly tables: readonly Lowered[];
  readonly warnings: readonly Warning[];
  readonly options: SetOptions;
}

/** Syntax tree to plans, one for each result table. Refuses by name and place what has no row. */
export function lower(bound: BoundQuery, given: QueryContext, learned = new LearnedText(bound.text)): LoweredQuery {
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
    tables.push(...lowerResults(statement.Expression, env));
  }
  if (tables.length === 0) {
    const text = 'the query has no tabular statement, only definitions';
    throw new MailhuntError('KQL0001', { text }, { span: spanOf(bound.root) });
  }
  const empty = emptyWarnings(
    notes.empty,
    tables.map(({ plan }) => plan),
  );
  return { tables, warnings: [...notes.warnings, ...empty], options };
}
