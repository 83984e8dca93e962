import { createHash } from 'node:crypto';
import { sqlName, sqlText, sqlTypes } from '../duckdb/index.ts';
import type { Catalog, CatalogTable, HiddenColumn } from '../kql/index.ts';
import { bookkeepingColumns, type StoredTable } from './stored-table.ts';
import type { Tallies } from './tallies.ts';

/**
 * The tables as queries see them: the newest report of each thing. The bare table where nothing is superseded and its
 * columns stand in order, which costs nothing.
 */
export function catalogOf(tables: readonly StoredTable[], tallies: Tallies, shuffled: ReadonlySet<string>): Catalog {
  const entries = tables.map((table): CatalogTable => {
    const { name, columns } = table;
    const superseded = tallies.superseded(name);
    return {
      name,
      columns: columns.map((column) => ({ name: column.name, type: column.kqlType })),
      hidden: [...bookkeeping, ingestionTime, ...sentinelColumns(table)],
      domains: table.domains,
      relation: relation(table, superseded > 0, shuffled.has(name)),
      rows: tallies.stored(name) - superseded,
    };
  });
  const renamed = withOldNames(tables, entries);
  return { database: 'mail', tables: renamed, version: versionOf(renamed) };
}

/** What the store keeps beside a table's own columns, for queries that name it. */
const bookkeeping = [
  { name: '_extra', type: 'dynamic' },
  { name: '_ingest_seq', type: 'long' },
  { name: '_ingested_at', type: 'datetime' },
] as const;

/** What KQL's `ingestion_time()` reads. */
const ingestionTime: HiddenColumn = { name: '$IngestionTime~', type: 'datetime', sql: '_ingested_at' };

/** Columns of Defender that Sentinel spells in another way. */
const sentinelSpellings: Readonly<Record<string, readonly string[]>> = {
  Isp: ['ISP'],
  CampaignSubtype: ['CampaignSubType'],
  DocumentId: ['DocumentID'],
  AccountUpn: ['AccountUPN'],
  EntraAgentId: ['EntraAgentID'],
  EntraBlueprintId: ['EntraBlueprintID'],
};

/** Sentinel's names for the same table: it filters by `TimeGenerated`, which is the event's time. */
function sentinelColumns({ columns }: StoredTable): HiddenColumn[] {
  const time = columns.find(({ name }) => name === 'Timestamp');
  const own = new Set(columns.map(({ name }) => name));
  const spelled = columns.flatMap(({ name, kqlType, sql }): HiddenColumn[] =>
    (sentinelSpellings[name] ?? []).map((other) => ({ name: other, type: kqlType, sql })),
  );
  const added: HiddenColumn[] = [
    ...spelled,
    ...(time === undefined ? [] : [{ name: 'TimeGenerated', type: time.kqlType, sql: time.sql }]),
    { name: 'TenantId', type: 'string', sql: "''" },
    { name: 'SourceSystem', type: 'string', sql: "'mailhunt'" },
  ];
  return added.filter(({ name }) => !own.has(name));
}

/** A table that got another name is read under both, with the rows that came in under either. */
function withOldNames(tables: readonly StoredTable[], entries: readonly CatalogTable[]): CatalogTable[] {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const pairs = tables.flatMap(({ schema }) =>
    schema.successor === undefined ? [] : [[schema.name, schema.successor]],
  );
  for (const [old, current] of pairs as [string, string][]) {
    const [a, b] = [byName.get(old)!, byName.get(current)!];
    byName.set(old, both(a, b));
    byName.set(current, both(b, a));
  }
  return entries.map(({ name }) => byName.get(name)!);
}

/** A table with the rows of another; columns that the other lacks are null there. */
function both(table: CatalogTable, other: CatalogTable): CatalogTable {
  if (other.rows === 0) return table;
  const theirs = new Set(other.columns.map(({ name }) => name));
  const columns = [...table.columns, ...bookkeeping];
  const own = columns.map(({ name }) => sqlName(name)).join(', ');
  const read = columns
    .map(({ name, type }) => {
      if (theirs.has(name) || name.startsWith('_')) return sqlName(name);
      return `${type === 'string' ? "''" : `CAST(NULL AS ${sqlTypes[type]})`} AS ${sqlName(name)}`;
    })
    .join(', ');
  const relation = `(SELECT ${own} FROM ${table.relation} UNION ALL SELECT ${read} FROM ${other.relation})`;
  return { ...table, relation, rows: (table.rows ?? 0) + (other.rows ?? 0) };
}

function relation(table: StoredTable, hasSuperseded: boolean, isShuffled: boolean): string {
  if (!hasSuperseded && !isShuffled) return table.sql;
  const columns = [...table.columns, ...bookkeepingColumns].map(({ sql }) => sql).join(', ');
  const old = `SELECT seq FROM _mailhunt_superseded WHERE "table" = ${sqlText(table.name)}`;
  const newest = hasSuperseded ? ` ANTI JOIN (${old}) AS old ON _ingest_seq = old.seq` : '';
  return `(SELECT ${columns} FROM ${table.sql}${newest})`;
}

/** Who keeps a catalog by its version warns of empty tables too. */
const versionOf = (entries: readonly CatalogTable[]): string => {
  const facts = entries.map(({ name, columns, relation, rows }) => [name, columns, relation, rows === 0]);
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
};
