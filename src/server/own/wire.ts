import type { Visualization, Warning } from '../../kql/index.ts';
import type { Column } from '../../values/index.ts';

/**
 * How an answer travels between mailhunt's own commands, a line of JSON each: the head, then for each table its rows as
 * arrays and the line `{"end":…}`, then the tail. An error line may take the place of anything after the head.
 */
export interface Head {
  readonly tables: readonly {
    readonly name: string;
    readonly columns: readonly Column[];
    readonly visualization?: Visualization;
    readonly sql: string;
  }[];
  readonly warnings: readonly Warning[];
}

/** After the rows of a table: how many there were. */
export interface TableEnd {
  readonly end: number;
}

/** The last line of a good answer: the warnings that were met after the head. */
export interface Tail {
  readonly warnings: readonly Warning[];
}

/** A row on one line: a line break in JSON text can only stand between its tokens. */
export const oneLine = (row: string): string => (row.includes('\n') ? row.replaceAll('\n', ' ') : row);
