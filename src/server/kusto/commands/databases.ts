import { MailhuntError } from '../../../errors/index.ts';
import { systemType } from '../column-types.ts';
import { type Command, type CommandView, columns, quoteName, type Row } from './command.ts';
import { cslSchema, docString, sourceOf, tableRow } from './tables.ts';

/** The one database never changes its identity: "mail" and "hunt" in hexadecimal digits. */
const DATABASE_ID = '6d61696c-6875-4e74-8000-000000000001';
const VERSION = 'v1.0';

/** True for a name that means our database. */
export const isDatabase = (name: string, database: string): boolean =>
  name === '' || name === 'NetDefaultDB' || name.toLowerCase() === database.toLowerCase();

/** Throws HTTP0005 for a name that is not our database's. */
export function requireDatabase(name: string, database: string): void {
  if (!isDatabase(name, database)) throw new MailhuntError('HTTP0005', { database: name });
}

const identityColumns = columns(
  'DatabaseName PersistentStorage Version IsCurrent:bool DatabaseAccessMode PrettyName DatabaseId:guid InTransitionTo SuspensionState',
);

const databases = ({ catalog }: CommandView): Row[] => [
  [catalog.database, '', VERSION, true, 'ReadWrite', '', DATABASE_ID, '', ''],
];

const viewerColumns = columns(
  'DatabaseName PersistentStorage Version IsCurrent:bool DatabaseAccessMode PrettyName CurrentUserIsUnrestrictedViewer:bool DatabaseId:guid InTransitionTo SuspensionState',
);

const viewer = (view: CommandView): Row[] => databases(view).map((row) => [...row.slice(0, 6), true, ...row.slice(6)]);

const entities = ({ catalog }: CommandView): Row[] =>
  catalog.tables.map((table) => [
    catalog.database,
    'Table',
    table.name,
    docString(table.name),
    '',
    '',
    '',
    cslSchema(table),
    '{}',
  ]);

/** The flat form: a row for the database, one for each table, one for each column. */
function flatSchema(view: CommandView): Row[] {
  const { database, tables } = view.catalog;
  const row = (table: string, column: string, type: string, version: string, doc: string): Row => [
    database,
    table,
    column,
    type,
    false,
    false,
    '',
    version,
    '',
    doc,
  ];
  return [
    row('', '', '', VERSION, ''),
    ...tables.flatMap((table) => [
      row(table.name, '', '', '', docString(table.name)),
      ...table.columns.map((column) => row(table.name, column.name, systemType(column.type), '', '')),
    ]),
  ];
}

const flatColumns = columns(
  'DatabaseName TableName ColumnName ColumnType IsDefaultTable:bool IsDefaultColumn:bool PrettyName Version Folder DocString',
);

/** The schema as the editors read it, in one cell. */
function jsonSchema(view: CommandView): Row[] {
  const { database, tables } = view.catalog;
  const schema = {
    Name: database,
    Tables: Object.fromEntries(tables.map((table) => [table.name, sourceOf(table)])),
    ExternalTables: {},
    MaterializedViews: {},
    EntityGroups: {},
    MajorVersion: 1,
    MinorVersion: 0,
    Functions: {},
    DatabaseAccessMode: 'ReadWrite',
    PrettyName: '',
  };
  return [[JSON.stringify({ Databases: Object.fromEntries([[database, schema]]) })]];
}

/** Commands that make the same tables elsewhere. */
const script = ({ catalog }: CommandView): Row[] =>
  catalog.tables.map((table) => [`.create-merge table ${quoteName(table.name)} (${cslSchema(table)})`]);

const tableSchemas = (view: CommandView): Row[] =>
  view.catalog.tables.map((table) => tableRow(view, table, cslSchema(table)));

/** The same answer under each of several spellings; a name among them must be our database's. */
const spelled = (
  spellings: readonly string[],
  columns: Command['columns'],
  rows: (view: CommandView) => readonly Row[],
): Command[] =>
  spellings.map((syntax) => ({
    syntax,
    columns,
    rows: (view, names) => {
      for (const name of names) requireDatabase(name, view.catalog.database);
      return rows(view);
    },
  }));

const forms = ['.show', '.show database', '.show database NAME', '.show databases', '.show databases (NAMES)'];

/**
 * The commands about the database and its schema.
 *
 * @see https://learn.microsoft.com/kusto/management/show-databases
 * @see https://learn.microsoft.com/kusto/management/show-schema-database
 */
export const databaseCommands: readonly Command[] = [
  ...spelled(
    ['.show databases', '.show databases (NAMES)', '.show cluster databases', '.show cluster databases (NAMES)'],
    identityColumns,
    databases,
  ),
  ...spelled(['.show databases details', '.show database details'], identityColumns, databases),
  ...spelled(['.show databases identity', '.show database [identity]'], viewerColumns, viewer),
  ...spelled(
    ['.show databases entities'],
    columns(
      'DatabaseName EntityType EntityName DocString Folder CslInputSchema Content CslOutputSchema Properties:dynamic',
    ),
    entities,
  ),
  ...spelled(
    forms.map((form) => `${form} schema as json`),
    columns('DatabaseSchema'),
    jsonSchema,
  ),
  ...spelled(
    forms.map((form) => `${form} schema [details]`),
    flatColumns,
    flatSchema,
  ),
  ...spelled(
    ['.show database schema as csl [script]', '.show database NAME schema as csl [script]'],
    columns('DatabaseSchemaScript'),
    script,
  ),
  ...spelled(
    ['.show database cslschema', '.show database NAME cslschema'],
    columns('TableName Schema DatabaseName Folder DocString'),
    tableSchemas,
  ),
];
