import { MailhuntError } from '../errors/index.ts';
import { improve } from './improve/index.ts';
import { lower } from './lower/index.ts';
import { bind } from './parse/index.ts';
import { isLarger, type Plan } from './plan/index.ts';
import { print } from './print/index.ts';
import type { QueryContext } from './query-context.ts';
import type { Answer, ResultTable, Visualization, Warning } from './run/answer.ts';
import type { Engine } from './run/engine.ts';

/** One tabular statement, compiled. */
export interface CompiledTable {
  readonly plan: Plan;
  /** The statement as a person would read it, without the result's JSON printing. */
  readonly sql: string;
  /** The same, each row printed as the text of a JSON array. */
  readonly rowsSql: string;
  readonly visualization: Visualization | undefined;
}

/** Nodes of a plan, written out: an `in` of 100,000 values is allowed, a doubling `let` of 20 steps is not. */
const MAX_NODES = 250_000;

/** A query text, compiled: nothing has run yet. */
export interface Compiled {
  readonly tables: readonly CompiledTable[];
  readonly warnings: readonly Warning[];
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
export function compile(text: string, context: QueryContext): Compiled {
  try {
    const bound = bind(text, context.catalog);
    const { tables, warnings } = lower(bound, context);
    return {
      warnings,
      tables: tables.map(({ plan, visualization }) => {
        if (isLarger(plan, MAX_NODES))
          throw new MailhuntError('KQL0006', { text: `written out it has more than ${MAX_NODES} parts` });
        const improved = improve(plan);
        return { plan: improved, visualization, ...print(improved, context.catalog) };
      }),
    };
  } catch (error) {
    if (error instanceof RangeError)
      throw new MailhuntError('KQL0006', { text: 'it is nested too deeply' }, { cause: error });
    throw error;
  }
}

/**
 * Compiles and runs a query text. Errors of compilation are thrown at once, errors of the engine while blocks are read
 * (KQL0007, KQL0008).
 */
export async function runQuery(text: string, context: RunContext): Promise<Answer> {
  const { tables, warnings } = compile(text, context);
  return { warnings, tables: tables.map((table, i) => shape(table, i, context)) };
}

const shape = (table: CompiledTable, index: number, { engine, signal }: RunContext): ResultTable => ({
  name: index === 0 ? 'PrimaryResult' : `PrimaryResult_${index}`,
  columns: table.plan.schema,
  blocks: engine.texts(table.rowsSql, signal),
  visualization: table.visualization,
  sql: table.sql,
});
