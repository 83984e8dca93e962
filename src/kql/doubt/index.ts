/** Predicates that contradict what is known of a column's values. */
export { doubtsOf } from './check.ts';
export { type DoubtCheck, neverTrue } from './never-true.ts';
