import type { Cell } from '../contract.ts';
import type { KqlType } from '../values/cell-text.ts';

/** What is exported: the rows that the filters keep, in the order shown, and the columns shown. */
export interface ShownTable {
  readonly title: string;
  readonly columns: readonly { readonly place: number; readonly name: string; readonly type: KqlType }[];
  readonly rows: readonly (readonly Cell[])[];
  readonly order: Uint32Array;
}

/** A file that was made, and what its reader should know. */
export interface MadeFile {
  readonly file: Blob;
  readonly notes: readonly string[];
}
