import { useMemo } from 'react';
import { ChartCanvas } from '../charts/chart-canvas.tsx';
import { chartColumns } from '../charts/chart-columns.ts';
import { chartData } from '../charts/chart-data.ts';
import { chartWords } from '../charts/options/axes-option.ts';
import { readVisualization } from '../charts/visualization.ts';
import { visibleText } from '../grid/values/hidden-characters.ts';
import type { TileAnswer } from './use-tile.ts';

/** A tile's answer as the chart that its `render` asks for; the tile has the title already. */
export default function TileChart({
  title,
  answer: { table, rows },
}: {
  readonly title: string;
  readonly answer: TileAnswer;
}) {
  const drawn = useMemo(() => {
    const asked = readVisualization(table.visualization);
    if (asked === undefined) return undefined;
    const { title: _, ...render } = asked;
    const whole = { ...table, rows, complete: true, total: rows.length };
    const columns = chartColumns(whole, render, {});
    if ('refused' in columns) return undefined;
    const order = Uint32Array.from(rows, (_row, at) => at);
    const data = chartData({ columns: table.columns, rows, order }, columns, render);
    return { render, columns, data, names: table.columns.map(({ name }) => visibleText(name)) };
  }, [table, rows]);
  if (drawn === undefined) return <p>{title} cannot be drawn: its query asks for no chart.</p>;
  return <ChartCanvas {...drawn} label={`${title}: ${chartWords(drawn)}`} onBrush={undefined} onPicture={nobody} />;
}

/** Nobody takes pictures here: Hunt does. */
const nobody = (): void => {};
