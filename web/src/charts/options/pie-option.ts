import type { Drawing, PartOption } from './chart-option.ts';
import { tipLook } from './tooltip.ts';
import { numberWords, plainWords, shortened } from './words.ts';

/** Slices at most; the smaller ones are put together. */
const MOST_SLICES = 24;

/** Slices by the first column's names. What is below zero has no slice. */
export function pieOption({ data, render, theme }: Drawing): PartOption {
  const points = data.series[0]?.points ?? [];
  const slices = points
    .map(([x, y]) => ({ name: data.categories[x] ?? '', value: y ?? 0 }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value);
  const rest = slices.slice(MOST_SLICES);
  const others = { name: `${rest.length} others`, value: rest.reduce((sum, { value }) => sum + value, 0) };
  return {
    tooltip: {
      ...tipLook({ theme }),
      trigger: 'item',
      formatter: ({ name, value, percent }: { name: string; value: number; percent: number }) =>
        plainWords(`${shortened(name, 80)}\n${numberWords(value)}   ${percent} %`),
    },
    series: [
      {
        type: 'pie',
        radius: ['0%', '68%'],
        center: ['50%', render.title === undefined ? '50%' : '54%'],
        data: rest.length > 0 ? [...slices.slice(0, MOST_SLICES), others] : slices,
        itemStyle: { borderColor: theme.ground, borderWidth: 2 },
        label: {
          color: theme.text,
          show: render.legend,
          formatter: ({ name, percent }: { name: string; percent: number }) => `${shortened(name, 32)}  ${percent} %`,
        },
        labelLine: { lineStyle: { color: theme.line } },
      },
    ],
  };
}
