/** What a query needs of the database below it. The store implements it; tests may use a bare DuckDB. */
export interface Engine {
  /**
   * Runs one statement whose result is a single text column and yields its values in blocks, in order.
   * Stops early, and rejects with the signal's reason, when the signal is aborted. A `light` statement reads few rows
   * whatever the tables hold: it need not wait for large ones.
   */
  texts(sql: string, signal?: AbortSignal, light?: boolean): AsyncIterable<readonly string[]>;
  /** The engine's own plan of a statement, as text (`explain --plan`). */
  plan(sql: string): Promise<string>;
}
