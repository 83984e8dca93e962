import {
  type Answer,
  type CheckedText,
  compileOn,
  type RunContext,
  runQuery,
  type TimeScope,
  type Warning,
} from '../kql/index.ts';
import { textsIn } from '../mail/index.ts';
import type { Keeping, KeptMessage, PurgeReport, PurgeRequest, Store } from '../store/index.ts';
import type { Lender } from '../surroundings/index.ts';
import { ticksFromUnixMs } from '../values/index.ts';

/** How a query is asked for, beside its text. */
export interface QueryOptions {
  /** `now()` in datetime ticks; the clock's time where absent. */
  readonly now?: bigint;
  /** Values for `declare query_parameters`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Whose rows it sees. */
  readonly scope?: TimeScope;
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
  /** The raw bytes of a message by its NetworkMessageId, undefined where it was not kept. Throws STORE0010 where they are damaged. */
  message(id: string): Promise<Buffer | undefined>;
  /** Those of the ids whose raw message is kept. */
  kept(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Keeps raw messages; they survive a kill once this resolves. */
  keep(messages: readonly KeptMessage[]): Promise<Keeping>;
  /** The store at this moment as the bytes of a tar, for `unpackBackup`; `mailhunt` is this program's version. */
  backup(mailhunt: string): AsyncIterable<Buffer>;
  /** Removes a person's data, or says what would be removed. Throws STORE0015 for what is no person. */
  purge(request: PurgeRequest): Promise<PurgeReport>;
  close(): Promise<void>;
}

/** How a query text is run; a parameter so that tests can do without the engine. */
export type Run = typeof runQuery;

/** How a text that is being written is checked. */
export type Check = (text: string, context: RunContext) => Promise<CheckedText>;

/** How a text is laid out. */
export type Format = (text: string, context: RunContext) => Promise<string>;

/** What queries on a store are run on, as they are asked for. */
export const contextOn =
  (store: Store, now: () => number, lender?: Lender) =>
  async (options: QueryOptions): Promise<RunContext> => ({
    catalog: store.catalog(),
    engine: store.engine,
    ...(lender && { surroundings: await lender.now() }),
    now: options.now ?? ticksFromUnixMs(now()),
    ...(options.parameters && { parameters: options.parameters }),
    ...(options.scope && { scope: options.scope }),
    ...(options.signal && { signal: options.signal }),
  });

/** A session on a store that this process holds. */
export function sessionOn(store: Store, now: () => number, lender?: Lender, run: Run = runQuery): Session {
  const context = contextOn(store, now, lender);
  const close = async () => {};
  return {
    query: async (text, options = {}) => run(text, await context(options)),
    explain: async (text, options = {}) => {
      const { tables, warnings } = await compileOn(text, await context(options));
      const explained = tables.map(async ({ sql }) =>
        options.plan ? { sql, plan: await store.engine.plan(sql) } : { sql },
      );
      return { tables: await Promise.all(explained), warnings };
    },
    append: (batch) => store.append(batch),
    flush: () => store.flush(),
    position: (source) => store.position(source),
    summary: () => store.summary(),
    message: (id) => store.messages.read(id),
    kept: (ids) => store.messages.has(ids),
    keep: (messages) => store.messages.keep(messages),
    backup: (mailhunt) => store.backup(mailhunt),
    purge: (request) => store.purge(request, textsIn),
    close,
    [Symbol.asyncDispose]: close,
  };
}
