/** The typed relational plan: plain data between syntax and SQL. */
export { childrenOf, mapChildren } from './children.ts';
export { countColumns, replaceColumns } from './columns.ts';
export { isLight } from './light.ts';
export { mapScalarPlans, mapScalars } from './map-scalars.ts';
export { isSerialized } from './order.ts';
export { outerColumns, readsOuter } from './outer.ts';
export type * from './plan.ts';
export { type PlanData, readPlanData, writePlanData } from './plan-data.ts';
export * from './scalar.ts';
export { checkSize, isLarger, isLargerScalar, MAX_NODES } from './size.ts';
