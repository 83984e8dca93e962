import { counted } from '../../ui/counted.ts';
import { MOST_HEADS } from '../view/group.ts';
import type { Totals } from '../view/selection.ts';
import css from './table-view.module.css';

interface StatusLineProps {
  readonly shown: number;
  readonly held: number;
  readonly running: boolean;
  readonly working: boolean;
  /** Not all groups are shown. */
  readonly cut: boolean;
  readonly totals: Totals | undefined;
  /** What an action said last. */
  readonly said: string;
}

/** How many rows are shown, and what the selected cells come to. */
export function StatusLine({ shown, held, running, working, cut, totals, said }: StatusLineProps) {
  const rows = shown === held ? counted(held, 'row') : `${shown.toLocaleString('en')} of ${counted(held, 'row')}`;
  return (
    <footer className={css.status}>
      <span>
        {rows}
        {running && ' so far'}
        {working && ' · working …'}
        {cut && ` · only the first ${MOST_HEADS.toLocaleString('en')} groups are shown`}
      </span>
      <span role="status" className={css.said}>
        {said}
      </span>
      {totals && (
        <span className={css.totals}>
          {part('Cells', totals.cells.toLocaleString('en'))}
          {totals.empty > 0 && part('Empty', totals.empty.toLocaleString('en'))}
          {totals.sum !== undefined && part('Sum', totals.sum)}
          {totals.average !== undefined && part('Average', totals.average)}
          {totals.least !== undefined && part('Min', totals.least)}
          {totals.greatest !== undefined && part('Max', totals.greatest)}
        </span>
      )}
    </footer>
  );
}

const part = (name: string, value: string) => (
  <span>
    {name} <b>{value}</b>
  </span>
);
