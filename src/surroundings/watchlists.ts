import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { MailhuntError } from '../errors/index.ts';
import type { LentTable, LoadedRows } from '../kql/index.ts';
import type { WatchlistSetting } from '../settings/index.ts';
import { type Column, ticksFromUnixMs, type Value } from '../values/index.ts';
import { recordsOf } from './delimited.ts';

/** A watchlist of more bytes is refused. */
const MAX_BYTES = 256 * 1024 * 1024;
/** The bytes of a file in which its first line must end. */
const HEADER_BYTES = 64 * 1024;

/** The columns that each watchlist has. */
const standard: readonly Column[] = [
  { name: '_DTItemId', type: 'string' },
  { name: 'LastUpdatedTimeUTC', type: 'datetime' },
  { name: 'SearchKey', type: 'string' },
  { name: 'WatchlistItem', type: 'dynamic' },
];

/** A watchlist as it stands now: one CSV file. */
interface Watchlist {
  readonly alias: string;
  readonly file: string;
  readonly bytes: number;
  /** When the file was changed, milliseconds since 1970. */
  readonly changed: number;
}

/** Those that there are, by alias. */
type Found = ReadonlyMap<string, Watchlist>;

/** What queries see of the watchlists. */
export interface LentLists {
  readonly tables: readonly LentTable[];
  readonly version: string;
}

/** The watchlists of a store. Files are looked at for each query, and read by those that ask for them. */
export class Watchlists {
  readonly #folder: string;
  readonly #settings: Readonly<Record<string, WatchlistSetting>>;

  /** `store`: its folder; paths in the settings start there. */
  constructor(store: string, settings: Readonly<Record<string, WatchlistSetting>>) {
    this.#folder = resolve(store);
    this.#settings = settings;
  }

