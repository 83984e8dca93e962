import type { Drawing, PartOption } from './chart-option.ts';
import { tipLook } from './tooltip.ts';
import { plainWords, shortened, timeWords } from './words.ts';

/** Events on a time line, a lane a series. */
export function pivotOption({ data, theme }: Drawing): PartOption {
  const lanes = data.series.map(({ name }) => shortened(name, 40));
  return {
    grid: { left: 12, right: 24, top: 44, bottom: 16, containLabel: true },
    tooltip: {
      ...tipLook({ theme }),
      formatter: ({ value }: { value: [number, number] }) =>
        plainWords(`${timeWords(value[0])}\n${lanes[value[1]] ?? ''}`),
    },
    xAxis: { type: 'time', axisLabel: { color: theme.quiet }, axisLine: { lineStyle: { color: theme.line } } },
    yAxis: {
      type: 'category',
      data: lanes,
      inverse: true,
      axisLabel: { color: theme.text },
      axisLine: { lineStyle: { color: theme.line } },
      splitLine: { show: true, lineStyle: { color: theme.line, opacity: 0.5 } },
    },
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
