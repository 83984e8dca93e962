import type { Column } from '../values/index.ts';

/** A table that queries may name. */
export interface CatalogTable {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Columns that are there for a query that names them, and do not show otherwise (as Sentinel's `_BilledSize`). */
  readonly hidden?: readonly Column[];
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
