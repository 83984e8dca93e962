import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runQuery, type Warning } from '../../src/kql/index.ts';
import { defaultSettings } from '../../src/settings/index.ts';
import { type Get, type LenderSettings, openSurroundings } from '../../src/surroundings/index.ts';
import { TestDatabase } from '../kql/duckdb.ts';
import { fixtures } from '../kql/fixtures.ts';

/** What a query gave: its columns, its rows, its warnings. */
export interface Given {
  readonly columns: readonly string[];
  readonly rows: readonly unknown[][];
  readonly warnings: readonly Warning[];
}

/** The small tables of the tests, and a folder with files around them. */
export class Rig implements AsyncDisposable {
  readonly folder: string;
  readonly #settings: Partial<LenderSettings>;
  readonly #get: Get | undefined;
  readonly #database: TestDatabase;

  private constructor(folder: string, settings: Partial<LenderSettings>, get: Get | undefined, database: TestDatabase) {
    this.folder = folder;
    this.#settings = settings;
    this.#get = get;
    this.#database = database;
  }

  static async open(settings: Partial<LenderSettings> = {}, get?: Get): Promise<Rig> {
    const folder = await mkdtemp(join(tmpdir(), 'mailhunt-surroundings-'));
    const database = await TestDatabase.open();
    for (const { name, columns, values } of fixtures) await database.table(name, columns, values);
    return new Rig(folder, settings, get, database);
  }

  async write(name: string, text: string | Uint8Array): Promise<void> {
    await mkdir(dirname(join(this.folder, name)), { recursive: true });
    await writeFile(join(this.folder, name), text);
  }

  lender() {
    return openSurroundings(this.folder, { ...defaultSettings, ...this.#settings }, this.#get);
  }

  async query(text: string, signal?: AbortSignal): Promise<Given> {
    const lender = await this.lender();
    const answer = await runQuery(text, {
      catalog: this.#database.catalog,
      now: 638_881_776_000_000_000n,
      engine: this.#database,
      surroundings: await lender.now(),
      ...(signal && { signal }),
    });
    const [table] = answer.tables;
    const rows: unknown[][] = [];
    for await (const block of table!.blocks) for (const row of block) rows.push(JSON.parse(row));
    return { columns: table!.columns.map(({ name, type }) => `${name}:${type}`), rows, warnings: answer.warnings };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#database.close();
    await rm(this.folder, { recursive: true });
  }
}
