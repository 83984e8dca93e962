import { type KeyboardEvent, lazy, Suspense, useCallback, useRef, useState } from 'react';
import type { ResultTable, ResultViewProps } from './contract.ts';
import type { ShownTable } from './export/shown-table.ts';
import { cellActions, copiedText } from './parts/cell-actions.ts';
import { CellMenu } from './parts/cell-menu.tsx';
import { columnActions } from './parts/column-actions.ts';
import { ColumnPanel } from './parts/column-panel.tsx';
import { copyText } from './parts/copy-text.ts';
import { DetailPane } from './parts/detail-pane.tsx';
import { ExportButton } from './parts/export-button.tsx';
import { FindBar } from './parts/find-bar.tsx';
import { Grid } from './parts/grid.tsx';
import { StatusLine } from './parts/status-line.tsx';
import { type Look, TableBar } from './parts/table-bar.tsx';
import css from './parts/table-view.module.css';
import { useColumnChanges } from './use-column-changes.ts';
import { useColumns } from './use-columns.ts';
import { useFind } from './use-find.ts';
import { useSelection } from './use-selection.ts';
import { useShown } from './use-shown.ts';
import { useTotals } from './use-totals.ts';
import { setFilter, toggleGroup, type ViewState } from './view/view-state.ts';

const ChartView = lazy(() => import('../charts/chart-view.tsx'));

/** How one table is looked at; kept while another table is in sight. */
export interface TableLook {
  readonly look: Look;
  readonly view: ViewState;
}

interface TableViewProps extends Pick<ResultViewProps, 'onAddFilter' | 'onTimeRange' | 'onOpenMessage'> {
  readonly title: string;
  readonly table: ResultTable;
  readonly running: boolean;
  readonly state: TableLook;
  readonly onState: (change: (state: TableLook) => TableLook) => void;
}

