import type { Points } from './words.ts';

/** A row of the table of weights: what a signal says for and against each verdict. */
export interface Weight {
  readonly signal: string;
  readonly points: Points;
  /** Why so much. */
  readonly reason: string;
}
