import type { Catalog } from '../kql/index.ts';
import { catalogOf } from './catalog.ts';
import { storedTables } from './stored-table.ts';
import { Tallies } from './tallies.ts';

/** The tables as queries see them, of which it is not known how many rows they hold: for who reads texts and runs nothing. */
export function bareCatalog(): Catalog {
  const catalog = catalogOf(storedTables, new Tallies(), new Set());
  return { ...catalog, tables: catalog.tables.map(({ rows, ...table }) => table) };
}
