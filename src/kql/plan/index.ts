export type * from './plan.ts';
export * from './scalar.ts';
