import { type Answer, compileOn, type QueryContext, runQuery, type Warning } from '../kql/index.ts';
import type { Store } from '../store/index.ts';
import type { Lender } from '../surroundings/index.ts';
import { ticksFromUnixMs } from '../values/index.ts';

/** How a query is asked for, beside its text. */
export interface QueryOptions {
  /** `now()` in datetime ticks; the clock's time where absent. */
  readonly now?: bigint;
  /** Values for `declare query_parameters`. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** What a query would do: for each of its tables the SQL, and on request the engine's plan of it. */
export interface Explanation {
  readonly tables: readonly { readonly sql: string; readonly plan?: string }[];
  readonly warnings: readonly Warning[];
}

/**
 * A store as commands use it, whether this process holds it ({@link sessionOn}) or a server does (`connect`).
 * `close` ends the session, not the store.
 */
export interface Session extends Pick<Store, 'append' | 'flush' | 'position' | 'summary'>, AsyncDisposable {
  /** Compiles and runs a query text; throws as `runQuery` does, its answer's tables are read in order. */
  query(text: string, options?: QueryOptions): Promise<Answer>;
  /** Compiles a query text without running it. */
  explain(text: string, options?: QueryOptions & { readonly plan?: boolean }): Promise<Explanation>;
  close(): Promise<void>;
}

/** How a query text is run; a parameter so that tests can do without the engine. */
export type Run = typeof runQuery;

/** A session on a store that this process holds. */
export function sessionOn(store: Store, now: () => number, lender?: Lender, run: Run = runQuery): Session {
  const context = async (options: QueryOptions): Promise<QueryContext> => ({
    catalog: store.catalog(),
    ...(lender && { surroundings: await lender.now() }),
    now: options.now ?? ticksFromUnixMs(now()),
    ...(options.parameters && { parameters: options.parameters }),
  });
  const close = async () => {};
  return {
    query: async (text, options = {}) =>
      run(text, {
        ...(await context(options)),
        engine: store.engine,
        ...(options.signal && { signal: options.signal }),
      }),
    explain: async (text, options = {}) => {
      const { tables, warnings } = await compileOn(text, {
        ...(await context(options)),
        engine: store.engine,
        ...(options.signal && { signal: options.signal }),
      });
      const explained = tables.map(async ({ sql }) =>
        options.plan ? { sql, plan: await store.engine.plan(sql) } : { sql },
      );
      return { tables: await Promise.all(explained), warnings };
    },
    append: (batch) => store.append(batch),
    flush: () => store.flush(),
    position: (source) => store.position(source),
    summary: () => store.summary(),
    close,
    [Symbol.asyncDispose]: close,
  };
}
