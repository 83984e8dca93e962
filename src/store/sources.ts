import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlText } from '../duckdb/index.ts';
import type { FrameHeader } from './frame.ts';
import { all } from './load.ts';

interface Reading {
  readonly position: number;
  readonly pass: number;
}

/** How far each source has been read, as of the batches in the tables. */
export class Sources {
  /** By source and table; under the table '' the source as a whole. */
  readonly #readings = new Map<string, Reading>();
  #changed = new Set<string>();
  #lastPass = 0;

  /** Reads what the store holds. */
  static async read(connection: DuckDBConnection): Promise<Sources> {
    const sources = new Sources();
    for (const row of await all(connection, 'SELECT * FROM _mailhunt_sources')) {
      const reading = { position: Number(row.position), pass: Number(row.pass) };
      sources.#readings.set(keyOf(String(row.source), String(row.table)), reading);
      sources.#lastPass = Math.max(sources.#lastPass, reading.pass);
    }
    return sources;
  }

  /** The position that the last batch of a source left, 0 where there was none. */
  position(source: string): number {
    return this.#readings.get(keyOf(source, ''))?.position ?? 0;
  }

  /**
   * Notes a batch and returns the number of the reading that it belongs to: a position that does not rise begins a new
   * reading of the source. Null where the batch has no source.
   */
  arrive({ table, source }: FrameHeader): number | null {
    if (source === undefined) return null;
    const key = keyOf(source.id, table);
    const before = this.#readings.get(key);
    const pass = before && source.position > before.position ? before.pass : ++this.#lastPass;
    this.#set(key, { position: source.position, pass });
    this.#set(keyOf(source.id, ''), { position: source.position, pass: 0 });
    return pass;
  }

  #set(key: string, reading: Reading): void {
    this.#readings.set(key, reading);
    this.#changed.add(key);
  }

  /** Writes what has changed, within the caller's transaction. */
  async write(connection: DuckDBConnection): Promise<void> {
    const changed = [...this.#changed];
    if (changed.length === 0) return;
    const named = changed.map((key) => `(${(JSON.parse(key) as string[]).map(sqlText).join(', ')})`);
    await connection.run(`DELETE FROM _mailhunt_sources WHERE (source, "table") IN (${named.join(', ')})`);
    const rows = changed.map((key) => {
      const { position, pass } = this.#readings.get(key)!;
      return `(${(JSON.parse(key) as string[]).map(sqlText).join(', ')}, ${position}, ${pass})`;
    });
    await connection.run(`INSERT INTO _mailhunt_sources VALUES ${rows.join(', ')}`);
  }

  /** What `write` wrote is committed. */
  committed(): void {
    this.#changed = new Set();
  }
}

const keyOf = (source: string, table: string): string => JSON.stringify([source, table]);
