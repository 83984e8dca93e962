import { MailhuntError } from '../../../errors/index.ts';
import type { CatalogTable } from '../../../kql/index.ts';
import { tableNamed } from '../../../schema/index.ts';
import type { TableSummary } from '../../../store/index.ts';
import { systemType } from '../column-types.ts';
import { type Command, type CommandView, columns, quoteName, type Row } from './command.ts';

/** What is said about a table: the page that describes it. */
export const docString = (table: string): string => tableNamed(table)?.source ?? '';

/** A table's columns as KQL declares them: `Timestamp:datetime,Subject:string`. */
export const cslSchema = (table: CatalogTable): string =>
  table.columns.map(({ name, type }) => `${quoteName(name)}:${type}`).join(',');

/** A table as the JSON schemas describe it. */
export const sourceOf = (table: CatalogTable): object => ({
  Name: table.name,
  Folder: '',
  DocString: docString(table.name),
  OrderedColumns: table.columns.map(({ name, type }) => ({
    Name: name,
    Type: systemType(type),
    CslType: type,
    DocString: '',
  })),
});

/** A row of the schema commands. */
export const tableRow = ({ catalog }: CommandView, table: CatalogTable, schema: string): Row => [
  table.name,
  schema,
  catalog.database,
  '',
  docString(table.name),
];

/** The tables of those names, all where none is given. Throws STORE0006 for a name that is not there. */
function chosen({ catalog }: CommandView, names: readonly string[]): readonly CatalogTable[] {
  if (names.length === 0) return catalog.tables;
  return names.map((name) => {
    const table = catalog.tables.find((known) => known.name === name);
    if (table) return table;
    throw new MailhuntError('STORE0006', { table: name });
  });
}

const tables = (view: CommandView, names: readonly string[]): Row[] =>
  chosen(view, names).map(({ name }) => [name, view.catalog.database, '', docString(name)]);

async function details(view: CommandView, names: readonly string[]): Promise<Row[]> {
  const tables = chosen(view, names);
  const byName = new Map((await view.summary()).map((summary) => [summary.name, summary]));
  return tables.map(({ name }) => detailsOf(view, name, byName.get(name)));
}

/** Extents and policies are Kusto's; here a table is one extent, and nothing is known of its size alone. */
function detailsOf({ catalog }: CommandView, name: string, summary: TableSummary | undefined): Row {
  const rows = summary?.rows ?? 0;
  const extents = rows > 0 ? 1 : 0;
  const policies = Array.from({ length: 6 }, () => 'null');
  const extent = [extents, null, null, rows] as const;
  return [
    name,
    catalog.database,
    '',
    docString(name),
    ...extent,
    ...extent,
    '[]',
    ...policies,
    summary?.from ?? null,
    summary?.to ?? null,
    'null',
    name,
  ];
}

const detailColumns = columns(
  'TableName DatabaseName Folder DocString ' +
    'TotalExtents:long TotalExtentSize:real TotalOriginalSize:real TotalRowCount:long ' +
    'HotExtents:long HotExtentSize:real HotOriginalSize:real HotRowCount:long AuthorizedPrincipals ' +
    'RetentionPolicy CachingPolicy ShardingPolicy MergePolicy StreamingIngestionPolicy IngestionBatchingPolicy ' +
    'MinExtentsCreationTime:datetime MaxExtentsCreationTime:datetime RowOrderPolicy TableId',
);
const listColumns = columns('TableName DatabaseName Folder DocString');
const schemaColumns = columns('TableName Schema DatabaseName Folder DocString');

/**
 * The commands about tables.
 *
 * @see https://learn.microsoft.com/kusto/management/show-tables-command
 */
export const tableCommands: readonly Command[] = [
  { syntax: '.show tables', columns: listColumns, rows: tables },
  { syntax: '.show tables (NAMES)', columns: listColumns, rows: tables },
  { syntax: '.show tables details', columns: detailColumns, rows: details },
  { syntax: '.show tables (NAMES) details', columns: detailColumns, rows: details },
  { syntax: '.show table NAME', columns: listColumns, rows: tables },
  { syntax: '.show table NAME details', columns: detailColumns, rows: details },
  {
    syntax: '.show table NAME cslschema',
    columns: schemaColumns,
    rows: (view, names) => chosen(view, names).map((table) => tableRow(view, table, cslSchema(table))),
  },
  {
    syntax: '.show table NAME schema as json',
    columns: schemaColumns,
    rows: (view, names) => chosen(view, names).map((table) => tableRow(view, table, JSON.stringify(sourceOf(table)))),
  },
];
