import type { Drawing, PartOption } from './chart-option.ts';
import { laneNames, lanesOption } from './lanes.ts';
import { tipLook } from './tooltip.ts';
import { plainWords, timeWords } from './words.ts';

/** Events on a time line, a lane a series. */
export function pivotOption({ data, theme }: Drawing): PartOption {
  const lanes = laneNames({ data });
  const { grid, yAxis } = lanesOption({ data, theme });
  return {
    grid,
    tooltip: {
      ...tipLook({ theme }),
      formatter: ({ value }: { value: [number, number] }) =>
        plainWords(`${timeWords(value[0])}\n${lanes[value[1]] ?? ''}`),
    },
    xAxis: { type: 'time', axisLabel: { color: theme.quiet }, axisLine: { lineStyle: { color: theme.line } } },
    yAxis: { ...yAxis, splitLine: { show: true, lineStyle: { color: theme.line, opacity: 0.5 } } },
    series: data.series.map(({ name, points }, lane) => ({
      name,
      type: 'scatter',
      symbol: 'rect',
      symbolSize: [4, 16],
      data: points.map(([x]) => [x, lane]),
      itemStyle: { opacity: 0.8 },
    })),
  };
}
