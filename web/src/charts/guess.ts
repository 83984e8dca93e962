import type { Cell, Column } from '../grid/contract.ts';
import { valueName } from '../grid/view/filter.ts';
import type { Render } from './visualization.ts';

/** What is drawn where `render` asked for nothing: over time where there is one. */
export const guessedRender = (columns: readonly Column[]): Render => ({
  kind: columns.some(({ type }) => type === 'datetime') ? 'timechart' : 'columnchart',
  series: [],
  yColumns: [],
  anomalyColumns: [],
  xLog: false,
  yLog: false,
  legend: true,
  ySplit: 'none',
  accumulate: false,
  variant: 'default',
});

const SAMPLE = 1_000;
const MOST_VALUES = 20;

/** The first text column with few values names the series; a column of ids says nothing. */
export function guessedSeries({
  columns,
  rows,
}: {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}): number[] {
  const sample = rows.slice(0, SAMPLE);
  const few = (place: number) => {
    const values = new Set(sample.map((row) => valueName(row[place], columns[place]!.type))).size;
    return values > 1 && values <= MOST_VALUES;
  };
  const isFirst = columns.some(({ type }) => type === 'datetime') ? -1 : 0;
  const place = columns.findIndex(
    ({ type }, at) => at !== isFirst && (type === 'string' || type === 'bool') && few(at),
  );
  return place < 0 ? [] : [place];
}
