import { useEffect, useMemo, useState } from 'react';
import type { ResultTable } from './contract.ts';
import type { ShownColumn } from './view/columns.ts';
import type { Shown } from './view/lines-of.ts';
import { nextRow, selectedCells } from './view/selected-cells.ts';
import type { Selected, Selection, Spot } from './view/selection.ts';
import type { ViewState } from './view/view-state.ts';

/** What of a table is selected. */
export interface Selecting {
  readonly selection: Selection | undefined;
  readonly setSelection: (selection: Selection | undefined) => void;
  readonly selected: Selected | undefined;
  /** The number of the row that has the focus; -1 for none. */
  readonly row: number;
  /** Selects one cell. */
  readonly selectSpot: (spot: Spot) => void;
  /** Goes to the next row or the one before. */
  readonly step: (by: 1 | -1) => void;
}

/** The selection in a grid. It ends when other rows come to stand in its place. */
export function useSelection(
  table: ResultTable,
  shown: Shown,
  columns: readonly ShownColumn[],
  { sort, filters, groups }: ViewState,
): Selecting {
  const [selection, setSelection] = useState<Selection>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: these put other rows in the place of the selected ones
  useEffect(() => setSelection((now) => (now && now.focus.line >= 0 ? undefined : now)), [sort, filters, groups]);
  const selected = useMemo(
    () => selectedCells(table.rows, shown.lines, columns, selection),
    [table.rows, shown.lines, columns, selection],
  );
  const selectSpot = (spot: Spot) => setSelection({ anchor: spot, focus: spot });
  return {
    selection,
    setSelection,
    selected,
    row: selection ? (shown.lines[selection.focus.line] ?? -1) : -1,
    selectSpot,
    step: (by) => {
      if (selection) selectSpot({ line: nextRow(shown.lines, selection.focus.line, by), at: selection.focus.at });
    },
  };
}
