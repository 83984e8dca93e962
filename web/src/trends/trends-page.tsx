import { Page, Segments, useRemembered } from '../ui/index.ts';
import { TilePanel } from './tile-panel.tsx';
import { tiles } from './tiles.ts';
import css from './trends.module.css';

const spans = [
  { id: '7', name: '7 days' },
  { id: '30', name: '30 days' },
  { id: '90', name: '90 days' },
] as const;

type Span = (typeof spans)[number]['id'];

/** Trends: how mail authenticates, who fails, how far it gets, who is ready for `p=reject`. Each tile opens in Hunt. */
export default function TrendsPage() {
  const [span, setSpan] = useRemembered<Span>('trends.span', readSpan, '30');
  return (
    <Page title="Trends" tools={<Segments label="How far back" chosen={span} onChoose={setSpan} options={spans} />}>
      <div className={css.tiles}>
        {tiles.map((tile) => (
          <div key={tile.id} className={tile.wide ? css.wide : css.half}>
            <TilePanel tile={tile} days={Number(span)} />
          </div>
        ))}
      </div>
    </Page>
  );
}

const readSpan = (kept: unknown): Span | undefined => spans.find(({ id }) => id === kept)?.id;
