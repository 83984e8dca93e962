/**
 * What the Hunt page and the result view agree on; types only.
 *
 * The Hunt page runs queries and fills a `ResultStore` (`web/src/hunt/run.ts`, class `LiveResult` in
 * `web/src/hunt/live-result.ts`); the view (`web/src/grid/result-view.tsx`, default export `ResultView`, loaded lazily)
 * shows it: tabs for several tables, grid, chart, details, exports. State, duration, warnings, errors and SQL stand in
 * the Hunt page's own status line; the view shows them nowhere but where a chart or grid cannot be without (no rows).
 */
import type { Failure } from '../api/call.ts';
import type { Column, TableHead, Visualization, Warning } from '../api/stream-query.ts';

export type { Column, Failure, TableHead, Visualization, Warning };

/** A cell as it came (Kusto's second protocol): text, number, true, null, or JSON of a dynamic; wide numbers are text. */
export type Cell = unknown;

/** One table of a result, growing while rows come in. */
export interface ResultTable extends TableHead {
  /** The rows that the page holds, in their order. Grows at its end only, in place; never changed otherwise. */
  readonly rows: readonly (readonly Cell[])[];
  /** All its rows have come. */
  readonly complete: boolean;
  /** Rows that the query gave; more than `rows.length` where the page holds no more (`cap`). Known so far while running. */
  readonly total: number;
}

export type ResultState = 'running' | 'done' | 'failed' | 'cancelled';

/** What a query has given so far; a new object at each change, so that React sees it, while the rows stay where they are. */
export interface ResultSnapshot {
  readonly state: ResultState;
  readonly tables: readonly ResultTable[];
  readonly warnings: readonly Warning[];
  /** Why it failed. Rows that had come before it stay. */
  readonly failure: Failure | undefined;
  /** What else is wrong with the text that failed. */
  readonly further?: readonly Failure[];
  /** Milliseconds since the start, or from start to end. */
  readonly duration: number;
  /** How many rows of a table the page holds at most. */
  readonly cap: number;
  /** True where rows were left out because of `cap`, or because they would take too much memory (`budget.ts`). */
  readonly capped: boolean;
  /** The text that ran, as it stood in the editor. */
  readonly text: string;
}

/** A result that is coming in: for `useSyncExternalStore(store.subscribe, store.snapshot)`. Told at most ten times a second. */
export interface ResultStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => ResultSnapshot;
}

/** The result view's properties. */
export interface ResultViewProps {
  /** One object a run: the view begins anew (sorting, filters, selection) when it is another one. */
  readonly result: ResultStore;
  /**
   * A person picks "add as filter": a whole line of KQL to add at the end of the query, for example
   * `| where SenderFromDomain == "contoso.com"`, correctly escaped. Absent where there is no query to change.
   */
  readonly onAddFilter?: (fragment: string) => void;
  /** A chart was brushed: narrow the time range of the query to this, ISO 8601. Absent where there is none. */
  readonly onTimeRange?: (from: string, to: string) => void;
  /** A message's id (`NetworkMessageId`) was opened; absent where there is nowhere to go. */
  readonly onOpenMessage?: (networkMessageId: string) => void;
}
