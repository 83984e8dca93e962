import { useMemo, useState } from 'react';
import type { ResultTable } from '../grid/contract.ts';
import { visibleText } from '../grid/values/hidden-characters.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from './card.tsx';
import css from './chart.module.css';
import { ChartCanvas } from './chart-canvas.tsx';
import { type ByHand, chartColumns } from './chart-columns.ts';
import { ChartControls } from './chart-controls.tsx';
import { chartData } from './chart-data.ts';
import { guessedRender, guessedSeries } from './guess.ts';
import { chartWords } from './options/axes-option.ts';
import { timeWords } from './options/words.ts';
import { type Span, snapped } from './snapped.ts';
import { readVisualization } from './visualization.ts';

export interface ChartViewProps {
  readonly table: ResultTable;
  /** The rows to draw, in their order. */
  readonly order: Uint32Array;
  /** A stretch of time was marked and is to be the query's, ISO 8601. */
  readonly onTimeRange?: (from: string, to: string) => void;
  /** Lends what draws the chart as a picture. */
  readonly onPicture: (draw: () => Promise<Blob | undefined>) => void;
}

/** A table as a chart: as `render` asks, or as chosen by hand. The same rows stand in the grid. */
export default function ChartView({ table, order, onTimeRange, onPicture }: ChartViewProps) {
  const [byHand, setByHand] = useState<ByHand>({});
  const [marked, setMarked] = useState<Span>();
  const render = useMemo(
    () => readVisualization(table.visualization) ?? guessedRender(table.columns),
    [table.visualization, table.columns],
  );
  const asked = readVisualization(table.visualization) !== undefined;
  const sample = Math.min(table.rows.length, 1_000);
  // biome-ignore lint/correctness/useExhaustiveDependencies: arrays of a dynamic column are known once rows are there
  const plan = useMemo(
    () => chartColumns(table, render, asked ? byHand : { series: guessedSeries(table), ...byHand }),
    [table.columns, render, asked, byHand, sample],
  );
  const data = useMemo(
    () =>
      'refused' in plan ? undefined : chartData({ columns: table.columns, rows: table.rows, order }, plan, render),
    [plan, table.columns, table.rows, order, render],
  );
  const names = useMemo(() => table.columns.map(({ name }) => visibleText(name)), [table.columns]);
  const drawn = useMemo(() => (byHand.kind ? { ...render, kind: byHand.kind } : render), [render, byHand.kind]);
  return (
    <section className={css.chart} aria-label="Chart">
      <ChartControls columns={table.columns} render={render} plan={plan} byHand={byHand} onByHand={setByHand} />
      {'refused' in plan ? (
        <p className={css.refused}>{plan.refused}</p>
      ) : plan.kind === 'card' ? (
        <Card table={table} row={order[0] ?? -1} title={render.title} />
      ) : data?.series.some(({ points }) => points.length > 0) ? (
        <ChartCanvas
          render={drawn}
          columns={plan}
          data={data}
          names={names}
          label={`${chartWords({ render: drawn, columns: plan, data, names })}. The table has the same rows.`}
          onBrush={onTimeRange && ((span) => setMarked(span && snapped(span, { data, kind: plan.kind })))}
          onPicture={onPicture}
        />
      ) : (
        <p className={css.refused}>There is nothing to draw: no rows, or no numbers in them.</p>
      )}
      {marked && onTimeRange && (
        <p className={css.marked} role="status">
          {timeWords(marked[0])} – {timeWords(marked[1])}
          <Button
            look="primary"
            small
            onPress={() => {
              onTimeRange(new Date(marked[0]).toISOString(), new Date(marked[1]).toISOString());
              setMarked(undefined);
            }}
          >
            Use as time range
          </Button>
          <IconButton icon="close" small label="Leave the time range" onPress={() => setMarked(undefined)} />
        </p>
      )}
      {data && data.notes.length > 0 && <p className={css.notes}>{data.notes.join(' ')}</p>}
    </section>
  );
}
