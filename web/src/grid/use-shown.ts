import { useEffect, useMemo, useRef, useState } from 'react';
import type { ResultTable } from './contract.ts';
import { asTheyCame, linesOf, plainLines, type Shown } from './view/lines-of.ts';
import { paceOf } from './view/paced.ts';
import type { ViewState } from './view/view-state.ts';

/** Milliseconds between two workings while rows come in. */
const WHILE_GROWING = 400;

/**
 * What the grid shows of a table under a view: worked out beside the page's own work, again when the view changes and
 * when rows have come. Until it is there the last one stays.
 */
export function useShown(table: ResultTable, view: ViewState): { readonly shown: Shown; readonly working: boolean } {
  const { rows } = table;
  const count = rows.length;
  const types = useMemo(() => table.columns.map(({ type }) => type), [table.columns]);
  const plain = asTheyCame(view);
  const asCame = useMemo(() => (plain ? plainLines(count) : undefined), [plain, count]);
  const [worked, setWorked] = useState<Shown>();
  const [working, setWorking] = useState(false);
  const { sort, filters, groups, turned, allOpen } = view;
  const latest = useRef(view);
  latest.current = view;
  const grown = useThrottled(plain ? 0 : count, WHILE_GROWING);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the parts of the view that matter, and the rows so far
  useEffect(() => {
    if (plain) return setWorked(undefined);
    const giveUp = new AbortController();
    setWorking(true);
    linesOf(rows, types, latest.current, paceOf(giveUp.signal)).then(
      (shown) => {
        if (giveUp.signal.aborted) return;
        setWorked(shown);
        setWorking(false);
      },
      (error: unknown) => {
        if (!giveUp.signal.aborted) throw error;
      },
    );
    return () => {
      giveUp.abort();
      setWorking(false);
    };
  }, [plain, rows, types, grown, sort, filters, groups, turned, allOpen]);

  const empty = useMemo(() => plainLines(0), []);
  return { shown: asCame ?? worked ?? empty, working };
}

/** A number that changes at most so often. */
function useThrottled(value: number, wait: number): number {
  const [held, setHeld] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const newest = useRef(value);
  newest.current = value;
  useEffect(() => {
    if (value === held || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      setHeld(newest.current);
    }, wait);
  }, [value, held, wait]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return held;
}
