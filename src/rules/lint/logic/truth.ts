import type { Value } from '../../../values/index.ts';

/** What a predicate can be, as a set of bits: true, false, null. A `where` keeps the rows for which it is true. */
export type Truths = number;

export const TRUE = 1;
export const FALSE = 2;
export const NULL = 4;
export const ANY = 7;
/** What a predicate over texts can be, which are never null. */
export const EITHER = 3;

export const truthOf = (value: Value): Truths => (value === null ? NULL : value === true ? TRUE : FALSE);

/** `and`, in which null counts as false, as in `or`. */
export const both = (a: Truths, b: Truths): Truths => (a & b & TRUE) | ((a | b) & (FALSE | NULL) ? FALSE : 0);

/** `or`. */
export const either = (a: Truths, b: Truths): Truths =>
  ((a | b) & TRUE) | (a & (FALSE | NULL) && b & (FALSE | NULL) ? FALSE : 0);

/** `not`, which keeps null. */
export const negated = (a: Truths): Truths => (a & TRUE ? FALSE : 0) | (a & FALSE ? TRUE : 0) | (a & NULL);

/** Whether a `where` would leave the row out. */
export const untrue = (a: Truths): Truths => (a & TRUE ? FALSE : 0) | (a & (FALSE | NULL) ? TRUE : 0);
