import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { readVisualization } from '../charts/visualization.ts';
import type { ResultTable, ResultViewProps } from './contract.ts';
import css from './parts/table-view.module.css';
import { type TableLook, TableView } from './table-view.tsx';
import { visibleText } from './values/hidden-characters.ts';
import { viewStateOf } from './view/view-state.ts';

/** Shows a result: a tab a table, each as a grid or as a chart. Begins anew with another result. */
export default function ResultView(props: ResultViewProps) {
  const [first, setFirst] = useState(props.result);
  const [run, setRun] = useState(0);
  if (first !== props.result) {
    setFirst(props.result);
    setRun(run + 1);
  }
  return <Tables key={run} {...props} />;
}

function Tables({ result, ...actions }: ResultViewProps) {
  const snapshot = useSyncExternalStore(result.subscribe, result.snapshot);
  const [chosen, setChosen] = useState(0);
  const [looks, setLooks] = useState<ReadonlyMap<number, TableLook>>(new Map());
  const table = snapshot.tables[chosen];
  // biome-ignore lint/correctness/useExhaustiveDependencies: a table's head stays while its rows come
  const fresh = useMemo(() => (table ? lookOf(table) : undefined), [table?.columns, table?.visualization]);
  const onState = useCallback(
    (change: (state: TableLook) => TableLook) =>
      setLooks((now) => {
        const own = now.get(chosen) ?? fresh;
        return own ? new Map(now).set(chosen, change(own)) : now;
      }),
    [chosen, fresh],
  );
  const running = snapshot.state === 'running';
  const state = looks.get(chosen) ?? fresh;
  if (!table || !state)
    return (
      <div className={css.result}>
        <p className={css.nothing}>{running ? 'Waiting for rows …' : 'No result.'}</p>
      </div>
    );
  return (
    <div className={css.result}>
      {snapshot.tables.length > 1 && <Tabs tables={snapshot.tables} chosen={chosen} onChoose={setChosen} />}
      {snapshot.capped && (
        <p className={css.banner} role="status">
          The page holds the first {table.rows.length.toLocaleString('en')} rows and takes no more. Summarise, filter,
          or take what you need.
        </p>
      )}
      <TableView
        key={chosen}
        title={visibleText(table.name)}
        table={table}
        running={running}
        state={state}
        onState={onState}
        {...actions}
      />
    </div>
  );
}

/** As `render` says; a grid where it says nothing that can be drawn. */
const lookOf = (table: ResultTable): TableLook => ({
  look: readVisualization(table.visualization) ? 'chart' : 'table',
  view: viewStateOf(table.columns),
});

interface TabsProps {
  readonly tables: readonly ResultTable[];
  readonly chosen: number;
  readonly onChoose: (place: number) => void;
}

function Tabs({ tables, chosen, onChoose }: TabsProps) {
  return (
    <div className={css.tabs} role="tablist" aria-label="Tables">
      {tables.map((table, place) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: tables keep their places
          key={place}
          type="button"
          role="tab"
          aria-selected={place === chosen}
          tabIndex={place === chosen ? 0 : -1}
          onClick={() => onChoose(place)}
          onKeyDown={(event) => {
            const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: tables.length - 1 }[event.key];
            if (next === undefined || !tables[next]) return;
            event.preventDefault();
            onChoose(next);
            (event.currentTarget.parentElement?.children[next] as HTMLElement | undefined)?.focus();
          }}
        >
          {visibleText(table.name)} <span className={css.tabCount}>{table.rows.length.toLocaleString('en')}</span>
        </button>
      ))}
    </div>
  );
}
