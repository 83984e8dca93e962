import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { LookUpPlace, StoredFunction, Surroundings } from '../kql/index.ts';
import type { Settings, WatchlistSetting } from '../settings/index.ts';
import { enrichments, ownFunctions } from './enrichments.ts';
import { readExternal } from './external-setting.ts';
import { FunctionFiles } from './function-files.ts';
import { type GivenList, lentFrom } from './given-lists.ts';
import type { Get } from './read-bytes.ts';
import { shippedLists } from './shipped-lists.ts';
import { type LentLists, Watchlists } from './watchlists.ts';

/** What few queries need is loaded when one does: it is a part of the time in which a command starts. */
const httpGet: Get = async (url, signal) => (await import('./http-get.ts')).httpGet(url, signal);

/** What a store's folder and settings put around queries. */
export interface Lender {
  readonly functions: FunctionFiles;
  /** Where addresses are, where the settings name a database of them. */
  readonly placeOf: LookUpPlace | undefined;
  /** What stands around a query that begins now. */
  now(): Promise<Surroundings>;
}

/** The settings that matter here. */
export type LenderSettings = Pick<Settings, 'aliases' | 'watchlists' | 'geo_database' | 'externaldata'> &
  Partial<Pick<Settings, 'accepted_domains'>>;

/**
 * Opens what stands around the queries on a store.
 *
 * @param get the network; another one in tests
 * @param clock milliseconds since 1970
 * @throws MailhuntError CONF0002 where the database of addresses cannot be read
 */
export async function openSurroundings(
  store: string,
  settings: LenderSettings,
  get: Get = httpGet,
  clock: () => number = Date.now,
): Promise<Lender> {
  const folder = resolve(store);
  const { aliases, geo_database: places } = settings;
  const placeOf = places === '' ? undefined : await (await import('./places.ts')).openPlaces(resolve(folder, places));
  const functions = new FunctionFiles(folder);
  const watchlists = new Watchlists(folder, settings.watchlists as Readonly<Record<string, WatchlistSetting>>, {
    shipped: shippedLists(),
    own: settings.accepted_domains ?? [],
    clock,
  });
  const access = { setting: readExternal(settings.externaldata), folder, get };
  const unanswered: Record<string, string> =
    placeOf === undefined
      ? { geo_info_from_ip_address: 'there is no database of addresses: name one as geo_database in mailhunt.yaml' }
      : {};
  const external: Surroundings['external'] = async (request, signal) =>
    (await import('./external.ts')).readExternalData(request, access, signal);
  return {
    functions,
    placeOf,
    now: async () => {
      const [stored, lists] = await Promise.all([functions.now(), watchlists.now()]);
      return { ...surroundingsOf(stored, lists, aliases), unanswered, external };
    },
  };
}

/** What stands around the queries on a store that has nothing but its tables: for the start-up snapshot. */
export const bareSurroundings = (): Surroundings => ({
  ...surroundingsOf([], new Watchlists('', {}).none(), []),
  external: async () => ({ rows: '[]' }),
});

/** What stands around the queries of a proof. */
export interface GivenSurroundings {
  /** Watchlists by alias. */
  readonly lists: Readonly<Record<string, GivenList>>;
  readonly functions: readonly StoredFunction[];
  /** When the lists were changed last, in datetime ticks. */
  readonly updated: bigint;
}

/**
 * What stands around the queries of a proof: what is given, and nothing from outside; `externaldata` has no rows.
 *
 * @example surroundingsWith({ lists: { VIP: { columns: ['Address'], rows: [['ceo@contoso.com']] } }, functions: [], updated })
 */
export const surroundingsWith = ({ lists, functions, updated }: GivenSurroundings): Surroundings => ({
  ...surroundingsOf(functions, lentFrom(new Map(Object.entries(lists)), updated), []),
  external: async () => ({ rows: '[]', missing: 'a test reads nothing from outside' }),
});

function surroundingsOf(
  stored: readonly StoredFunction[],
  { tables, version }: LentLists,
  names: readonly string[],
): Omit<Surroundings, 'external'> {
  const taken = new Set(stored.map(({ name }) => name));
  const functions = [...ownFunctions.filter(({ name }) => !taken.has(name)), ...stored];
  return { version: versionOf([functions, version, names]), functions, tables, enrichments, names };
}

const versionOf = (facts: unknown): string => createHash('sha256').update(JSON.stringify(facts)).digest('hex');
