/** What a program that reads the log can look for. */
export interface LogFacts {
  readonly level?: 'info' | 'warning' | 'error';
  /** What happened, a word that stays the same: `request`, `defect`, `retention`. */
  readonly event?: string;
  readonly [fact: string]: string | number | boolean | undefined;
}

/** Where the server says what happens, a line at a time; never a query's text, which may hold names of people. */
export type Log = (line: string, facts?: LogFacts) => void;

/**
 * A log in lines of JSON, for programs: `{"time":…,"level":…,"event":…,"message":…}` and what else is known.
 *
 * @param clock milliseconds since 1970
 */
export const jsonLog =
  (write: (line: string) => void, clock: () => number): Log =>
  (message, { level = 'info', event = 'note', ...facts } = {}) =>
    write(JSON.stringify({ time: new Date(clock()).toISOString(), level, event, message, ...facts }));
