import type { Visualization } from '../../kql/index.ts';

/** Kusto's members of a visualization with their values where `render` says nothing, in Kusto's order. */
const unset = {
  Visualization: null,
  Title: null,
  XColumn: null,
  Series: null,
  YColumns: null,
  AnomalyColumns: null,
  XTitle: null,
  YTitle: null,
  XAxis: null,
  YAxis: null,
  Legend: null,
  YSplit: null,
  Accumulate: false,
  IsQuerySorted: false,
  Kind: null,
  Ymin: 'NaN',
  Ymax: 'NaN',
  Xmin: null,
  Xmax: null,
};

/** How members that are not single texts are read. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  Series: names,
  YColumns: names,
  AnomalyColumns: names,
  Accumulate: (text) => text.toLowerCase() === 'true',
};

/**
 * The JSON text with which both protocols tell a client what `render` asked for. A property that Kusto does not know is
 * left out.
 *
 * @see https://learn.microsoft.com/kusto/query/render-operator
 */
export const visualizationText = (visualization: Visualization | undefined): string =>
  JSON.stringify(visualizationMembers(visualization));

/** The same as an object. */
export function visualizationMembers(visualization: Visualization | undefined): Readonly<Record<string, unknown>> {
  const byName = new Map<string, string>();
  for (const [name, text] of Object.entries(visualization?.properties ?? {})) byName.set(name.toLowerCase(), text);
  if (visualization) byName.set('visualization', visualization.kind);
  const members = Object.entries(unset).map(([name, value]) => {
    const text = byName.get(name.toLowerCase());
    return [name, text === undefined ? value : (readers[name]?.(text) ?? text)];
  });
  return Object.fromEntries(members);
}

function names(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
