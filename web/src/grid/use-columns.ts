import { useMemo } from 'react';
import type { ResultTable } from './contract.ts';
import { EmptyColumns, guessWidths, type Layout, type ShownColumn, shownColumns } from './view/columns.ts';

/** Rows by which widths are guessed; more of them change nothing. */
const SAMPLE = 200;

/** The columns as they stand, with widths that fit the first rows; and those that are empty throughout. */
export function useColumns(
  table: ResultTable,
  layout: Layout,
): { readonly columns: readonly ShownColumn[]; readonly empty: ReadonlySet<number> } {
  const sampled = Math.min(SAMPLE, table.rows.length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first rows never change once they are there
  const guesses = useMemo(() => guessWidths(table.columns, table.rows), [table.columns, table.rows, sampled]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: begins anew with another table
  const looked = useMemo(() => new EmptyColumns(table.columns), [table.rows, table.columns]);
  const names = [...looked.of(table.rows)].join();
  const empty = useMemo(() => new Set(names === '' ? [] : names.split(',').map(Number)), [names]);
  const columns = useMemo(
    () => shownColumns(table.columns, layout, { guesses, empty }),
    [table.columns, layout, guesses, empty],
  );
  return { columns, empty };
}
