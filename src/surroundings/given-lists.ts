import type { LentTable } from '../kql/index.ts';
import type { Column, Value } from '../values/index.ts';
import { aliases, itemId, type LentLists, standard } from './watchlists.ts';

/** A watchlist that no file holds. Its first column is the search key. */
export interface GivenList {
  readonly columns: readonly string[];
  /** One text for each column. */
  readonly rows: readonly (readonly string[])[];
}

type Lists = ReadonlyMap<string, GivenList>;

/** The functions `_GetWatchlist` and `_GetWatchlistAlias` over lists that are at hand. */
export const lentFrom = (lists: Lists, updated: bigint): LentLists => ({
  tables: [watchlist(lists, updated), aliases(lists)],
  version: JSON.stringify([...lists].map(([alias, { columns }]) => [alias, columns])),
});

const watchlist = (lists: Lists, updated: bigint): LentTable => ({
  name: '_GetWatchlist',
  parameters: [
    { name: 'watchlistAlias', type: 'string' },
    { name: 'keys', type: 'dynamic', optional: true },
  ],
  columns: ([alias, keys]) => [...standard, ...shown(lists.get(String(alias)), keys)],
  load: async ([alias, keys]) => {
    const name = String(alias);
    const list = lists.get(name);
    if (list === undefined) return { rows: '[]', missing: `there is no watchlist ${JSON.stringify(name)}` };
    return { rows: JSON.stringify(rowsOf(name, list, shown(list, keys), updated)) };
  },
});

/** The list's own columns, or those that are asked for; what each watchlist has wins over a column of its name. */
function shown(list: GivenList | undefined, keys: Value | undefined): readonly Column[] {
  const names = Array.isArray(keys) ? [...new Set(keys.map(String))] : (list?.columns ?? []);
  const taken = new Set(standard.map(({ name }) => name));
  return names.filter((name) => !taken.has(name)).map((name) => ({ name, type: 'string' }));
}

const rowsOf = (alias: string, { columns, rows }: GivenList, asked: readonly Column[], updated: bigint): string[][] =>
  rows.map((row, i) => {
    const item = Object.fromEntries(columns.map((name, at) => [name, row[at] ?? '']));
    const cells = asked.map(({ name }) => item[name] ?? '');
    return [itemId(alias, i, row), String(updated), row[0] ?? '', JSON.stringify(item), ...cells];
  });
