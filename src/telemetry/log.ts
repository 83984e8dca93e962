/** What a program that reads the log can look for. */
export interface LogFacts {
  readonly level?: 'info' | 'warning' | 'error';
  /** What happened, a word that stays the same: `request`, `defect`, `retention`. */
  readonly event?: string;
  readonly [fact: string]: string | number | boolean | undefined;
}

/** Where a process says what happens, a line at a time; never a query’s text or what stands in a message. */
export type Log = (line: string, facts?: LogFacts) => void;

/**
 * A log in lines of JSON, for programs: `{"time":…,"level":…,"event":…,"message":…}` and what else is known. All of it is
 * printable ASCII, so that no text of somebody's ends a line or steers the terminal that shows it.
 *
 * @param clock milliseconds since 1970
 */
export const jsonLog =
  (write: (line: string) => void, clock: () => number): Log =>
  (message, { level = 'info', event = 'note', ...facts } = {}) =>
    write(asciiJson({ time: new Date(clock()).toISOString(), level, event, message, ...facts }));

/**
 * JSON of printable ASCII: what stands in it stays what it is for who reads it as JSON.
 *
 * @example asciiJson('Müller\u009b2J') // '"M\\u00fcller\\u009b2J"'
 */
export const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
