import { useEffect, useState } from 'react';
import { paceOf } from './view/paced.ts';
import { type Selected, type Totals, totalsOf } from './view/selection.ts';

/** What the selected cells come to; undefined for none and while they are added up. */
export function useTotals(selected: Selected | undefined): Totals | undefined {
  const [totals, setTotals] = useState<Totals>();
  useEffect(() => {
    setTotals(undefined);
    if (!selected || selected.rows.length * selected.columns.length < 2) return;
    const giveUp = new AbortController();
    totalsOf(selected, paceOf(giveUp.signal)).then(setTotals, (error: unknown) => {
      if (!giveUp.signal.aborted) throw error;
    });
    return () => giveUp.abort();
  }, [selected]);
  return totals;
}
