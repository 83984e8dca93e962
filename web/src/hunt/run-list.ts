import type { Statement } from '../editor/statements.ts';
import { recall, remember } from '../ui/remembered.ts';
import { addRun, type Ran, readRuns } from './history.ts';
import { type Run, type RunOptions, startRun } from './run.ts';

/** Results of more tabs are not held: each may have many rows. */
const MOST_HELD = 6;
const HISTORY = 'hunt.history';

/**
 * What runs and ran, by tab, and the history of it all. It outlives the page's view: who comes back from another page
 * finds the result that he left.
 */
class RunList {
  /** The one that was used last stands last. */
  readonly #runs = new Map<string, Run>();
  readonly #listeners = new Set<() => void>();
  #history: readonly Ran[] = recall(HISTORY, readRuns, []);

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly history = (): readonly Ran[] => this.#history;

  /** What a tab ran last. */
  of(tab: string): Run | undefined {
    return this.#runs.get(tab);
  }

  /** Runs queries for a tab; what it still runs is cancelled. */
  start(tab: string, statements: readonly Statement[], optionsFor: (statement: Statement) => RunOptions): void {
    this.cancel(tab);
    this.#runs.delete(tab);
    const run = startRun(statements, optionsFor);
    this.#runs.set(tab, run);
    this.#shrink();
    this.#changed();
    void run.ended.then(() => this.#ended(run));
  }

  cancel(tab: string): void {
    this.#runs.get(tab)?.cancel();
  }

  /** Lets go of the results of tabs that are closed. */
  keepOnly(tabs: readonly string[]): void {
    for (const [tab, run] of this.#runs) {
      if (tabs.includes(tab)) continue;
      run.cancel();
      this.#runs.delete(tab);
    }
  }

  forgetHistory(): void {
    this.#setHistory([]);
  }

  #shrink(): void {
    for (const [tab, { result }] of this.#runs) {
      if (this.#runs.size <= MOST_HELD) return;
      if (result.snapshot().state !== 'running') this.#runs.delete(tab);
    }
  }

  #ended({ result }: Run): void {
    const { state, tables, duration, text } = result.snapshot();
    if (state === 'running') return;
    const rows = tables.reduce((sum, table) => sum + table.total, 0);
    this.#setHistory(addRun(this.#history, { text, at: Date.now(), state, rows, milliseconds: duration }));
  }

  #setHistory(history: readonly Ran[]): void {
    this.#history = history;
    remember(HISTORY, history);
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** The page's. */
export const runList = new RunList();
