import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { ResultTable } from '../contract.ts';
import type { ShownColumn } from '../view/columns.ts';
import type { Place } from '../view/find.ts';
import type { Shown } from '../view/lines-of.ts';
import { type Area, areaOf, type Selection, type Spot } from '../view/selection.ts';
import type { ViewState } from '../view/view-state.ts';
import css from './grid.module.css';
import { GridHead, type HeadActions } from './grid-head.tsx';
import { type DrawnColumn, GridRow, GroupRow, GUTTER, RowNumber } from './grid-row.tsx';
import { movedSpot } from './move-spot.ts';
import { slotsFor } from './slots.ts';

const ROW = 26;
const HEAD = 30;
/** Lines that are drawn above and below what is seen. */
const BEYOND = 4;

export interface GridProps extends HeadActions {
  readonly label: string;
  readonly table: ResultTable;
  readonly shown: Shown;
  readonly columns: readonly ShownColumn[];
  readonly view: ViewState;
  readonly selection: Selection | undefined;
  readonly onSelect: (selection: Selection | undefined) => void;
  /** A row's details are wanted. */
  readonly onOpen: (line: number) => void;
  readonly opened: number | undefined;
  readonly onToggleGroup: (path: string) => void;
  /** A menu is wanted for what is selected, at a place of the window. */
  readonly onMenu: (x: number, y: number) => void;
  /** A key that the grid itself has no use for. */
  readonly onKey: (event: KeyboardEvent) => void;
  readonly needle: string;
  /** The match that was gone to. */
  readonly current: Place | undefined;
}

/** The grid: as many lines and columns drawn as are seen. */
export function Grid(props: GridProps) {
  const { table, shown, columns, view, selection, needle, current } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const active = selection?.focus ?? { line: -1, at: 0 };
  const { rowLines, drawn, rows, across, width } = useVirtual(scroller, shown, columns, active);
  const takeFocus = useFocus(scroller, selection, { rows, across });
  const slots = useSlots(rowLines.map(({ index }) => index));
  const area = selection && selection.focus.line >= 0 ? areaOf(selection) : undefined;

  useEffect(() => {
    if (current) rows.scrollToIndex(current.line, { align: 'auto' });
    const at = current ? columns.findIndex(({ place }) => place === current.column) : -1;
    if (at >= 0) across.scrollToIndex(at, { align: 'auto' });
  }, [current, rows, across, columns]);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual grid is no table element
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={shown.lines.length + 1}
      aria-colcount={columns.length}
      aria-multiselectable="true"
      className={css.grid}
      tabIndex={-1}
      onKeyDown={(event) => onKeyDown(event, props, scroller.current?.clientHeight ?? 0, takeFocus)}
      {...usePointer(props, takeFocus)}
    >
      <div className={css.canvas} style={{ width, height: rows.getTotalSize() }}>
        <GridHead
          columns={drawn}
          view={view}
          active={active.line === -1 ? active.at : undefined}
          onSort={props.onSort}
          onPanel={props.onPanel}
          onMove={props.onMove}
          onResize={props.onResize}
          onFit={props.onFit}
        />
        <div className={css.gutter} aria-hidden="true">
          {rowLines.map(({ index: line, start }) =>
            (shown.lines[line] ?? -1) < 0 ? null : (
              <RowNumber
                key={slots.get(line)}
                line={line}
                top={start - HEAD}
                number={shown.lines[line]! + 1}
                opened={props.opened === line}
              />
            ),
          )}
        </div>
        {rowLines.map(({ index: line, start }) => {
          const number = shown.lines[line]!;
          const place = { line, top: start, active: active.line === line ? active.at : undefined };
          const group = number < 0 ? shown.groups[-1 - number] : undefined;
          if (group)
            return <GroupRow key={slots.get(line)} {...place} group={group} column={table.columns[group.column]!} />;
          const cells = table.rows[number];
          if (!cells) return null;
          return (
            <GridRow
              key={slots.get(line)}
              {...place}
              cells={cells}
              columns={drawn}
              {...selectedIn(area, line)}
              needle={needle}
              current={current?.line === line ? current.column : undefined}
            />
          );
        })}
      </div>
    </div>
  );
}

