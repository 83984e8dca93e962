import { createHash } from 'node:crypto';
import type { LentTable, LoadedRows } from '../kql/index.ts';
import type { Column, Value } from '../values/index.ts';

/** The columns that each watchlist has. */
export const standard: readonly Column[] = [
  { name: '_DTItemId', type: 'string' },
  { name: 'LastUpdatedTimeUTC', type: 'datetime' },
  { name: 'SearchKey', type: 'string' },
  { name: 'WatchlistItem', type: 'dynamic' },
];

/** Where the lists are that `_GetWatchlist` reads. */
export interface ListSource {
  /** The columns that are there beside {@link standard}, as {@link ownColumns} picks them. */
  columns(alias: string, keys: Value | undefined): readonly Column[];
  rows(alias: string, columns: readonly Column[]): Promise<LoadedRows>;
}

/** The function `_GetWatchlist(alias, keys)`. */
export const watchlistFunction = (source: ListSource): LentTable => ({
  name: '_GetWatchlist',
  parameters: [
    { name: 'watchlistAlias', type: 'string' },
    { name: 'keys', type: 'dynamic', optional: true },
  ],
  columns: ([alias, keys]) => [...standard, ...source.columns(String(alias), keys)],
  load: ([alias, keys]) => source.rows(String(alias), source.columns(String(alias), keys)),
});

/** `_GetWatchlistAlias()`: which there are. */
export const watchlistAliases = (lists: ReadonlyMap<string, unknown>): LentTable => ({
  name: '_GetWatchlistAlias',
  parameters: [],
  columns: () => [{ name: 'WatchlistAlias', type: 'string' }],
  load: async () => ({ rows: JSON.stringify([...lists.keys()].sort().map((alias) => [alias])) }),
});

/** A list's columns by name, or those that are asked for; what each watchlist has wins over a column of its name. */
export function ownColumns(keys: Value | undefined, names: () => readonly string[]): readonly Column[] {
  const taken = new Set(standard.map(({ name }) => name));
  const shown = Array.isArray(keys) ? [...new Set(keys.map(String))] : names();
  return shown.filter((name) => !taken.has(name)).map((name) => ({ name, type: 'string' }));
}

/** What the rows of a list are made of. */
export interface ListRows {
  readonly alias: string;
  readonly names: readonly string[];
  readonly records: readonly (readonly string[])[];
  /** The place of the search key among the names. */
  readonly key: number;
  /** Datetime ticks, as text; null where nobody knows. */
  readonly updated: string | null;
}

/** The rows as the host reads them: those of {@link standard}, then the columns that are shown. */
export function listRows({ alias, names, records, key, updated }: ListRows, columns: readonly Column[]): string {
  const places = columns.map(({ name }) => names.indexOf(name));
  const rows = records.map((record, i) => {
    const item = Object.fromEntries(names.map((name, at) => [name, record[at] ?? '']));
    const cells = places.map((at) => record[at] ?? '');
    return [itemId(alias, i, record), updated, record[key] ?? '', JSON.stringify(item), ...cells];
  });
  return JSON.stringify(rows);
}

/** The same item of a file that did not change has the same id. */
function itemId(alias: string, at: number, record: readonly string[]): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([alias, at, record]))
    .digest('hex');
  return hash.slice(0, 32).replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
