import type { LentTable } from '../kql/index.ts';
import { listRows, ownColumns, watchlistAliases, watchlistFunction } from './watchlist-function.ts';
import type { LentLists } from './watchlists.ts';

/** A watchlist that no file holds. Its first column is the search key. */
export interface GivenList {
  readonly columns: readonly string[];
  /** One text for each column. */
  readonly rows: readonly (readonly string[])[];
}

type Lists = ReadonlyMap<string, GivenList>;

/** The functions `_GetWatchlist` and `_GetWatchlistAlias` over lists that are at hand. */
export const lentFrom = (lists: Lists, updated: bigint): LentLists => ({
  tables: [watchlist(lists, updated), watchlistAliases(lists)],
  version: JSON.stringify([...lists].map(([alias, { columns }]) => [alias, columns])),
});

const watchlist = (lists: Lists, updated: bigint): LentTable =>
  watchlistFunction({
    columns: (alias, keys) => ownColumns(keys, () => lists.get(alias)?.columns ?? []),
    rows: async (alias, columns) => {
      const list = lists.get(alias);
      if (list === undefined) return { rows: '[]', missing: `there is no watchlist ${JSON.stringify(alias)}` };
      const { columns: names, rows: records } = list;
      return { rows: listRows({ alias, names, records, key: 0, updated: String(updated) }, columns) };
    },
  });
