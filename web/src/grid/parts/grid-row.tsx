import { memo } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Cell, Column } from '../contract.ts';
import { shownText } from '../values/cell-text.ts';
import { visibleText } from '../values/hidden-characters.ts';
import { alignsRight, type ShownColumn } from '../view/columns.ts';
import type { Group } from '../view/group.ts';
import css from './grid.module.css';
import { VisibleText } from './visible-text.tsx';

/** A column that is drawn, with its place among all that are shown. */
export interface DrawnColumn extends ShownColumn {
  readonly at: number;
}

interface Place {
  /** The line of the grid; the heading is line -1. */
  readonly line: number;
  readonly top: number;
  /** Where the focus is, where it is in this line. */
  readonly active: number | undefined;
}

interface GridRowProps extends Place {
  readonly cells: readonly Cell[];
  readonly columns: readonly DrawnColumn[];
  readonly selectedFrom: number;
  readonly selectedTo: number;
  readonly needle: string;
  /** The column's place where the match stands that was gone to. */
  readonly current: number | undefined;
}

/** A row of the table. Drawn anew only when something of it has changed. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { line, top, cells, columns, active, selectedFrom, selectedTo, needle, current } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual grid is no table element
    // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
    <div role="row" aria-rowindex={line + 2} data-line={line} className={css.row} style={{ top }}>
      {columns.map((column) => {
        const { at, place, width, pinned, left } = column;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a virtual grid is no table element
          <div
            key={place}
            role="gridcell"
            aria-colindex={at + 1}
            aria-selected={at >= selectedFrom && at <= selectedTo}
            tabIndex={active === at ? 0 : -1}
            data-at={at}
            className={classNames(
              css.cell,
              pinned && css.pinned,
              alignsRight(column) && css.right,
              current === place && css.current,
            )}
            style={{ width, left: left + GUTTER }}
          >
            <VisibleText text={shownText(cells[place], column.column.type)} needle={needle} clipped />
          </div>
        );
      })}
    </div>
  );
});

/** Pixels of the rows' numbers at the left. */
export const GUTTER = 52;

interface NumberProps {
  readonly line: number;
  readonly top: number;
  /** The row's number in the table, from 1. */
  readonly number: number;
  readonly opened: boolean;
}

/**
 * A row's number. All numbers stand in one place that stays while columns scroll: a browser lays each such place over
 * the page by itself, and one a row would cost more than the rows.
 */
export const RowNumber = memo(function RowNumber({ line, top, number, opened }: NumberProps) {
  return (
    <div className={classNames(css.number, opened && css.opened)} data-line={line} style={{ top }}>
      {number}
    </div>
  );
});

interface GroupRowProps extends Place {
  readonly group: Group;
  readonly column: Column;
}

/** The head of a group: opens and closes it. */
export const GroupRow = memo(function GroupRow({ line, top, active, group, column }: GroupRowProps) {
  const name = group.name === null ? 'null' : group.name === '' ? '(empty)' : shownText(group.name, column.type);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual grid is no table element
    // biome-ignore lint/a11y/useFocusableInteractive: its cell takes the focus
    <div
      role="row"
      aria-rowindex={line + 2}
      data-line={line}
      className={classNames(css.row, css.group)}
      style={{ top }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual grid is no table element */}
      <div
        role="gridcell"
        aria-colindex={1}
        aria-expanded={group.open}
        aria-label={`${column.name}: ${visibleText(name)}, ${group.count} rows`}
        tabIndex={active === undefined ? -1 : 0}
        data-at={0}
        data-group={group.path}
        className={css.groupCell}
        style={{ paddingLeft: 10 + group.depth * 22 }}
      >
        <Icon name={group.open ? 'down' : 'right'} size={14} />
        <span className={css.groupColumn}>{column.name}</span>
        <span className={css.groupName}>
          <VisibleText text={name} clipped />
        </span>
        <span className={css.count}>{group.count.toLocaleString('en')}</span>
      </div>
    </div>
  );
});
