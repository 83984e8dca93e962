/** Where the server says what happens, a line at a time; never a query's text, which may hold names of people. */
export type Log = (line: string) => void;
