import type { Drawing, PartOption } from './chart-option.ts';
import { tipLook } from './tooltip.ts';
import { numberWords, plainWords, shortened } from './words.ts';

/** Nested squares: series within the names of the first column. */
export function treemapOption({ data, theme, render }: Drawing): PartOption {
  const nodes = data.categories.map((name, place) => {
    const children = data.series
      .map((series) => ({ name: series.name, value: series.points.find(([x]) => x === place)?.[1] ?? 0 }))
      .filter(({ value }) => value > 0);
    const value = children.reduce((sum, child) => sum + child.value, 0);
    return { name, value, ...(data.series.length > 1 && { children }) };
  });
  return {
    tooltip: {
      ...tipLook({ theme }),
      formatter: ({ name, value }: { name: string; value: number }) =>
        plainWords(`${shortened(name, 80)}\n${numberWords(value)}`),
    },
    series: [
      {
        type: 'treemap',
        data: nodes.filter(({ value }) => value > 0),
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        top: render.title === undefined ? 8 : 40,
        left: 8,
        right: 8,
        bottom: 8,
        itemStyle: { borderColor: theme.ground, borderWidth: 1, gapWidth: 2 },
        upperLabel: { show: data.series.length > 1, height: 20, color: theme.ground },
        label: { color: theme.ground, formatter: ({ name }: { name: string }) => shortened(name, 40) },
      },
    ],
  };
}
