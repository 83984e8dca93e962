import type { Span } from '../../errors/index.ts';
import type { LoadedRows } from '../surroundings.ts';

/** Rows from outside that a query reads. */
export interface Source {
  /** What is asked for: the same key, the same rows throughout one query. */
  readonly key: string;
  readonly load: (signal?: AbortSignal) => Promise<LoadedRows>;
}

/** Stops a compilation that needs rows which are not loaded yet. */
export class NotLoaded extends Error {
  readonly source: Source;
  readonly span: Span;

  constructor(source: Source, span: Span) {
    super(`the rows of ${source.key} are not loaded`);
    this.source = source;
    this.span = span;
  }
}
