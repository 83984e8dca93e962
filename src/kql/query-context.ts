import type { Value } from '../values/index.ts';
import type { Catalog } from './catalog.ts';

/** What a query is compiled against. */
export interface QueryContext {
  readonly catalog: Catalog;
  /** `now()`, in datetime ticks; the same throughout one query. */
  readonly now: bigint;
  /** Values for `declare query_parameters`, by name, as the text of KQL literals. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Functions that the surroundings lend (`_GetWatchlist`, `FileProfile`), constant-folded before printing. */
  readonly host?: Readonly<Record<string, (args: readonly Value[]) => Value>>;
}
