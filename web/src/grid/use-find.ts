import { useEffect, useState } from 'react';
import type { ResultTable } from './contract.ts';
import type { ShownColumn } from './view/columns.ts';
import { type Found, findText, type Place } from './view/find.ts';
import type { Shown } from './view/lines-of.ts';
import { paceOf } from './view/paced.ts';

/** A search in what is shown. `text` undefined: nothing is looked for. */
export interface Finding {
  readonly text: string | undefined;
  readonly found: Found | undefined;
  readonly at: number;
  readonly current: Place | undefined;
  readonly setText: (text: string | undefined) => void;
  readonly step: (by: 1 | -1) => void;
}

/** Looks for a text in the lines and columns shown, beside the page's own work. */
export function useFind(table: ResultTable, shown: Shown, columns: readonly ShownColumn[]): Finding {
  const [text, setText] = useState<string>();
  const [found, setFound] = useState<Found>();
  const [at, setAt] = useState(0);
  useEffect(() => {
    setFound(undefined);
    if (!text) return;
    const giveUp = new AbortController();
    const types = table.columns.map(({ type }) => type);
    const places = { lines: shown.lines, columns: columns.map(({ place }) => place) };
    findText(text, table.rows, types, places, paceOf(giveUp.signal)).then(
      (result) => {
        setFound(result);
        setAt((before) => Math.min(before, Math.max(0, result.places.length - 1)));
      },
      (error: unknown) => {
        if (!giveUp.signal.aborted) throw error;
      },
    );
    return () => giveUp.abort();
  }, [text, table.rows, table.columns, shown, columns]);
  return {
    text,
    found,
    at,
    current: found?.places[at],
    setText: (next) => {
      setAt(0);
      setText(next);
    },
    step: (by) => {
      const count = found?.places.length ?? 0;
      if (count > 0) setAt((at + by + count) % count);
    },
  };
}
