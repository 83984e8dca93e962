import type { Catalog } from './catalog.ts';
import type { LoadedRows, Surroundings } from './surroundings.ts';

/** Whose rows a query sees: those of a time, ends included. */
export interface TimeScope {
  /** `Timestamp`, for which `TimeGenerated` stands too; tables without it keep all their rows. */
  readonly column: string;
  /** Datetime ticks. */
  readonly from?: bigint;
  readonly to?: bigint;
}

/** What a query is compiled against. */
export interface QueryContext {
  readonly catalog: Catalog;
  /** `now()`, in datetime ticks; the same throughout one query. */
  readonly now: bigint;
  /** Values for `declare query_parameters`, by name, as the text of KQL literals. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What the request says of `query_datetimescope_…`; the text's own `set` narrows it further. */
  readonly scope?: TimeScope;
  /** What stands around the query beside the tables. */
  readonly surroundings?: Surroundings;
  /** Rows from outside that were loaded for this query, by what was asked for. */
  readonly loaded?: ReadonlyMap<string, LoadedRows>;
}
