import type { CatalogTable, LentTable, Surroundings } from '../../../kql/index.ts';
import { tableNamed } from '../../../schema/index.ts';
import type { TableSummary } from '../../../store/index.ts';
import type { FunctionFile } from '../../../surroundings/index.ts';
import { formatDatetime } from '../../../values/index.ts';
import type { Operation } from '../../http/operation.ts';
import { type Route, sendJson, type Visit } from '../../http/route.ts';

/** What a hunter can name, as the page shows it and its editor completes it. */
export interface SchemaAnswer {
  readonly database: string;
  /** Changes when a table, a column, a function or a watchlist does. */
  readonly version: string;
  /** The server's clock, ISO 8601: what `now()` is. */
  readonly now: string;
  readonly tables: readonly SchemaTable[];
  readonly functions: readonly SchemaFunction[];
  readonly watchlists: readonly SchemaWatchlist[];
}

export interface SchemaTable {
  readonly name: string;
  readonly rows: number;
  /** Oldest and newest `Timestamp`, ISO 8601. */
  readonly from: string | null;
  readonly to: string | null;
  /** The public page that describes it. */
  readonly source?: string;
  readonly columns: readonly SchemaColumn[];
}

export interface SchemaColumn {
  readonly name: string;
  readonly type: string;
  /** What it holds, in words. */
  readonly holds?: string;
  /** Some of the texts that it holds by its documentation. */
  readonly values?: readonly string[];
}

export interface SchemaFunction {
  readonly name: string;
  readonly parameters: string;
  readonly body: string;
  readonly folder?: string;
  readonly docString?: string;
  /** True for what is stored beside the tables and can be changed. */
  readonly stored: boolean;
}

export interface SchemaWatchlist {
  readonly alias: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** More of a column's known texts are not listed. */
const MOST_VALUES = 40;

const operation: Operation = {
  summary: 'Tables with their columns, counts and times; stored functions; watchlists',
  answers: {
    200: {
      description: 'what queries can name',
      type: 'application/json',
      schema: {
        type: 'object',
        required: ['database', 'version', 'now', 'tables', 'functions', 'watchlists'],
        properties: {
          database: { type: 'string' },
          version: { type: 'string' },
          now: { type: 'string' },
          tables: { type: 'array', items: { type: 'object' } },
          functions: { type: 'array', items: { type: 'object' } },
          watchlists: { type: 'array', items: { type: 'object' } },
        },
      },
    },
  },
};

/** What the page's schema tree and editor know. */
export const schemaRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v1/schema', needs: 'query', operation, answer: schema },
];

async function schema({ site, response }: Visit): Promise<void> {
  const { database, tables, version } = site.store.catalog();
  const [summary, surroundings, files = []] = await Promise.all([
    site.store.summary(),
    site.surroundings(),
    site.functions?.now(),
  ]);
  const byName = new Map(summary.map((table) => [table.name, table]));
  const answer: SchemaAnswer = {
    database,
    version: `${version} ${surroundings?.version ?? ''}`,
    now: new Date(site.now()).toISOString(),
    tables: tables.map((table) => tableOf(table, byName.get(table.name))),
    functions: functionsOf(surroundings, files),
    watchlists: await watchlistsOf(surroundings),
  };
  sendJson(response, 200, answer);
}

function tableOf({ name, columns, rows, domains }: CatalogTable, summary: TableSummary | undefined): SchemaTable {
  const known = tableNamed(name);
  const values = new Map(known?.columns.map((column) => [column.name, column.values]));
  const time = (ticks: bigint | null | undefined) => (ticks == null ? null : formatDatetime(ticks));
  return {
    name,
    rows: summary?.rows ?? rows ?? 0,
    from: time(summary?.from),
    to: time(summary?.to),
    ...(known && { source: known.source }),
    columns: columns.map((column) => {
      const texts = values.get(column.name);
      const holds = domains?.[column.name]?.holds;
      return {
        name: column.name,
        type: column.type,
        ...(holds !== undefined && { holds }),
        ...(texts && { values: texts.slice(0, MOST_VALUES) }),
      };
    }),
  };
}

function functionsOf(surroundings: Surroundings | undefined, files: readonly FunctionFile[]): SchemaFunction[] {
  const stored = new Map(files.map((file) => [file.name, file]));
  return (surroundings?.functions ?? []).map(({ name, parameters, body }) => {
    const file = stored.get(name);
    const said = file && {
      ...(file.folder !== '' && { folder: file.folder }),
      ...(file.docString !== '' && { docString: file.docString }),
    };
    return { name, parameters, body, ...said, stored: file !== undefined };
  });
}

async function watchlistsOf(surroundings: Surroundings | undefined): Promise<SchemaWatchlist[]> {
  const lent = (name: string): LentTable | undefined => surroundings?.tables.find((table) => table.name === name);
  const [aliases, list] = [lent('_GetWatchlistAlias'), lent('_GetWatchlist')];
  if (!aliases || !list) return [];
  const { rows } = await aliases.load([]);
  return (JSON.parse(rows) as [string][]).map(([alias]) => ({ alias, columns: columnsOf(list, alias) }));
}

/** A list that cannot be read has no columns here; a query that names it says what is wrong. */
function columnsOf(list: LentTable, alias: string): SchemaWatchlist['columns'] {
  try {
    return list.columns([alias, undefined]).map(({ name, type }) => ({ name, type }));
  } catch {
    return [];
  }
}
