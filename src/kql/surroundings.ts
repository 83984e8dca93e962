import type { Column, Value } from '../values/index.ts';
import type { Schema } from './plan/index.ts';

/** A function that is kept beside the tables, for every query (`.create function`). */
export interface StoredFunction {
  readonly name: string;
  /** As written, with its parentheses: `(T:(Sender:string), days:long=7)`. */
  readonly parameters: string;
  /** As written, with its braces. */
  readonly body: string;
  /** What is wrong with its text, where it cannot be read: a call says so. */
  readonly wrong?: string;
}

/** Rows that were loaded, and what the asker should know about them. */
export interface LoadedRows {
  /** The text of a JSON array of rows, each an array with one text or null for each column (`hostTextOfValue`). */
  readonly rows: string;
  /** What is missing, in words. */
  readonly missing?: string;
  /** What the source has and these rows do not, in words. */
  readonly leftOut?: string;
}

/** A function that gives a table whose columns depend on its constant arguments (`_GetWatchlist('VIP')`). */
export interface LentTable {
  readonly name: string;
  readonly parameters: readonly (Column & { readonly optional?: boolean })[];
  /** The columns for these arguments. Undefined stands for an argument that is no constant where the binder asks. */
  readonly columns: (args: readonly (Value | undefined)[]) => Schema;
  readonly load: (args: readonly Value[], signal?: AbortSignal) => Promise<LoadedRows>;
}

/** A function of rows (`invoke FileProfile()`) that adds columns of which nothing is known here: they are null. */
export interface Enrichment {
  readonly name: string;
  /** The column that it looks up where its first argument names none. */
  readonly key: string;
  readonly columns: Schema;
}

/** What `externaldata` asks for. */
export interface ExternalRequest {
  readonly schema: Schema;
  /** Storage connection strings, mostly URLs. */
  readonly sources: readonly string[];
  /** Its `with (…)`: property names in lower case. */
  readonly properties: Readonly<Record<string, string>>;
}

/** What stands around a query beside the tables: lent by whoever opens the store, the same throughout one query. */
export interface Surroundings {
  /** Changes when a function, a column of a lent table or a name changes. */
  readonly version: string;
  readonly functions: readonly StoredFunction[];
  readonly tables: readonly LentTable[];
  readonly enrichments: readonly Enrichment[];
  /** Scalar functions that answer null for want of a source, with the words of the warning. */
  readonly unanswered?: Readonly<Record<string, string>>;
  /** Further names of this database, of its cluster and of the workspace (`workspace('contoso')`). */
  readonly names: readonly string[];
  /** Rows of `externaldata`. Throws KQL0012 where they are not allowed, KQL0013 where they cannot be had. */
  readonly external: (request: ExternalRequest, signal?: AbortSignal) => Promise<LoadedRows>;
}
