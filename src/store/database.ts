import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { engineSettings } from '../duckdb/index.ts';
import { MailhuntError } from '../errors/index.ts';
import { hostFunctionsWith, type LookUpPlace } from '../kql/index.ts';
import { registerHostFunctions } from './host-functions.ts';
import { isDiskFull } from './journal.ts';
import { databaseFile, readOwner } from './owner.ts';
import { draftOf, rewriteFile } from './rewrite-file.ts';

/** How the engine is set up, beside what is always so. */
export interface DatabaseOptions {
  readonly memory: string;
  /** How much of what does not fit into memory may stand on disk, for example '20GB'. */
  readonly spill: string;
  /** Threads of the engine; as many as there are processors by default. */
  readonly threads?: number;
  /** Where addresses are, for `geo_info_from_ip_address()`. */
  readonly placeOf?: LookUpPlace;
}

/**
 * The settings of the engine, in this order: the temporary folder cannot be set once external access is off. Queries
 * reach neither files nor network, and no statement can change that.
 */
const settings = (path: string, { memory, spill, threads }: DatabaseOptions): Record<string, string> => ({
  ...engineSettings,
  temp_directory: join(path, 'tmp'),
  max_temp_directory_size: spill,
  memory_limit: memory,
  ...(threads === undefined ? {} : { threads: String(threads) }),
  // Small batches go through the engine's log; it is folded into the tables each time it has grown by this.
  checkpoint_threshold: '128MB',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  allow_persistent_secrets: 'false',
  enable_external_access: 'false',
});

/** The engine's instance on the file of a store. It can be renewed when a fatal error has made it useless. */
export class Database {
  readonly path: string;
  readonly options: DatabaseOptions;
  #instance: DuckDBInstance;
  /** Rises with every renewal: connections of an earlier generation are of no use. */
  generation = 0;

  private constructor(path: string, options: DatabaseOptions, instance: DuckDBInstance) {
    this.path = path;
    this.options = options;
    this.#instance = instance;
  }

  /** Opens or creates the file and holds its lock. Throws STORE0001 where another process does. */
  static async open(path: string, options: DatabaseOptions): Promise<Database> {
    return new Database(path, options, await openInstance(path, options));
  }

  /** A database that is gone with the process. */
  static async inMemory(options: DatabaseOptions): Promise<Database> {
    const instance = await DuckDBInstance.create(':memory:', { ...settings('', options), temp_directory: '' });
    await lendHostFunctions(instance, options);
    return new Database(':memory:', options, instance);
  }

  connect(): Promise<DuckDBConnection> {
    return this.#instance.connect();
  }

  /** Opens the file anew, after an error that the engine does not get over. */
  async renew(): Promise<void> {
    this.generation++;
    this.#instance.closeSync();
    this.#instance = await openInstance(this.path, this.options);
    const connection = await this.connect();
    await lockConfiguration(connection);
    connection.closeSync();
  }

  /**
   * Writes the whole file anew, so that nothing of what was deleted is left in it. Nobody may be connected. A kill leaves
   * the old file or the new one. Throws STORE0003 where there is no room for a second one; the old one stays then.
   */
  async rewrite(): Promise<void> {
    this.generation++;
    this.#instance.closeSync();
    try {
      await rewriteFile(databaseFile(this.path), join(this.path, 'tmp'), this.options);
    } catch (cause) {
      throw isDiskFull(cause) ? new MailhuntError('STORE0003', { path: this.path }, { cause }) : cause;
    } finally {
      this.#instance = await openInstance(this.path, this.options);
      const connection = await this.connect();
      await lockConfiguration(connection);
      connection.closeSync();
    }
  }

  close(): void {
    this.#instance.closeSync();
  }
}

/** From here on no statement changes a setting. */
export async function lockConfiguration(connection: DuckDBConnection): Promise<void> {
  await connection.run('SET lock_configuration = true');
}

async function openInstance(path: string, options: DatabaseOptions): Promise<DuckDBInstance> {
  try {
    await mkdir(path, { recursive: true });
    const instance = await DuckDBInstance.create(databaseFile(path), settings(path, options));
    await rm(draftOf(databaseFile(path)), { force: true });
    // what a process that was killed had put there; now that the file is ours nobody uses it
    await rm(join(path, 'tmp'), { recursive: true, force: true });
    await mkdir(join(path, 'tmp'));
    await lendHostFunctions(instance, options);
    return instance;
  } catch (cause) {
    throw await openingError(path, cause);
  }
}

async function lendHostFunctions(instance: DuckDBInstance, { placeOf = () => null }: DatabaseOptions): Promise<void> {
  const connection = await instance.connect();
  registerHostFunctions(connection, hostFunctionsWith(placeOf));
  connection.closeSync();
}

async function openingError(path: string, cause: unknown): Promise<MailhuntError> {
  const text = cause instanceof Error ? cause.message : String(cause);
  if (isDiskFull(cause)) return new MailhuntError('STORE0003', { path }, { cause });
  if (!text.includes('Could not set lock')) return new MailhuntError('STORE0005', { path, text }, { cause });
  const pid = /\(PID (\d+)\)/.exec(text)?.[1] ?? (await readOwner(path))?.pid ?? 'unknown';
  return new MailhuntError('STORE0001', { path, pid }, { cause });
}

/** Whether an error has made the whole instance useless. */
export const isFatal = (error: unknown): boolean =>
  error instanceof Error && /^FATAL Error|database has been invalidated/i.test(error.message);
