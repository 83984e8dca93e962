/** One request and its answer: what the frames, tables and errors of the answer tell about it. */
export interface Exchange {
  /** What the client calls the request, sent back to it. */
  readonly clientRequestId: string;
  /** What we call it: a new guid each time. */
  readonly activityId: string;
  readonly database: string;
  /** The query or command text; empty where none could be read. */
  readonly text: string;
  /** The clock, milliseconds since 1970. */
  readonly now: () => number;
  /** The clock when the request came. */
  readonly started: number;
}
