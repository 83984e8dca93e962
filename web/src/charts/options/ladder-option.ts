import type { Drawing, PartOption } from './chart-option.ts';
import { laneNames, lanesOption } from './lanes.ts';
import { tipLook } from './tooltip.ts';
import { placeWords, plainWords } from './words.ts';

/** What ECharts lends to a drawing of one's own. */
interface Api {
  readonly value: (dimension: number) => number;
  readonly coord: (pair: readonly [number, number]) => [number, number];
  readonly size: (pair: readonly [number, number]) => [number, number];
}

/** Bars from a beginning to an end, a lane a name. Each point's y is where it ends. */
export function ladderOption({ data, theme }: Drawing): PartOption {
  const lanes = laneNames({ data });
  const bars = data.series.flatMap(({ points }, lane) => points.map(([from, until]) => [from, until ?? from, lane]));
  return {
    ...lanesOption({ data, theme }),
    tooltip: {
      ...tipLook({ theme }),
      formatter: ({ value }: { value: [number, number, number] }) =>
        plainWords(
          `${lanes[value[2]] ?? ''}\n${placeWords(value[0], data.scale, [])} – ${placeWords(value[1], data.scale, [])}`,
        ),
    },
    xAxis: {
      type: data.scale === 'time' ? 'time' : 'value',
      scale: true,
      axisLabel: { color: theme.quiet },
      axisLine: { lineStyle: { color: theme.line } },
      splitLine: { lineStyle: { color: theme.line, opacity: 0.6 } },
    },
    series: [
      {
        type: 'custom',
        encode: { x: [0, 1], y: 2 },
        data: bars,
        renderItem: (_: unknown, api: Api) => {
          const lane = api.value(2);
          const [left, middle] = api.coord([api.value(0), lane]);
          const [right] = api.coord([api.value(1), lane]);
          const height = Math.max(4, api.size([0, 1])[1] * 0.55);
          const shape = { x: left, y: middle - height / 2, width: Math.max(2, right - left), height };
          return { type: 'rect', shape, style: { fill: theme.series[lane % theme.series.length], opacity: 0.85 } };
        },
      },
    ],
  };
}