/** One table of a result: its bar, grid or chart, the row's details, and what is selected. */
export function TableView({ title, table, running, state, onState, ...actions }: TableViewProps) {
  const { look, view } = state;
  const onView = useCallback(
    (change: (view: ViewState) => ViewState) => onState((now) => ({ ...now, view: change(now.view) })),
    [onState],
  );
  const { shown, working } = useShown(table, view);
  const { columns, empty } = useColumns(table, view.layout);
  const { onLayout, ...changes } = useColumnChanges(table, onView);
  const { selection, setSelection, selected, row, selectSpot, step } = useSelection(table, shown, columns, view);
  const totals = useTotals(selected);
  const find = useFind(table, shown, columns);
  const [details, setDetails] = useState(false);
  const [panel, setPanel] = useState<{ readonly place: number; readonly beside: HTMLElement }>();
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number }>();
  const [said, setSaid] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const picture = useRef<() => Promise<Blob | undefined>>(async () => undefined);
  const onPanel = useCallback((place: number, beside: HTMLElement) => setPanel({ place, beside }), []);
  const cells = table.rows[row];

  const copy = (text: string | undefined) => {
    if (text === undefined) return setSaid('That is too much to copy, or holds no values of KQL: export it.');
    copyText(text).then((done) => setSaid(done ? 'Copied.' : 'The browser does not let the page copy.'));
  };
  const onKey = (event: KeyboardEvent) => {
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (control && key === 'f') find.setText(find.text ?? '');
    else if (control && key === 'c' && selected) copy(copiedText(selected, event.shiftKey ? 'heads' : 'tabs'));
    else if (key === 'escape' && details) setDetails(false);
    else if (key === 'escape' && selection) setSelection(undefined);
    else return;
    event.preventDefault();
  };
  const endFind = () => {
    const at = columns.findIndex(({ place }) => place === find.current?.column);
    if (find.current && at >= 0) selectSpot({ line: find.current.line, at });
    find.setText(undefined);
    setTimeout(() => box.current?.querySelector<HTMLElement>('[role=grid] [tabindex="0"]')?.focus());
  };
  const shownTable = (): ShownTable => ({
    title,
    columns: columns.map(({ place, column }) => ({ place, ...column })),
    rows: table.rows,
    order: shown.order,
  });

  return (
    <div ref={box} className={css.view}>
      <TableBar
        look={look}
        onLook={(next) => onState((now) => ({ ...now, look: next }))}
        columns={table.columns}
        empty={empty}
        view={view}
        onView={onView}
        onLayout={onLayout}
        onFind={() => find.setText(find.text ?? '')}
      >
        <ExportButton
          table={shownTable}
          onSaid={setSaid}
          picture={look === 'chart' ? () => picture.current() : undefined}
        />
      </TableBar>
      {find.text !== undefined && look === 'table' && (
        <FindBar {...find} text={find.text} onText={find.setText} onStep={find.step} onClose={endFind} />
      )}
      {look === 'chart' ? (
        <Suspense fallback={<p className={css.nothing}>Loading the chart …</p>}>
          <ChartView
            table={table}
            order={shown.order}
            {...(actions.onTimeRange && { onTimeRange: actions.onTimeRange })}
            onPicture={(draw) => {
              picture.current = draw;
            }}
          />
        </Suspense>
      ) : (
        <div className={css.body}>
          {columns.length === 0 ? (
            <p className={css.nothing}>All columns are hidden.</p>
          ) : (
            <Grid
              label={title}
              table={table}
              shown={shown}
              columns={columns}
              view={view}
              selection={selection}
              onSelect={setSelection}
              onOpen={(line) => {
                if (selection?.focus.line !== line) selectSpot({ line, at: selection?.focus.at ?? 0 });
                setDetails(true);
              }}
              opened={details ? selection?.focus.line : undefined}
              onToggleGroup={(path) => onView((now) => toggleGroup(now, path))}
              onMenu={(x, y) => setMenu({ x, y })}
              onKey={onKey}
              onPanel={onPanel}
              {...changes}
              needle={(find.text ?? '').toLowerCase()}
              current={find.current}
            />
          )}
          {shown.lines.length === 0 && !working && (
            <p className={css.nothing}>{emptyWords(table.rows.length, running)}</p>
          )}
          {details && cells && (
            <DetailPane
              columns={table.columns}
              cells={cells}
              number={row + 1}
              place={columns[selection?.focus.at ?? 0]?.place}
              onStep={step}
              onCopy={copy}
              onClose={() => setDetails(false)}
              onAddFilter={actions.onAddFilter}
              onOpenMessage={actions.onOpenMessage}
            />
          )}
        </div>
      )}
      <StatusLine
        shown={shown.order.length}
        held={table.rows.length}
        running={running && !table.complete}
        working={working}
        cut={shown.cut === true}
        totals={look === 'table' ? totals : undefined}
        said={said}
      />
      {panel && table.columns[panel.place] && (
        <ColumnPanel
          {...panel}
          column={table.columns[panel.place]!}
          rows={table.rows}
          actions={columnActions(panel.place, { view, columns, onView, onFit: changes.onFit })}
          filter={view.filters.get(panel.place) ?? {}}
          onFilter={(filter) => onView((now) => setFilter(now, panel.place, filter))}
          onClose={() => setPanel(undefined)}
        />
      )}
      {menu && selected && (
        <CellMenu
          {...menu}
          onClose={() => setMenu(undefined)}
          groups={cellActions({
            selected,
            columns: table.columns,
            onCopy: copy,
            onDetails: () => setDetails(true),
            onView,
            onAddFilter: actions.onAddFilter,
            onOpenMessage: actions.onOpenMessage,
          })}
        />
      )}
    </div>
  );
}

const emptyWords = (held: number, running: boolean): string =>
  held > 0 ? 'No row fits the filters.' : running ? 'Waiting for rows …' : 'No rows.';
