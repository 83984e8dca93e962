import type { Catalog } from './catalog.ts';
import type { LoadedRows, Surroundings } from './surroundings.ts';

/** What a query is compiled against. */
export interface QueryContext {
  readonly catalog: Catalog;
  /** `now()`, in datetime ticks; the same throughout one query. */
  readonly now: bigint;
  /** Values for `declare query_parameters`, by name, as the text of KQL literals. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What stands around the query beside the tables. */
  readonly surroundings?: Surroundings;
  /** Rows from outside that were loaded for this query, by what was asked for. */
  readonly loaded?: ReadonlyMap<string, LoadedRows>;
}
