import type { IngestStore } from '../../src/ingest/index.ts';
import { tableNamed } from '../../src/schema/index.ts';
import type { Batch } from '../../src/store/index.ts';

/** A store of the tests: keeps batches and positions, and can break down after so many appends. */
export class MemoryStore implements IngestStore {
  readonly batches: Batch[] = [];
  readonly positions = new Map<string, number>();
  flushed = 0;
  /** Appends that still succeed; then each throws. */
  appendsLeft = Number.POSITIVE_INFINITY;

  async append(batch: Batch): Promise<{ sequence: number }> {
    if (this.appendsLeft-- <= 0) throw new Error('killed');
    // What a server gets is text: nothing may hang on identity.
    const copy = JSON.parse(JSON.stringify(batch)) as Batch;
    for (const row of copy.rows) {
      const cells = (JSON.parse(row) as unknown[]).length;
      if (cells !== copy.columns.length && cells !== copy.columns.length + 1) throw new Error(`${cells} cells: ${row}`);
    }
    this.batches.push(copy);
    if (copy.source !== undefined) this.positions.set(copy.source.id, copy.source.position);
    return { sequence: this.batches.length };
  }

  async flush(): Promise<void> {
    this.flushed++;
  }

  async position(source: string): Promise<number> {
    return this.positions.get(source) ?? 0;
  }

  /** The rows of a table as objects; `$extra` is what stands aside. Numbers beyond a double come as text. */
  rows(table: string): Record<string, unknown>[] {
    if (tableNamed(table) === undefined) throw new Error(table);
    return this.batches
      .filter((batch) => batch.table === table)
      .flatMap(({ columns, rows }) =>
        rows.map((row) => {
          const cells = JSON.parse(row.replace(/(?<=[[,])(-?\d{16,})(?=[,\]])/g, '"$1"')) as unknown[];
          const named = columns.map((column, at) => [column, cells[at]]);
          const extra = cells[columns.length];
          return Object.fromEntries(extra === undefined ? named : [...named, ['$extra', JSON.parse(extra as string)]]);
        }),
      );
  }
}
