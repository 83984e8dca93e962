/** A query that was run. */
export interface Ran {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly state: 'done' | 'failed' | 'cancelled';
  readonly rows: number;
  readonly milliseconds: number;
}

/** The newest entries are kept, within both bounds. */
export const MOST_RUNS = 300;
export const MOST_CHARACTERS = 1_000_000;

/** The history with one more run, newest first. The same text run again takes the place of its last run. */
export function addRun(history: readonly Ran[], run: Ran): readonly Ran[] {
  const others = history.filter(({ text }) => text !== run.text);
  return bounded([run, ...others]);
}

function bounded(history: readonly Ran[]): readonly Ran[] {
  const kept: Ran[] = [];
  let room = MOST_CHARACTERS;
  for (const run of history.slice(0, MOST_RUNS)) {
    room -= run.text.length;
    if (room < 0) break;
    kept.push(run);
  }
  return kept;
}

/** The runs whose text has all the words, in whatever case. */
export function searchRuns(history: readonly Ran[], search: string): readonly Ran[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return history;
  return history.filter(({ text }) => {
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  });
}

const states: readonly unknown[] = ['done', 'failed', 'cancelled'] satisfies Ran['state'][];

/** What was kept; undefined for anything else. Entries that are none are left out. */
export function readRuns(kept: unknown): readonly Ran[] | undefined {
  if (!Array.isArray(kept)) return undefined;
  const runs = kept.filter((entry: Partial<Ran> | null): entry is Ran => {
    const numbers = [entry?.at, entry?.rows, entry?.milliseconds];
    return (
      typeof entry?.text === 'string' &&
      states.includes(entry.state) &&
      numbers.every((number) => Number.isFinite(number))
    );
  });
  return bounded(runs);
}
