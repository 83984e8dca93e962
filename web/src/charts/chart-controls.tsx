import type { Column } from '../grid/contract.ts';
import { visibleText } from '../grid/values/hidden-characters.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/field.tsx';
import { Popover } from '../ui/popover.tsx';
import { Select } from '../ui/select.tsx';
import css from './chart.module.css';
import type { ByHand, ChartColumns, Refusal } from './chart-columns.ts';
import { type ChartKind, chartKinds, isChartKind, type Render } from './visualization.ts';

const NAMES: Readonly<Record<ChartKind, string>> = {
  timechart: 'Time chart',
  linechart: 'Line chart',
  areachart: 'Area chart',
  stackedareachart: 'Stacked areas',
  columnchart: 'Columns',
  barchart: 'Bars',
  piechart: 'Pie',
  scatterchart: 'Scatter',
  anomalychart: 'Anomalies',
  ladderchart: 'Ladder',
  timepivot: 'Time pivot',
  treemap: 'Tree map',
  card: 'Card',
};

interface ChartControlsProps {
  readonly columns: readonly Column[];
  readonly render: Render;
  readonly plan: ChartColumns | Refusal;
  readonly byHand: ByHand;
  readonly onByHand: (byHand: ByHand) => void;
}

/** Switches the chart by hand: its kind and which columns it is made of. */
export function ChartControls({ columns, render, plan, byHand, onByHand }: ChartControlsProps) {
  const kind = byHand.kind ?? (isChartKind(render.kind) ? render.kind : undefined);
  const options = columns.map(({ name }, place) => ({ id: String(place), name: visibleText(name) }));
  const used = 'refused' in plan ? undefined : plan;
  const series = used?.series ?? byHand.series ?? [];
  const ys = used?.ys ?? byHand.ys ?? [];
  return (
    <div className={css.controls} role="toolbar" aria-label="Chart">
      <Select
        label="Kind"
        bare
        chosen={kind}
        placeholder="Kind"
        onChoose={(chosen) => onByHand({ ...byHand, kind: chosen })}
        options={chartKinds.map((id) => ({ id, name: NAMES[id] }))}
      />
      {kind !== 'card' && (
        <>
          <span className={css.word}>x</span>
          <Select
            label="Column of the x axis"
            bare
            placeholder="x"
            chosen={used ? String(used.x) : byHand.x === undefined ? undefined : String(byHand.x)}
            onChoose={(chosen) => onByHand({ ...byHand, x: Number(chosen) })}
            options={options}
          />
          <span className={css.word}>y</span>
          <Chosen label="y" places={ys} columns={columns} onPlaces={(places) => onByHand({ ...byHand, ys: places })} />
          <span className={css.word}>by</span>
          <Chosen
            label="series"
            places={series}
            columns={columns}
            onPlaces={(places) => onByHand({ ...byHand, series: places })}
          />
        </>
      )}
      {Object.keys(byHand).length > 0 && (
        <Button look="quiet" small icon="refresh" onPress={() => onByHand({})}>
          As asked
        </Button>
      )}
    </div>
  );
}

interface ChosenProps {
  readonly label: string;
  readonly places: readonly number[];
  readonly columns: readonly Column[];
  readonly onPlaces: (places: readonly number[]) => void;
}

function Chosen({ label, places, columns, onPlaces }: ChosenProps) {
  const words = places.map((place) => visibleText(columns[place]?.name ?? '')).join(', ') || 'none';
  return (
    <Popover
      label={`Columns of ${label}`}
      trigger={
        <Button small aria-label={`Columns of ${label}: ${words}`}>
          <span className={css.chosen}>{words}</span>
        </Button>
      }
    >
      <div className={css.ticks}>
        {columns.map(({ name }, place) => (
          <Checkbox
            key={name}
            label={visibleText(name)}
            isSelected={places.includes(place)}
            onChange={(on) => onPlaces(on ? [...places, place] : places.filter((other) => other !== place))}
          />
        ))}
      </div>
    </Popover>
  );
}
