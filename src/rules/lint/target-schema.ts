import type { Catalog, CatalogTable } from '../../kql/index.ts';
import { type TableSchema, tableNamed, tables } from '../../schema/index.ts';
import { bareCatalog } from '../../store/index.ts';
import type { LintTarget } from './lint.ts';

/** The tables as the place where a rule is to run has them. */
export interface TargetSchema {
  /** For the binder; nothing runs on it. */
  readonly catalog: Catalog;
  table(name: string): TableSchema | undefined;
}

const known = new Map<LintTarget, TargetSchema>();

/** The tables of a target, made once. */
export function targetSchema(target: LintTarget): TargetSchema {
  const schema = known.get(target) ?? makers[target](bareCatalog());
  known.set(target, schema);
  return schema;
}

const makers: Readonly<Record<LintTarget, (catalog: Catalog) => TargetSchema>> = {
  mailhunt: (catalog) => ({ catalog, table: tableNamed }),
  defender: (catalog) => schemaOf('defender', catalog, ({ source }) => source.includes('/defender-xdr/'), inDefender),
  sentinel: (catalog) => schemaOf('sentinel', catalog, ({ source }) => source.startsWith('https://'), inSentinel),
};

function schemaOf(
  target: LintTarget,
  catalog: Catalog,
  isThere: (table: TableSchema) => boolean,
  shown: (entry: CatalogTable) => CatalogTable,
): TargetSchema {
  const names = new Set(tables.filter(isThere).map(({ name }) => name));
  const entries = catalog.tables.filter(({ name }) => names.has(name)).map(shown);
  const schemas = new Map(entries.map((entry) => [entry.name.toLowerCase(), withColumns(entry)]));
  return {
    catalog: { database: catalog.database, tables: entries, version: `${target} ${catalog.version}` },
    table: (name) => schemas.get(name.toLowerCase()),
  };
}

/** The schema of a table with the columns that it has there. */
function withColumns({ name, columns }: CatalogTable): TableSchema {
  const schema = tableNamed(name)!;
  const values = new Map(schema.columns.map((column) => [column.name, column]));
  return { ...schema, columns: columns.map((column) => values.get(column.name) ?? column) };
}

/** What `ingestion_time()` reads is there everywhere; all else that is hidden is the store's, or Sentinel's. */
const isIngestionTime = ({ name }: { readonly name: string }): boolean => name.startsWith('$');

const inDefender = ({ hidden = [], ...entry }: CatalogTable): CatalogTable => ({
  ...entry,
  hidden: hidden.filter(isIngestionTime),
});

/**
 * Tables whose copy in Sentinel keeps Defender's `Timestamp` beside `TimeGenerated`, as Azure-Sentinel's own checks know
 * them; the others have `TimeGenerated` alone.
 */
const keepsTimestamp = /^(?:Email|UrlClick|Alert|Device|CloudApp|IdentityLogon)/;

/** What each table of a workspace has. */
const workspaceColumns: CatalogTable['columns'] = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'TenantId', type: 'string' },
  { name: 'SourceSystem', type: 'string' },
  { name: 'Type', type: 'string' },
];

function inSentinel({ hidden = [], columns, ...entry }: CatalogTable): CatalogTable {
  const own = columns.filter(({ name }) => name !== 'Timestamp' || keepsTimestamp.test(entry.name));
  const names = new Set(own.map(({ name }) => name));
  return {
    ...entry,
    columns: [...own, ...workspaceColumns.filter(({ name }) => !names.has(name))],
    hidden: [
      ...hidden.filter(({ name }) => !name.startsWith('_') && !workspaceColumns.some((c) => c.name === name)),
      ...billing,
    ],
  };
}

/** They show only where a query names them. */
const billing: NonNullable<CatalogTable['hidden']> = [
  { name: '_IsBillable', type: 'string' },
  { name: '_BilledSize', type: 'real' },
  { name: '_ResourceId', type: 'string' },
  { name: '_SubscriptionId', type: 'string' },
];
