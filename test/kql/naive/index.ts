/** An independent evaluation of plans, to compare the engine's rows with. */

export { compareRows, readRow } from './compare.ts';
export { evaluatePlan } from './evaluate-plan.ts';
export { type Row, type Rows, rowOf, valuesOf } from './rows.ts';
