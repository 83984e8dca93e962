import type { Drawing } from './chart-option.ts';
import { shortened } from './words.ts';

/** The names of lanes, one a series, short enough for an axis. */
export const laneNames = ({ data }: Pick<Drawing, 'data'>): readonly string[] =>
  data.series.map(({ name }) => shortened(name, 40));

/** Where lanes lie: names at the left, the first one on top. */
export const lanesOption = ({ data, theme }: Pick<Drawing, 'data' | 'theme'>) => ({
  grid: { left: 12, right: 24, top: 44, bottom: 16, containLabel: true },
  yAxis: {
    type: 'category' as const,
    data: laneNames({ data }),
    inverse: true,
    axisLabel: { color: theme.text },
    axisLine: { lineStyle: { color: theme.line } },
  },
});
