import type { Value } from '../values/index.ts';
import type { Catalog } from './catalog.ts';
import type { Plan } from './plan/index.ts';
import type { Answer, Visualization, Warning } from './run/answer.ts';
import type { Engine } from './run/engine.ts';

/** What a query is compiled and run against. */
export interface QueryContext {
  readonly catalog: Catalog;
  /** `now()`, in datetime ticks; the same throughout one query. */
  readonly now: bigint;
  /** Values for `declare query_parameters`, by name, as KQL literals or plain text. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Functions that the surroundings lend (`_GetWatchlist`, `FileProfile`), constant-folded before printing. */
  readonly host?: Readonly<Record<string, (args: readonly Value[]) => Value>>;
}

/** One tabular statement, compiled. */
export interface CompiledTable {
  readonly plan: Plan;
  /** The statement as a person would read it, without the result's JSON printing. */
  readonly sql: string;
  /** The same, each row printed as the text of a JSON array. */
  readonly rowsSql: string;
  readonly visualization: Visualization | undefined;
}

/** A query text, compiled: nothing has run yet. */
export interface Compiled {
  readonly tables: readonly CompiledTable[];
  readonly warnings: readonly Warning[];
}

/** Compiles a query text, or throws a MailhuntError KQL0001..KQL0006 with the place in the text. */
export function compile(_text: string, _context: QueryContext): Compiled {
  throw new Error('being built');
}

/** Compiles and runs a query text. Errors of compilation are thrown at once, errors of the engine while blocks are read (KQL0007, KQL0008). */
export function runQuery(
  _text: string,
  _context: QueryContext & { readonly engine: Engine; readonly signal?: AbortSignal },
): Answer {
  throw new Error('being built');
}
