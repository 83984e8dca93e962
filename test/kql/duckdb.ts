import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { engineSettings, physicalNames } from '../../src/duckdb/index.ts';
import { MailhuntError } from '../../src/errors/index.ts';
import { type Catalog, type Engine, hostError, hostFunctions } from '../../src/kql/index.ts';
import { registerHostFunctions } from '../../src/store/host-functions.ts';
import type { Column } from '../../src/values/index.ts';

/** A bare in-memory DuckDB as an Engine, with small tables: the real thing, without a store. */
export class TestDatabase implements Engine {
  readonly #connection: DuckDBConnection;
  readonly #tables: { name: string; columns: readonly Column[]; relation: string }[] = [];

  private constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  static async open(): Promise<TestDatabase> {
    const instance = await DuckDBInstance.create(':memory:', { ...engineSettings, threads: '1' });
    const connection = await instance.connect();
    registerHostFunctions(connection, hostFunctions);
    return new TestDatabase(connection);
  }

  get catalog(): Catalog {
    return { database: 'mail', tables: this.#tables, version: `test ${this.#tables.map(({ name }) => name).join()}` };
  }

  /** Makes a table; `values` is what stands after VALUES. */
  async table(name: string, columns: readonly Column[], values: string): Promise<void> {
    const names = physicalNames(columns);
    const list = columns.map((column) => `"${names.get(column.name)}"`).join(', ');
    await this.#connection.run(`CREATE TABLE "${name}" AS SELECT * FROM (VALUES ${values}) AS rows(${list})`);
    this.#tables.push({ name, columns, relation: `"${name}"` });
  }

  async *texts(sql: string): AsyncIterable<readonly string[]> {
    const result = await this.#connection.runAndReadAll(sql).catch((error: Error) => {
      throw hostError(error.message) ?? new MailhuntError('KQL0007', { text: error.message }, { cause: error });
    });
    yield result.getRows().map(([text]) => String(text));
  }

  async plan(sql: string): Promise<string> {
    const result = await this.#connection.runAndReadAll(`EXPLAIN ${sql}`);
    return String(result.getRows()[0]?.[1]);
  }

  close(): void {
    this.#connection.closeSync();
  }
}
