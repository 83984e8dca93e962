/** KQL's scalar values as JavaScript holds them: types, ticks, text forms, dynamic. */
export { parseDatetime, ticksOfDate } from './datetime.ts';
export {
  addDecimals,
  compareDecimals,
  divideDecimals,
  floorDecimal,
  isHeldDecimal,
  moduloDecimals,
  multiplyDecimals,
  parseDecimal,
  roundDecimal,
  subtractDecimals,
} from './decimal.ts';
export { dynamicEquals, dynamicFrom, dynamicToJson, dynamicToText, parseDynamic } from './dynamic.ts';
export { formatReal, INT_MAX, INT_MIN, LONG_MAX, LONG_MIN, parseReal, parseWhole } from './numbers.ts';
export * from './ticks.ts';
export { parseTimespan } from './timespan.ts';
export { type Column, type Dynamic, type KqlType, kqlTypes, type Value } from './types.ts';
