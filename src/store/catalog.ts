import { createHash } from 'node:crypto';
import { sqlText } from '../duckdb/index.ts';
import type { Catalog, CatalogTable } from '../kql/index.ts';
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
      hidden: hiddenColumns,
      relation: relation(table, superseded > 0, shuffled.has(name)),
      rows: tallies.stored(name) - superseded,
    };
  });
  return { database: 'mail', tables: entries, version: versionOf(entries) };
}

/** What the store keeps beside a table's own columns, for queries that name it. */
const hiddenColumns = [
  { name: '_extra', type: 'dynamic' },
  { name: '_ingest_seq', type: 'long' },
  { name: '_ingested_at', type: 'datetime' },
] as const;

function relation(table: StoredTable, hasSuperseded: boolean, isShuffled: boolean): string {
  if (!hasSuperseded && !isShuffled) return table.sql;
  const columns = [...table.columns, ...bookkeepingColumns].map(({ sql }) => sql).join(', ');
  const old = `SELECT seq FROM _mailhunt_superseded WHERE "table" = ${sqlText(table.name)}`;
  const newest = hasSuperseded ? ` ANTI JOIN (${old}) AS old ON _ingest_seq = old.seq` : '';
  return `(SELECT ${columns} FROM ${table.sql}${newest})`;
}

const versionOf = (entries: readonly CatalogTable[]): string => {
  const facts = entries.map(({ name, columns, relation }) => [name, columns, relation]);
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
};
