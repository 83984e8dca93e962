import type { Column } from '../values/index.ts';

/** A column that shows only where a query names it. */
export interface HiddenColumn extends Column {
  /** SQL over the relation's columns, where the relation does not hold the column itself. */
  readonly sql?: string;
}

/** What a text column is known to hold. */
export interface ValueDomain {
  readonly texts: readonly string[];
  /** What it holds, in words for a person. */
  readonly holds: string;
  /** What to write instead of a text that people look for in vain: an RE2 pattern, and a predicate with its groups `$1`. */
  readonly instead: readonly { readonly find: string; readonly write: string }[];
}

/** A table that queries may name. */
export interface CatalogTable {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Columns that are there for a query that names them, and do not show otherwise (as Sentinel's `_BilledSize`). */
  readonly hidden?: readonly HiddenColumn[];
  /** What columns are known to hold, by name: where a predicate contradicts it the rows are looked at, and a warning may follow. */
  readonly domains?: Readonly<Record<string, ValueDomain>>;
  /** SQL of the relation, to stand after FROM: `"EmailEvents"` or a parenthesised SELECT. */
  readonly relation: string;
  /** Rows at hand, where it is cheap to know; 0 gives a warning where it matters. */
  readonly rows?: number;
}

/** The tables at hand when a query is compiled. */
export interface Catalog {
  /** The database's name, as `database('…')` and the protocols say it. */
  readonly database: string;
  readonly tables: readonly CatalogTable[];
  /** Changes when tables or columns change: what was bound against another version is bound again. */
  readonly version: string;
}
