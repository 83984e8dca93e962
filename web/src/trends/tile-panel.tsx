import { lazy, Suspense } from 'react';
import { huntLink } from '../api/index.ts';
import { shownText } from '../grid/values/cell-text.ts';
import { visibleText } from '../grid/values/hidden-characters.ts';
import { Button, FailureNotice, Notice, Panel, Spinner, Table } from '../ui/index.ts';
import type { Tile } from './tiles.ts';
import css from './trends.module.css';
import { type TileAnswer, useTile } from './use-tile.ts';

const TileChart = lazy(() => import('./tile-chart.tsx'));

/** A tile: its question, its answer, and the way to Hunt. */
export function TilePanel({ tile, days }: { readonly tile: Tile; readonly days: number }) {
  const text = tile.kql(days);
  const { answer, error, again } = useTile(text);
  return (
    <Panel
      title={tile.title}
      tools={
        <a className={css.open} href={huntLink(text)} aria-label={`Open in Hunt: ${tile.title}`}>
          Open in Hunt
        </a>
      }
    >
      <p className={css.note}>{tile.note}</p>
      {error !== undefined && <FailureNotice error={error} actions={<Button onPress={again}>Try again</Button>} />}
      {answer?.warnings.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: warnings of one answer, which do not move
        <Notice key={index} tone="warn">
          {one.message}
        </Notice>
      ))}
      {answer === undefined && error === undefined && (
        <div className={tile.view === 'chart' ? css.chart : css.waiting}>
          <Spinner label={`Asking: ${tile.title}`} />
        </div>
      )}
      {answer && <Answer tile={tile} answer={answer} />}
    </Panel>
  );
}

function Answer({ tile, answer }: { readonly tile: Tile; readonly answer: TileAnswer }) {
  if (tile.view === 'figures') return <Figures answer={answer} />;
  if (answer.rows.length === 0) return <p className={css.none}>Nothing in this time.</p>;
  if (tile.view === 'table') return <Rows tile={tile} answer={answer} />;
  return (
    <div className={css.chart}>
      <Suspense fallback={<Spinner label="Loading the chart" />}>
        <TileChart title={tile.title} answer={answer} />
      </Suspense>
    </div>
  );
}

/** The one row of an answer as large figures under their names. */
function Figures({ answer: { table, rows } }: { readonly answer: TileAnswer }) {
  return (
    <dl className={css.figures}>
      {table.columns.map(({ name }, at) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{Number(rows[0]?.[at] ?? 0).toLocaleString('en')}</dd>
        </div>
      ))}
    </dl>
  );
}

const numeric = new Set(['int', 'long', 'real', 'decimal']);

function Rows({ tile, answer: { table, rows } }: { readonly tile: Tile; readonly answer: TileAnswer }) {
  return (
    <div className={css.rows}>
      <Table
        label={tile.title}
        columns={table.columns.map(({ name, type }, at) => ({
          name,
          numeric: numeric.has(type),
          cell: (row: readonly unknown[]) => cellOf(row[at], type),
        }))}
        rows={rows}
        keyOf={(_, index) => index}
      />
    </div>
  );
}

function cellOf(cell: unknown, type: TileAnswer['table']['columns'][number]['type']) {
  if (typeof cell === 'number') return cell.toLocaleString('en');
  const text = shownText(cell, type);
  return <span className={css.cell}>{visibleText(type === 'datetime' ? text.slice(0, 16) : text)}</span>;
}