const NOTHING = { selectedFrom: -1, selectedTo: -2 };

const selectedIn = (area: Area | undefined, line: number) =>
  area && line >= area.top && line <= area.bottom ? { selectedFrom: area.left, selectedTo: area.right } : NOTHING;

/** The lines and columns to draw: those in sight, pinned ones, and those that hold the focus. */
function useVirtual(
  scroller: React.RefObject<HTMLDivElement | null>,
  shown: Shown,
  columns: readonly ShownColumn[],
  active: Spot,
) {
  const rows = useVirtualizer({
    count: shown.lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    paddingStart: HEAD,
    scrollPaddingStart: HEAD,
    overscan: BEYOND,
    rangeExtractor: useCallback((range: Range) => withMembers(range, [active.line]), [active.line]),
  });
  const pinned = columns.filter((column) => column.pinned).length;
  const pinnedWidth = columns.slice(0, pinned).reduce((sum, column) => sum + column.width, 0);
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => columns[at]?.width ?? 0,
    paddingStart: GUTTER,
    scrollPaddingStart: GUTTER + pinnedWidth,
    overscan: 2,
    rangeExtractor: useCallback(
      (range: Range) => withMembers(range, [...Array(pinned).keys(), active.at]),
      [pinned, active.at],
    ),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: widths are measured anew when the columns are others
  useLayoutEffect(() => across.measure(), [across, columns]);
  const indexes = across
    .getVirtualItems()
    .map(({ index }) => index)
    .join();
  const drawn = useMemo(
    () =>
      indexes
        .split(',')
        .flatMap((at): DrawnColumn[] =>
          columns[Number(at)] && at !== '' ? [{ ...columns[Number(at)]!, at: Number(at) }] : [],
        ),
    [indexes, columns],
  );
  const last = columns.at(-1);
  return { rows, across, rowLines: rows.getVirtualItems(), drawn, width: GUTTER + (last ? last.left + last.width : 0) };
}

/** The elements that lines are drawn in: one that went out of sight lends its own to one that comes. */
function useSlots(lines: readonly number[]): ReadonlyMap<number, number> {
  const held = useRef<ReadonlyMap<number, number>>(new Map());
  held.current = slotsFor(held.current, lines);
  return held.current;
}

function withMembers(range: Range, members: readonly number[]): number[] {
  const inside = members.filter((member) => member >= 0 && member < range.count);
  return [...new Set([...defaultRangeExtractor(range), ...inside])].sort((a, b) => a - b);
}

/** Brings the focused cell into sight and gives it the focus, when the selection was moved by hand. */
function useFocus(
  scroller: React.RefObject<HTMLDivElement | null>,
  selection: Selection | undefined,
  { rows, across }: Pick<ReturnType<typeof useVirtual>, 'rows' | 'across'>,
): () => void {
  const wanted = useRef(false);
  useLayoutEffect(() => {
    if (!wanted.current || !selection) return;
    wanted.current = false;
    const { line, at } = selection.focus;
    if (line >= 0) rows.scrollToIndex(line, { align: 'auto' });
    across.scrollToIndex(at, { align: 'auto' });
    const row = scroller.current?.querySelector(`[role=row][data-line="${line}"]`);
    const cell = row?.querySelector<HTMLElement>(`[data-at="${at}"]`) ?? row?.querySelector<HTMLElement>('[data-at]');
    (cell ?? scroller.current)?.focus({ preventScroll: true });
  }, [selection, rows, across, scroller]);
  return useCallback(() => {
    wanted.current = true;
  }, []);
}

