import { join, resolve } from 'node:path';
import { MailhuntError } from '../errors/index.ts';
import type { LentTable, LoadedRows } from '../kql/index.ts';
import type { WatchlistSetting } from '../settings/index.ts';
import { type Column, ticksFromUnixMs } from '../values/index.ts';
import { inlineList } from './inline-list.ts';
import { contentOf, filesIn, listsIn, namesIn, type Watchlist } from './list-file.ts';
import type { ListContent } from './stix.ts';
import { listRows, ownColumns, watchlistAliases, watchlistFunction } from './watchlist-function.ts';

/** Those that there are, by alias. */
type Found = ReadonlyMap<string, Watchlist>;

/** What queries see of the watchlists. */
export interface LentLists {
  readonly tables: readonly LentTable[];
  readonly version: string;
}

export interface ListOptions {
  readonly shipped?: string | undefined;
  readonly own?: readonly string[];
  readonly clock?: () => number;
}

/** The watchlists of a store. Files are looked at for each query, and read by those that ask for them. */
export class Watchlists {
  readonly #folder: string;
  readonly #settings: Readonly<Record<string, WatchlistSetting>>;
  readonly #options: ListOptions;

  /**
   * @param store its folder; paths in the settings start there
   * @param options.shipped a folder of lists for aliases that neither the store nor the settings have
   * @param options.own domains that are the list SenderDomains, where neither has one
   * @param options.clock milliseconds since 1970: indicators have their time
   */
  constructor(store: string, settings: Readonly<Record<string, WatchlistSetting>>, options: ListOptions = {}) {
    this.#folder = resolve(store);
    this.#settings = settings;
    this.#options = options;
  }

  /** The functions `_GetWatchlist` and `_GetWatchlistAlias` over what is there now, and a version of their columns. */
  async now(): Promise<LentLists> {
    const { shipped: folder, own = [] } = this.#options;
    const shipped = folder === undefined ? [] : await filesIn(folder);
    const stored = await filesIn(join(this.#folder, 'watchlists'));
    const all = [
      ...(await listsIn(shipped)),
      ...(own.length === 0 ? [] : [settingsList('SenderDomains', inlineList(own, 'Domain'))]),
      ...(await listsIn(stored)),
      ...(await this.#named()),
    ];
    // of one alias the last is meant
    return this.#lent(new Map(all.map((list) => [list.alias, list])));
  }

  /** The same where there are none. */
  none(): LentLists {
    return this.#lent(new Map());
  }

  #lent(lists: Found): LentLists {
    return { tables: [this.#watchlist(lists), watchlistAliases(lists)], version: JSON.stringify([...lists.values()]) };
  }

  /** Those that the settings name. An alias is looked up among those that are there: it never becomes a path. */
  async #named(): Promise<readonly Watchlist[]> {
    const entries = Object.entries(this.#settings);
    const files = entries.flatMap(([alias, { file }]): [string, string][] =>
      file === undefined ? [] : [[alias, resolve(this.#folder, file)]],
    );
    const lists = entries.flatMap(([alias, { values, search_key: column = 'Value' }]) =>
      values === undefined ? [] : [settingsList(alias, inlineList(values, column))],
    );
    return [...(await listsIn(files)), ...lists];
  }

  #watchlist(lists: Found): LentTable {
    return watchlistFunction({
      columns: (alias, keys) => ownColumns(keys, () => namesOf(lists.get(alias))),
      rows: async (alias, columns) => {
        const list = lists.get(alias);
        if (list === undefined) return { rows: '[]', missing: this.#missing(alias, lists) };
        const content = await contentOf(list, this.#options.clock ?? Date.now);
        return rowsOf(list, content, this.#settings[alias]?.search_key, columns);
      },
    });
  }

  #missing(alias: string, lists: Found): string {
    const near = [...lists.keys()].find((known) => known.toLowerCase() === alias.toLowerCase());
    const hint = near === undefined ? '' : `; there is ${near}, and case matters`;
    return `there is no watchlist ${JSON.stringify(alias)}: no file ${JSON.stringify(`${alias}.csv`)} in the store's folder watchlists${hint}`;
  }
}

/** A list that the settings hold, or that is worked out from them. */
const settingsList = (alias: string, values: ListContent): Watchlist => ({
  alias,
  file: 'mailhunt.yaml',
  values,
  bytes: 0,
  changed: 0,
});

const namesOf = (list: Watchlist | undefined): readonly string[] => (list === undefined ? [] : namesIn(list));

function rowsOf(
  { alias, changed, values }: Watchlist,
  { columns: names, records, leftOut }: ListContent,
  searchKey: string | undefined,
  columns: readonly Column[],
): LoadedRows {
  const key = searchKey === undefined ? 0 : names.indexOf(searchKey);
  if (key < 0) throw new MailhuntError('KQL0014', { alias, column: String(searchKey) });
  const updated = values === undefined ? String(ticksFromUnixMs(changed)) : null;
  const rows = listRows({ alias, names, records, key, updated }, columns);
  return leftOut === undefined ? { rows } : { rows, leftOut: `the watchlist ${JSON.stringify(alias)}: ${leftOut}` };
}
