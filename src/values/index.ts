/** KQL's scalar values as JavaScript holds them: types, ticks, text forms, dynamic. */
export * from './ticks.ts';
export { type Column, type Dynamic, type KqlType, kqlTypes, type Value } from './types.ts';
