import type { EChartsCoreOption } from 'echarts/core';
import type { ChartColumns } from '../chart-columns.ts';
import type { ChartData } from '../chart-data.ts';
import type { ChartTheme } from '../theme.ts';
import type { Render } from '../visualization.ts';
import { axesOption } from './axes-option.ts';
import { ladderOption } from './ladder-option.ts';
import { pieOption } from './pie-option.ts';
import { pivotOption } from './pivot-option.ts';
import { treemapOption } from './treemap-option.ts';

/** All that a drawing is made of. */
export interface Drawing {
  readonly render: Render;
  readonly columns: ChartColumns;
  readonly data: ChartData;
  readonly theme: ChartTheme;
  /** Names of the table's columns. */
  readonly names: readonly string[];
  /** Pixels that there are. */
  readonly width: number;
  readonly height: number;
}

/** What a chart is for ECharts, without what all charts share. */
export type PartOption = Readonly<Record<string, unknown>>;

const KINDS: Partial<Record<ChartColumns['kind'], (drawing: Drawing) => PartOption>> = {
  piechart: pieOption,
  treemap: treemapOption,
  ladderchart: ladderOption,
  timepivot: pivotOption,
};

/** The option of ECharts for a drawing. Texts are drawn, never set as markup: tooltips are drawn too. */
export function chartOption(drawing: Drawing): EChartsCoreOption {
  const { render, theme } = drawing;
  return {
    animation: false,
    useUTC: true,
    color: [...theme.series],
    backgroundColor: 'transparent',
    textStyle: { fontFamily: theme.font, color: theme.text, fontSize: 12 },
    aria: { enabled: false },
    ...(render.title !== undefined && {
      title: {
        text: render.title,
        left: 12,
        top: 6,
        textStyle: { color: theme.text, fontSize: 14, fontWeight: 600, fontFamily: theme.font },
      },
    }),
    ...(KINDS[drawing.columns.kind] ?? axesOption)(drawing),
  };
}
