import { MailhuntError } from '../../errors/index.ts';
import { type Catalog, type LoadedRows, type Reading, readText, type Surroundings } from '../../kql/index.ts';
import { bareSurroundings, ownColumns, watchlistAliases, watchlistFunction } from '../../surroundings/index.ts';
import type { Column } from '../../values/index.ts';

/** Rounds in which columns of watchlists are found; a round may show names that an error of the one before hid. */
const ROUNDS = 3;

/** Microsoft's codes for a name that is no column. */
const isUnknownName = new Set(['KS142', 'KS204', 'KS109']);

export interface QueryRead {
  readonly reading: Reading | undefined;
  /** Why there is no reading. */
  readonly unread?: MailhuntError;
}

/**
 * Reads a query without a store: watchlists are there under any name, with the columns that the query reads of them.
 *
 * @param now datetime ticks
 * @param loaded rows of sources outside by what is asked for; none where it says nothing
 */
export function readQuery(text: string, catalog: Catalog, now: bigint, loaded: Loaded = noRows): QueryRead {
  try {
    return { reading: readLeniently(text, catalog, now, loaded) };
  } catch (error) {
    if (error instanceof MailhuntError) return { reading: undefined, unread: error };
    throw error;
  }
}

type Loaded = ReadonlyMap<string, LoadedRows>;

function readLeniently(text: string, catalog: Catalog, now: bigint, loaded: Loaded): Reading {
  const read = (columns: readonly string[]) =>
    readText(text, { catalog, now, loaded, surroundings: surroundings(columns) });
  let columns: readonly string[] = [];
  let reading = read(columns);
  if (!/_GetWatchlist/i.test(text)) return reading;
  for (let round = 0; round < ROUNDS; round++) {
    const missing = unknownNames(reading).filter((name) => !columns.includes(name));
    if (missing.length === 0) return reading;
    columns = [...columns, ...missing];
    const wider = read(columns);
    if (mistakes(wider) >= mistakes(reading)) return reading;
    reading = wider;
  }
  return reading;
}

const mistakes = ({ diagnostics }: Reading): number =>
  diagnostics.filter(({ severity }) => severity === 'Error').length;

const unknownNames = ({ text, diagnostics }: Reading): string[] => [
  ...new Set(
    diagnostics
      .filter(({ code }) => isUnknownName.has(code))
      .map(({ span }) => text.slice(span.start, span.start + span.length))
      .filter((name) => /^[A-Za-z_]\w{0,127}$/.test(name)),
  ),
];

/** Whatever a query would load from outside: its plan is wanted, and no rows. */
class NoRows extends Map<string, LoadedRows> {
  override get(): LoadedRows {
    return { rows: '[]' };
  }
}

const noRows = new NoRows();

const nothing = async () => ({ rows: '[]' });

function surroundings(columns: readonly string[]): Surroundings {
  const bare = bareSurroundings();
  const read = columns.map((name): Column => ({ name, type: 'string' }));
  const watchlist = watchlistFunction({
    columns: (_, keys) => [...ownColumns(keys, () => []), ...read],
    rows: nothing,
  });
  return { ...bare, tables: [watchlist, watchlistAliases(new Map())], version: `lint ${columns.join(' ')}` };
}
