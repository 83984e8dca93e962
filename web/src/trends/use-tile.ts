import { useCallback, useEffect, useState } from 'react';
import { streamQuery, type TableHead, type Warning } from '../api/index.ts';

/** What a tile's query gave. */
export interface TileAnswer {
  readonly table: TableHead;
  readonly rows: readonly (readonly unknown[])[];
  readonly warnings: readonly Warning[];
}

export interface TileState {
  readonly answer: TileAnswer | undefined;
  readonly error: unknown;
  readonly again: () => void;
}

/** Rows of a tile; one that gives more says so by being cut. */
const ROWS = 5_000;
/** Tiles that ask at a time: the server has other visitors. */
const AT_ONCE = 3;

let running = 0;
const waiting: (() => void)[] = [];

/** Waits for its turn; call what comes back when done. */
async function turn(): Promise<() => void> {
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  running++;
  return () => {
    running--;
    waiting.shift()?.();
  };
}

/** Runs a tile's query when the tile appears and whenever the query changes. */
export function useTile(text: string): TileState {
  const [state, setState] = useState<{ answer?: TileAnswer; error?: unknown; text?: string }>({});
  const [count, setCount] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count is what asks anew
  useEffect(() => {
    const stop = new AbortController();
    tileAnswer(text, stop.signal).then(
      (answer) => stop.signal.aborted || setState({ answer, text }),
      (error: unknown) => stop.signal.aborted || setState({ error, text }),
    );
    return () => stop.abort();
  }, [text, count]);
  const again = useCallback(() => setCount((one) => one + 1), []);
  const current = state.text === text;
  return { answer: current ? state.answer : undefined, error: current ? state.error : undefined, again };
}

async function tileAnswer(text: string, signal: AbortSignal): Promise<TileAnswer> {
  const done = await turn();
  try {
    signal.throwIfAborted();
    let table: TableHead | undefined;
    let warnings: readonly Warning[] = [];
    const rows: (readonly unknown[])[] = [];
    for await (const piece of streamQuery({ text }, signal)) {
      if (piece.kind === 'head') [table, warnings] = [piece.tables[0], piece.warnings];
      if (piece.kind === 'rows') rows.push(...piece.rows.slice(0, ROWS - rows.length));
      if (rows.length >= ROWS) break;
    }
    if (table === undefined) throw new Error('the server gave no table');
    return { table, rows, warnings };
  } finally {
    done();
  }
}
