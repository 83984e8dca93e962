import { memo, useState } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { visibleText } from '../values/hidden-characters.ts';
import { alignsRight } from '../view/columns.ts';
import type { ViewState } from '../view/view-state.ts';
import css from './grid.module.css';
import { type DrawnColumn, GUTTER } from './grid-row.tsx';

/** What can be done with a heading. */
export interface HeadActions {
  readonly onSort: (place: number, add: boolean) => void;
  /** Opens the column's panel beside the element. */
  readonly onPanel: (place: number, beside: HTMLElement) => void;
  readonly onMove: (moved: number, target: number) => void;
  readonly onResize: (place: number, width: number) => void;
  readonly onFit: (place: number) => void;
}

interface GridHeadProps extends HeadActions {
  readonly columns: readonly DrawnColumn[];
  readonly view: Pick<ViewState, 'sort' | 'filters' | 'groups'>;
  readonly active: number | undefined;
}

/** The line of headings: sort by a press, move by dragging, resize at the edge, everything else in the panel. */
export const GridHead = memo(function GridHead({ columns, ...rest }: GridHeadProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual grid is no table element
    // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
    <div role="row" aria-rowindex={1} data-line={-1} className={css.head}>
      <div className={css.corner} aria-hidden="true" />
      {columns.map((column) => (
        <Heading key={column.place} drawn={column} {...rest} />
      ))}
    </div>
  );
});

function Heading({ drawn, view, active, ...actions }: Omit<GridHeadProps, 'columns'> & { drawn: DrawnColumn }) {
  const { place, at, width, left, pinned, column } = drawn;
  const [over, setOver] = useState(false);
  const sorted = view.sort.find((by) => by.column === place);
  const rank = view.sort.length > 1 ? view.sort.findIndex((by) => by.column === place) + 1 : 0;
  const { onSort, onPanel, onMove } = actions;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual grid is no table element
    <div
      role="columnheader"
      aria-colindex={at + 1}
      aria-sort={sorted ? (sorted.descending ? 'descending' : 'ascending') : 'none'}
      aria-haspopup="dialog"
      tabIndex={active === at ? 0 : -1}
      data-at={at}
      data-place={place}
      title={`${visibleText(column.name)}: ${column.type}${column.type === 'datetime' ? ', in UTC' : ''}`}
      draggable
      className={classNames(css.heading, pinned && css.pinned, alignsRight(drawn) && css.right, over && css.dropTarget)}
      style={{ width, left: left + GUTTER }}
      onClick={(event) => onSort(place, event.shiftKey)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onSort(place, event.shiftKey);
        else if (event.key === ' ' || (event.altKey && event.key === 'ArrowDown')) onPanel(place, event.currentTarget);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        event.stopPropagation();
        onPanel(place, event.currentTarget);
      }}
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, String(place))}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const moved = event.dataTransfer.getData(DRAGGED);
        if (moved === '') return;
        event.preventDefault();
        onMove(Number(moved), place);
      }}
    >
      <span className={css.headingName}>{visibleText(column.name)}</span>
      {view.filters.has(place) && (
        <span className={css.mark}>
          <Icon name="filter" size={12} />
        </span>
      )}
      {sorted && (
        <span className={css.mark}>
          <Icon name={sorted.descending ? 'sortDown' : 'sortUp'} size={12} />
          {rank > 0 && rank}
        </span>
      )}
      <PanelButton onOpen={(beside) => onPanel(place, beside)} />
      <ResizeHandle place={place} width={width} onResize={actions.onResize} onFit={actions.onFit} />
    </div>
  );
}

const DRAGGED = 'application/x-mailhunt-column';

/** For the pointer; the keyboard opens the panel from the heading itself, by Space. */
function PanelButton({ onOpen }: { readonly onOpen: (beside: HTMLElement) => void }) {
  return (
    <span
      className={css.panelButton}
      aria-hidden="true"
      onClick={(event) => {
        event.stopPropagation();
        const heading = event.currentTarget.parentElement;
        if (heading) onOpen(heading);
      }}
    >
      <Icon name="down" size={14} />
    </span>
  );
}

interface ResizeHandleProps extends Pick<HeadActions, 'onResize' | 'onFit'> {
  readonly place: number;
  readonly width: number;
}

function ResizeHandle({ place, width, onResize, onFit }: ResizeHandleProps) {
  return (
    <span
      className={css.handle}
      aria-hidden="true"
      draggable
      onClick={(event) => event.stopPropagation()}
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onDoubleClick={() => onFit(place)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.preventDefault();
        const handle = event.currentTarget;
        const from = event.clientX;
        handle.setPointerCapture(event.pointerId);
        handle.onpointermove = (moved) => onResize(place, width + moved.clientX - from);
        handle.onpointerup = () => {
          handle.onpointermove = null;
          handle.onpointerup = null;
        };
      }}
    />
  );
}
