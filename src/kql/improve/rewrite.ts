import type { Plan } from '../plan/index.ts';

/** A rewrite of one node whose inputs are improved already: the same rows, less work or shorter SQL. */
export type Rewrite = (plan: Plan) => Plan;
