import type { ReactNode } from 'react';
import { Button, IconButton, Segments } from '../../ui/button.tsx';
import type { Column } from '../contract.ts';
import type { Layout } from '../view/columns.ts';
import { openAll, type ViewState } from '../view/view-state.ts';
import { ColumnsButton } from './columns-button.tsx';
import { FilterChips } from './filter-chips.tsx';
import css from './table-view.module.css';

export type Look = 'table' | 'chart';

interface TableBarProps {
  readonly look: Look;
  readonly onLook: (look: Look) => void;
  readonly columns: readonly Column[];
  readonly empty: ReadonlySet<number>;
  readonly view: ViewState;
  readonly onView: (change: (view: ViewState) => ViewState) => void;
  readonly onLayout: (change: (layout: Layout) => Layout) => void;
  readonly onFind: () => void;
  /** At its right end. */
  readonly children: ReactNode;
}

/** The bar over a table: grid or chart, what narrows it, what it can do. */
export function TableBar({ look, onLook, columns, empty, view, onView, onLayout, onFind, children }: TableBarProps) {
  return (
    <div className={css.bar} role="toolbar" aria-label="Result">
      <Segments
        label="Look"
        chosen={look}
        onChoose={onLook}
        options={[
          { id: 'table', name: 'Table', icon: 'table' },
          { id: 'chart', name: 'Chart', icon: 'chart' },
        ]}
      />
      <div className={css.chips}>
        <FilterChips columns={columns} view={view} onView={onView} />
        {view.groups.length > 0 && (
          <Button look="quiet" small onPress={() => onView((now) => openAll(now, !now.allOpen))}>
            {view.allOpen ? 'Close all' : 'Open all'}
          </Button>
        )}
      </div>
      {look === 'table' && (
        <>
          <IconButton icon="search" small label="Find" keys="Ctrl+F" onPress={onFind} />
          <ColumnsButton
            columns={columns}
            layout={view.layout}
            empty={empty}
            onLayout={(layout) => onLayout(() => layout)}
          />
        </>
      )}
      {children}
    </div>
  );
}
