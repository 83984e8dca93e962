import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlText } from '../duckdb/index.ts';
import { all, type Loaded } from './load.ts';
import type { Counts } from './store.ts';
import type { StoredTable } from './stored-table.ts';

interface Tally {
  stored: number;
  superseded: number;
  disordered: boolean;
}

/** How many rows each table holds, kept in step with the transactions so that nothing has to be counted. */
export class Tallies {
  readonly #tables = new Map<string, Tally>();
  #counts: Counts = { stored: 0, duplicates: 0, superseded: 0, rejected: 0 };

  /** Counts what the store holds; the engine knows the numbers without reading rows. */
  static async read(connection: DuckDBConnection, tables: readonly StoredTable[]): Promise<Tallies> {
    const tallies = new Tallies();
    const counts = tables.map(({ name, sql }) => `SELECT ${sqlText(name)} AS name, count(*) AS n FROM ${sql}`);
    for (const { name, n } of await all(connection, counts.join(' UNION ALL '))) {
      tallies.#tables.set(String(name), { stored: Number(n), superseded: 0, disordered: false });
    }
    for (const { name, n } of await all(
      connection,
      'SELECT "table" AS name, count(*) AS n FROM _mailhunt_superseded GROUP BY 1',
    )) {
      tallies.#of(String(name)).superseded = Number(n);
    }
    for (const { table } of await all(connection, 'SELECT DISTINCT "table" FROM _mailhunt_disordered')) {
      tallies.#of(String(table)).disordered = true;
    }
    return tallies;
  }

  /** Rows in the table, superseded ones included. */
  stored(table: string): number {
    return this.#of(table).stored;
  }

  superseded(table: string): number {
    return this.#of(table).superseded;
  }

  disordered(table: string): boolean {
    return this.#of(table).disordered;
  }

  /** What has happened since the store was opened. */
  get counts(): Counts {
    return this.#counts;
  }

  /** Notes a load that is committed. */
  add(table: string, loaded: Loaded): void {
    const tally = this.#of(table);
    tally.stored += loaded.stored;
    tally.superseded += loaded.superseded;
    tally.disordered ||= loaded.disordered;
    const { stored, duplicates, superseded, rejected } = this.#counts;
    this.#counts = {
      stored: stored + loaded.stored,
      duplicates: duplicates + loaded.duplicates,
      superseded: superseded + loaded.superseded,
      rejected: rejected + loaded.rejected,
    };
  }

  /** Notes rows that were removed. */
  remove(table: string, stored: number, superseded: number): void {
    const tally = this.#of(table);
    tally.stored -= stored;
    tally.superseded -= superseded;
  }

  /** Notes that a table is in the order of its days again. */
  ordered(table: string): void {
    this.#of(table).disordered = false;
  }

  #of(table: string): Tally {
    let tally = this.#tables.get(table);
    if (tally === undefined) {
      tally = { stored: 0, superseded: 0, disordered: false };
      this.#tables.set(table, tally);
    }
    return tally;
  }
}