function onKeyDown(event: KeyboardEvent, props: GridProps, height: number, takeFocus: () => void): void {
  const { shown, columns, selection, onSelect, onOpen, onToggleGroup } = props;
  const page = Math.max(1, Math.floor((height - HEAD) / ROW) - 1);
  const from = selection?.focus ?? { line: -1, at: 0 };
  const to = movedSpot(event, from, { lines: shown.lines.length, columns: columns.length, page });
  if (to) {
    event.preventDefault();
    takeFocus();
    const extending = event.shiftKey && selection && selection.anchor.line >= 0;
    const focus = extending ? { line: Math.max(0, to.line), at: to.at } : to;
    onSelect({ anchor: extending ? selection.anchor : focus, focus });
  } else if ((event.key === 'Enter' || event.key === ' ') && from.line >= 0) {
    event.preventDefault();
    const group = shown.groups[-1 - (shown.lines[from.line] ?? 0)];
    if (group) onToggleGroup(group.path);
    else onOpen(from.line);
  } else if (event.key === 'a' && (event.ctrlKey || event.metaKey) && shown.lines.length > 0) {
    event.preventDefault();
    const last = { line: shown.lines.length - 1, at: columns.length - 1 };
    onSelect({ anchor: { line: 0, at: 0 }, focus: last });
  } else props.onKey(event);
}

/** Selection by the pointer: press, drag, press with Shift; a row's number opens its details. */
function usePointer(
  { selection, onSelect, onOpen, onToggleGroup, onMenu, shown, columns }: GridProps,
  takeFocus: () => void,
) {
  const dragging = useRef(false);
  return {
    onPointerDown: (event: PointerEvent) => {
      const spot = spotOf(event.target);
      if (!spot || spot.line < 0) return;
      if (event.button === 2 && within(selection, spot)) return;
      if (event.button > 0 && event.button !== 2) return;
      dragging.current = event.button === 0;
      takeFocus();
      event.preventDefault();
      if (spot.at < 0)
        return onSelect({ anchor: { line: spot.line, at: columns.length - 1 }, focus: { line: spot.line, at: 0 } });
      onSelect({ anchor: event.shiftKey && selection ? selection.anchor : spot, focus: spot });
    },
    onPointerOver: (event: PointerEvent) => {
      if (!dragging.current || event.buttons !== 1) return;
      const spot = spotOf(event.target);
      if (spot && spot.line >= 0 && spot.at >= 0 && selection) onSelect({ anchor: selection.anchor, focus: spot });
    },
    onPointerUp: () => {
      dragging.current = false;
    },
    onClick: (event: React.MouseEvent) => {
      const spot = spotOf(event.target);
      const group = spot && shown.groups[-1 - (shown.lines[spot.line] ?? 0)];
      if (group) onToggleGroup(group.path);
      else if (spot && spot.at < 0) onOpen(spot.line);
    },
    onDoubleClick: (event: React.MouseEvent) => {
      const spot = spotOf(event.target);
      if (spot && spot.line >= 0 && !shown.groups[-1 - (shown.lines[spot.line] ?? 0)]) onOpen(spot.line);
    },
    onContextMenu: (event: React.MouseEvent) => {
      const spot = spotOf(event.target);
      if (!spot || spot.line < 0) return;
      event.preventDefault();
      const box = (event.target as HTMLElement).getBoundingClientRect();
      onMenu(event.clientX || box.left + 8, event.clientY || box.bottom);
    },
  };
}

const within = (selection: Selection | undefined, { line, at }: Spot): boolean => {
  if (!selection) return false;
  const { top, bottom, left, right } = areaOf(selection);
  return line >= top && line <= bottom && at >= left && at <= right;
};

/** The spot that an element stands for; a row's number has the column -1. */
function spotOf(target: EventTarget): Spot | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-line]') : null;
  if (!row) return undefined;
  const cell = (target as Element).closest<HTMLElement>('[data-at]');
  return { line: Number(row.dataset.line), at: Number(cell?.dataset.at ?? -1) };
}
