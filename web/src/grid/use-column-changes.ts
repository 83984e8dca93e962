import { useCallback } from 'react';
import type { ResultTable } from './contract.ts';
import { fittingWidth, type Layout, moveColumn, NARROWEST, WIDEST } from './view/columns.ts';
import { cycleSort, type ViewState } from './view/view-state.ts';

/** Rows that a column's width is fitted to. */
const FITTED = 5_000;

/** What changes columns. The functions stay the same from one drawing to the next, so that rows are not drawn anew. */
export function useColumnChanges(table: ResultTable, onView: (change: (view: ViewState) => ViewState) => void) {
  const { columns, rows } = table;
  const onLayout = useCallback(
    (change: (layout: Layout) => Layout) => onView((now) => ({ ...now, layout: change(now.layout) })),
    [onView],
  );
  const onResize = useCallback(
    (place: number, width: number) => {
      const within = Math.min(WIDEST, Math.max(NARROWEST, width));
      onLayout((layout) => ({ ...layout, widths: new Map(layout.widths).set(place, within) }));
    },
    [onLayout],
  );
  return {
    onLayout,
    onResize,
    onFit: useCallback(
      (place: number) => onResize(place, fittingWidth(columns, rows.slice(0, FITTED), place)),
      [onResize, columns, rows],
    ),
    onMove: useCallback(
      (moved: number, target: number) => onLayout((layout) => moveColumn(layout, moved, target)),
      [onLayout],
    ),
    onSort: useCallback((place: number, add: boolean) => onView((now) => cycleSort(now, place, add)), [onView]),
  };
}
