import { MailhuntError } from '../errors/index.ts';
import type { Column, Value } from '../values/index.ts';
import type { Catalog } from './catalog.ts';
import { type DoubtCheck, doubtsOf, neverTrue } from './doubt/index.ts';
import { improve } from './improve/index.ts';
import { bindAndLower } from './lower/index.ts';
import { checkSize, isLight, type Plan } from './plan/index.ts';
import { print } from './print/index.ts';
import type { QueryContext } from './query-context.ts';
import type { Answer, ResultTable, Visualization, Warning } from './run/answer.ts';
import type { Engine } from './run/engine.ts';
import { hasRow } from './run/has-row.ts';
import { loadSources } from './sources/index.ts';
import { LearnedText } from './stages/index.ts';
import { learnColumns } from './stages/learn.ts';

/** One result table, compiled as far as running it needs: plain data that can cross between threads. */
export interface RunnableTable {
  readonly columns: readonly Column[];
  /** The statement as a person would read it, without the result's JSON printing. */
  readonly sql: string;
  /** The same, each row printed as the text of a JSON array. */
  readonly rowsSql: string;
  readonly visualization: Visualization | undefined;
  /** The name that the text gives the table. */
  readonly name: string | undefined;
  /** True where it reads few rows whatever the tables hold. */
  readonly light: boolean;
  /** Predicates that may never be true. */
  readonly doubts: readonly DoubtCheck[];
}

/** One result table, compiled, with its plan. */
export interface CompiledTable extends RunnableTable {
  readonly plan: Plan;
}

/** A query text, compiled: nothing has run yet. */
export interface Compiled<T extends RunnableTable = CompiledTable> {
  readonly tables: readonly T[];
  readonly warnings: readonly Warning[];
  /** What its `set` statements say, by name in lower case; who answers the query reads those that it honours. */
  readonly options: Readonly<Record<string, Value>>;
}

/** What a query runs on. */
export interface RunContext extends QueryContext {
  readonly engine: Engine;
  readonly signal?: AbortSignal;
}

/**
 * Compiles a query text: bind, lower, improve, print.
 *
 * @throws MailhuntError KQL0001 to KQL0006 with the place in the text
 * @example compile('print 1', { catalog, now: 638000000000000000n }).tables[0].sql
 */
export const compile = (text: string, context: QueryContext): Compiled => compileStage(new LearnedText(text), context);

/**
 * The same where an engine can be asked for columns that depend on data (`bag_unpack`, `pivot`): learning queries run,
 * the query itself does not.
 */
export const compileOn = (text: string, context: RunContext): Promise<Compiled> =>
  loadSources(context, (ready) => learnColumns(text, ready, (learned) => compileStage(learned, ready)));

function compileStage(learned: LearnedText, context: QueryContext): Compiled {
  try {
    const { tables, warnings, options } = bindAndLower(learned, context);
    return {
      warnings,
      options,
      tables: tables.map(({ plan, name, visualization }) => {
        checkSize(plan);
        return { name, visualization, ...compilePlan(improve(plan, context.catalog), context.catalog) };
      }),
    };
  } catch (error) {
    if (error instanceof RangeError)
      throw new MailhuntError('KQL0006', { text: 'it is nested too deeply' }, { cause: error });
    throw error;
  }
}

const compilePlan = (plan: Plan, catalog: Catalog): Omit<CompiledTable, 'name' | 'visualization'> => ({
  plan,
  columns: plan.schema,
  light: isLight(plan),
  doubts: doubtsOf(plan, catalog),
  ...print(plan, catalog),
});

/** Whether a plan gives a row. Throws KQL0007, KQL0008 as the engine does. */
export function givesRow(
  plan: Plan,
  { catalog, engine, signal }: Pick<RunContext, 'catalog' | 'engine' | 'signal'>,
): Promise<boolean> {
  const one: Plan = { kind: 'take', input: plan, count: 1, schema: plan.schema };
  return hasRow(print(improve(one, catalog), catalog).rowsSql, engine, signal);
}

/**
 * Compiles and runs a query text. Errors of compilation are thrown at once, errors of the engine while blocks are read
 * (KQL0007, KQL0008).
 */
export const runQuery = async (text: string, context: RunContext): Promise<Answer> =>
  answerOf(await compileOn(text, context), context);

/** Runs what was compiled, here or in another thread. */
export async function answerOf(
  { tables, warnings, options }: Compiled<RunnableTable>,
  run: Pick<RunContext, 'engine' | 'signal'>,
): Promise<Answer> {
  const doubts = tables.flatMap((table) => table.doubts);
  const never = await neverTrue(doubts, run.engine, run.signal);
  return { warnings: [...warnings, ...never], options, tables: tables.map((table, i) => shape(table, i, run)) };
}

const shape = (
  table: RunnableTable,
  index: number,
  { engine, signal }: Pick<RunContext, 'engine' | 'signal'>,
): ResultTable => ({
  name: table.name ?? (index === 0 ? 'PrimaryResult' : `PrimaryResult_${index}`),
  columns: table.columns,
  blocks: engine.texts(table.rowsSql, signal, table.light),
  visualization: table.visualization,
  sql: table.sql,
});
