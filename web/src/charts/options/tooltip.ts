import type { Drawing } from './chart-option.ts';
import { numberWords, placeWords, plainWords, shortened } from './words.ts';

/** Series in a tip at most: the greatest. */
const LISTED = 14;

/** Looks of a tip. It is drawn on the canvas: what others wrote never becomes markup. */
export const tipLook = ({ theme }: Pick<Drawing, 'theme'>) => ({
  renderMode: 'richText' as const,
  confine: true,
  backgroundColor: theme.over,
  borderColor: theme.line,
  borderWidth: 1,
  padding: [8, 10],
  textStyle: { color: theme.text, fontSize: 12, fontFamily: theme.font, lineHeight: 18 },
});

interface Hovered {
  readonly seriesName?: string;
  readonly value?: unknown;
  readonly data?: unknown;
}

/** The words of a tip over an axis: the place, then the series there with the greatest values. */
export function axisTip(
  drawing: Pick<Drawing, 'data'>,
  actual: (series: string, pair: readonly [number, number | null]) => number | null,
) {
  return (hovered: unknown): string => {
    const points = (Array.isArray(hovered) ? hovered : [hovered]) as Hovered[];
    const pairs = points
      .map(({ seriesName = '', value }) => ({ name: seriesName, pair: value as readonly [number, number | null] }))
      .filter(({ pair }) => Array.isArray(pair));
    const first = pairs[0];
    if (!first) return '';
    const listed = pairs
      .map(({ name, pair }) => ({ name, y: actual(name, pair) }))
      .filter(({ y }) => y !== null)
      .sort((a, b) => (b.y ?? 0) - (a.y ?? 0));
    const { scale, categories } = drawing.data;
    return plainWords(
      [
        shortened(placeWords(first.pair[0], scale, categories), 80),
        ...listed.slice(0, LISTED).map(({ name, y }) => `${numberWords(y)}   ${shortened(name, 60)}`),
        ...(listed.length > LISTED ? [`and ${listed.length - LISTED} more`] : []),
      ].join('\n'),
    );
  };
}
