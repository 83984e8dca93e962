import type { MailhuntError } from '../../errors/index.ts';
import type { Answer, Warning } from '../../kql/index.ts';
import { isOfRule } from '../run/run-rule.ts';

/** A store as the doctor asks it: a session. */
export interface Examined {
  query(text: string, options: AskOptions): Promise<Pick<Answer, 'tables' | 'warnings'>>;
  explain(text: string, options: AskOptions): Promise<{ readonly warnings: readonly Warning[] }>;
  summary(): Promise<readonly TableFacts[]>;
}

interface AskOptions {
  /** Datetime ticks. */
  readonly now: bigint;
  readonly signal: AbortSignal;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** What a store says of a table; datetime ticks of its oldest and newest row. */
export interface TableFacts {
  readonly name: string;
  readonly rows: number;
  readonly from: bigint | null;
  readonly to: bigint | null;
}

/** What is there under the alias of a watchlist; `missing` in words where nothing is. */
export type ListFacts = { readonly rows: number } | { readonly missing: string };

/** What a store has, asked once for all rules. */
export class StoreFacts {
  readonly tables: ReadonlyMap<string, TableFacts>;
  readonly #store: Examined;
  readonly #options: AskOptions;
  readonly #lists = new Map<string, Promise<ListFacts>>();
  readonly #addresses = new Map<string, Promise<MailhuntError | undefined>>();

  private constructor(store: Examined, options: AskOptions, summary: readonly TableFacts[]) {
    this.#store = store;
    this.#options = options;
    this.tables = new Map(summary.map((table) => [table.name, table]));
  }

  static async of(store: Examined, options: AskOptions): Promise<StoreFacts> {
    return new StoreFacts(store, options, await store.summary());
  }

  /** Compiles a text against the store; throws as its queries do. */
  compile(text: string, parameters: Readonly<Record<string, string>>): Promise<{ warnings: readonly Warning[] }> {
    return this.#store.explain(text, { ...this.#options, parameters });
  }

  watchlist(alias: string): Promise<ListFacts> {
    const known = this.#lists.get(alias) ?? this.#watchlist(alias);
    this.#lists.set(alias, known);
    return known;
  }

  /** What is in the way of reading an address with `externaldata`; undefined where it can be read. */
  address(url: string): Promise<MailhuntError | undefined> {
    const known = this.#addresses.get(url) ?? this.#address(url);
    this.#addresses.set(url, known);
    return known;
  }

  async #watchlist(alias: string): Promise<ListFacts> {
    try {
      const { tables, warnings } = await this.#store.query(
        `_GetWatchlist(${JSON.stringify(alias)}) | count`,
        this.#options,
      );
      let rows = 0;
      for await (const block of tables[0]!.blocks) for (const row of block) rows = Number(JSON.parse(row)[0]);
      const missing = warnings.find(({ code }) => code === 'WARN0004');
      return missing === undefined ? { rows } : { missing: missing.message };
    } catch (error) {
      if (isOfRule(error)) return { missing: error.message };
      throw error;
    }
  }

  async #address(url: string): Promise<MailhuntError | undefined> {
    try {
      await this.compile(`externaldata(line:string)[${JSON.stringify(url)}] with (format='txt')`, {});
      return undefined;
    } catch (error) {
      if (isOfRule(error)) return error;
      throw error;
    }
  }
}