  /** The functions `_GetWatchlist` and `_GetWatchlistAlias` over what is there now, and a version of their columns. */
  async now(): Promise<LentLists> {
    const found = await Promise.all([...(await this.#files())].map(([alias, file]) => watchlistIn(alias, file)));
    const lists = new Map(found.flatMap((list) => (list === undefined ? [] : [[list.alias, list]])));
    return this.#lent(lists);
  }

  /** The same where there are none. */
  none(): LentLists {
    return this.#lent(new Map());
  }

  #lent(lists: Found): LentLists {
    return { tables: [this.#watchlist(lists), aliases(lists)], version: JSON.stringify([...lists.values()]) };
  }

  /** The files by alias. An alias is looked up among those that are there: it never becomes a path. */
  async #files(): Promise<Map<string, string>> {
    const folder = join(this.#folder, 'watchlists');
    const names = await readdir(folder).catch(() => []);
    const files = names
      .filter((name) => /.\.csv$/i.test(name))
      .map((name): [string, string] => [basename(name).slice(0, -4), join(folder, name)]);
    const named = Object.entries(this.#settings).flatMap(([alias, { file }]): [string, string][] =>
      file === undefined ? [] : [[alias, resolve(this.#folder, file)]],
    );
    return new Map([...files, ...named]);
  }

  #watchlist(lists: Found): LentTable {
    return {
      name: '_GetWatchlist',
      parameters: [
        { name: 'watchlistAlias', type: 'string' },
        { name: 'keys', type: 'dynamic', optional: true },
      ],
      columns: ([alias, keys]) => [...standard, ...shown(lists.get(String(alias)), keys)],
      load: async ([alias, keys]) => {
        const list = lists.get(String(alias));
        if (list === undefined) return { rows: '[]', missing: this.#missing(String(alias), lists) };
        return rowsOf(list, this.#settings[list.alias]?.search_key, shown(list, keys));
      },
    };
  }

  #missing(alias: string, lists: Found): string {
    const near = [...lists.keys()].find((known) => known.toLowerCase() === alias.toLowerCase());
    const hint = near === undefined ? '' : `; there is ${near}, and case matters`;
    return `there is no watchlist ${JSON.stringify(alias)}: no file ${JSON.stringify(`${alias}.csv`)} in the store's folder watchlists${hint}`;
  }
}

async function watchlistIn(alias: string, file: string): Promise<Watchlist | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? { alias, file, bytes: found.size, changed: Math.trunc(found.mtimeMs) } : undefined;
}

/** `_GetWatchlistAlias()`: which there are. */
const aliases = (lists: Found): LentTable => ({
  name: '_GetWatchlistAlias',
  parameters: [],
  columns: () => [{ name: 'WatchlistAlias', type: 'string' }],
  load: async () => ({ rows: JSON.stringify([...lists.keys()].sort().map((alias) => [alias])) }),
});

/** The file's own columns, or those that are asked for; what each watchlist has wins over a column of its name. */
function shown(list: Watchlist | undefined, keys: Value | undefined): readonly Column[] {
  const taken = new Set(standard.map(({ name }) => name));
  const names = Array.isArray(keys) ? [...new Set(keys.map(String))] : list === undefined ? [] : namesIn(list);
  return names.filter((name) => !taken.has(name)).map((name) => ({ name, type: 'string' }));
}

/** The names in the first line, read at once: the binder asks for columns and cannot wait. */
function namesIn(list: Watchlist): readonly string[] {
  const bytes = Buffer.alloc(HEADER_BYTES);
  let length: number;
  try {
    const handle = openSync(list.file, 'r');
    length = readSync(handle, bytes);
    closeSync(handle);
  } catch (cause) {
    throw unreadable(list, reasonOf(cause as NodeJS.ErrnoException), cause);
  }
  if (length === HEADER_BYTES && !bytes.includes('\n')) throw unreadable(list, 'its first line is too long');
  const [header = []] = recordsOf(plainText(bytes.subarray(0, length)), ',');
  return columnNames(header);
}

const plainText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Who asks may be anybody in the network: where the store lies is not for them. */
const unreadable = ({ alias, file }: Watchlist, text: string, cause?: unknown): MailhuntError =>
  new MailhuntError('KQL0017', { alias, file: basename(file), text }, { cause });

/** What the system says is wrong with a file, without its path. */
const reasonOf = (error: NodeJS.ErrnoException): string => `the system does not open it (${error.code})`;

/** Names for the columns of a file: what is empty is counted, what comes twice is numbered. */
function columnNames(header: readonly string[]): string[] {
  const names = new Set<string>();
  const numbers = new Map<string, number>();
  for (const [i, text] of header.entries()) {
    const plain = text.trim() === '' ? `Column${i + 1}` : text.trim();
    let name = plain;
    let n = numbers.get(plain) ?? 1;
    for (; names.has(name); n++) name = `${plain}_${n}`;
    numbers.set(plain, n);
    names.add(name);
  }
  return [...names];
}

async function rowsOf(list: Watchlist, searchKey: string | undefined, columns: readonly Column[]): Promise<LoadedRows> {
  const { alias, file, bytes, changed } = list;
  if (bytes > MAX_BYTES) throw unreadable(list, `it has more than ${MAX_BYTES} bytes`);
  const content = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(list, reasonOf(cause), cause);
  });
  const [header = [], ...records] = recordsOf(plainText(content), ',');
  const names = columnNames(header);
  const key = searchKey === undefined ? 0 : names.indexOf(searchKey);
  if (key < 0) throw new MailhuntError('KQL0014', { alias, column: String(searchKey) });
  const places = columns.map(({ name }) => names.indexOf(name));
  const updated = String(ticksFromUnixMs(changed));
  const rows = records.map((record, i) => {
    const item = Object.fromEntries(names.map((name, at) => [name, record[at] ?? '']));
    const cells = places.map((at) => record[at] ?? '');
    return [itemId(alias, i, record), updated, record[key] ?? '', JSON.stringify(item), ...cells];
  });
  return { rows: JSON.stringify(rows) };
}

/** The same item of a file that did not change has the same id. */
function itemId(alias: string, at: number, record: readonly string[]): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([alias, at, record]))
    .digest('hex');
  return hash.slice(0, 32).replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
