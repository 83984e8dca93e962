import { useEffect, useRef, useState } from 'react';
import css from './chart.module.css';
import type { ChartColumns } from './chart-columns.ts';
import type { ChartData } from './chart-data.ts';
import { init } from './echarts.ts';
import { chartOption } from './options/chart-option.ts';
import { onThemeChange, readTheme } from './theme.ts';
import type { Render } from './visualization.ts';

type Chart = ReturnType<typeof init>;

interface ChartCanvasProps {
  readonly render: Render;
  readonly columns: ChartColumns;
  readonly data: ChartData;
  readonly names: readonly string[];
  /** The chart in words. */
  readonly label: string;
  /** A stretch of time was marked, in milliseconds since 1970. */
  readonly onBrush: ((range: readonly [number, number] | undefined) => void) | undefined;
  readonly onPicture: (draw: () => Promise<Blob | undefined>) => void;
}

/** The drawing itself; follows the size of its place and the page's theme. */
export function ChartCanvas({ label, onBrush, onPicture, ...given }: ChartCanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<Chart>();
  const [turn, setTurn] = useState(0);
  const { render, columns, data, names } = given;

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const made = init(element, undefined, { renderer: 'canvas' });
    setChart(made);
    const again = () => setTurn((now) => now + 1);
    let [width, height] = [element.clientWidth, element.clientHeight];
    const sizes = new ResizeObserver(() => {
      if (width === element.clientWidth && height === element.clientHeight) return;
      [width, height] = [element.clientWidth, element.clientHeight];
      made.resize();
      again();
    });
    sizes.observe(element);
    const endTheme = onThemeChange(again);
    return () => {
      sizes.disconnect();
      endTheme();
      made.dispose();
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when size or theme have changed
  useEffect(() => {
    const element = place.current;
    if (!chart || !element || chart.isDisposed()) return;
    const size = { width: element.clientWidth, height: element.clientHeight };
    const theme = readTheme(element);
    chart.setOption(chartOption({ render, columns, data, names, theme, ...size }), { notMerge: true });
    const brushes = onBrush !== undefined && data.scale === 'time' && columns.kind !== 'barchart';
    if (brushes)
      chart.dispatchAction({
        type: 'takeGlobalCursor',
        key: 'brush',
        brushOption: { brushType: 'lineX', brushMode: 'single' },
      });
    onPicture(() => pictureOf(chart, theme.ground));
  }, [chart, turn, render, columns, data, names]);

  useEffect(() => {
    if (!chart || !onBrush) return;
    const ended = (event: unknown) => {
      const [area] = (event as { areas: { coordRange?: unknown; coordRanges?: unknown[] }[] }).areas;
      const range = (area?.coordRanges?.[0] ?? area?.coordRange) as [number, number] | undefined;
      onBrush(range && range[1] > range[0] ? [range[0], range[1]] : undefined);
    };
    chart.on('brushEnd', ended);
    return () => {
      if (!chart.isDisposed()) chart.off('brushEnd', ended);
    };
  }, [chart, onBrush]);

  return <div ref={place} className={css.canvas} role="img" aria-label={label} />;
}

function pictureOf(chart: Chart, ground: string): Promise<Blob | undefined> {
  const canvas = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: ground });
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'));
}
