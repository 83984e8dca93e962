import { type Dynamic, dynamicFrom, type KqlType, LONG_MAX } from '../../values/index.ts';
import { arraySql } from './arrays.ts';
import { toDynamicSql } from './dynamic-json.ts';
import { hostCallSql } from './host-call.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction, SqlArg } from './row.ts';

/** Results beyond this many are cut off. */
const MOST = 1_048_576n;
const HOUR = 36_000_000_000n;

const isTime = (type: KqlType | undefined): boolean => type === 'datetime' || type === 'timespan';
const stepFor = (type: KqlType | undefined): bigint => (isTime(type) ? HOUR : 1n);

const NUMBERS: readonly KqlType[] = ['int', 'long', 'real'];
type Reals = [start: number | null, stop: number | null, step: number | null];

/** Each is reckoned from the start, so that errors do not add up. */
function realRange(start: number | null, stop: number | null, step: number | null): Dynamic[] | null {
  if (start === null || stop === null || step === null) return null;
  if (!(step > 0) || !Number.isFinite(start) || Number.isNaN(stop))
    return refuseToEvaluate('range', 'needs ordinary numbers and a step greater than zero');
  const items: Dynamic[] = [];
  for (let at = start; at <= stop && items.length < Number(MOST); at = start + items.length * step) items.push(at);
  return items;
}

/** `range(1, 8, 3)`: an array of numbers, datetimes or timespans, the end included where it is hit. */
const range: ScalarFunction = {
  name: 'range',
  page: 'range-function',
  nullable: true,
  sql: (call) => {
    const { args, refuse } = call;
    if (args.every(({ type }) => NUMBERS.includes(type)) && args.some(({ type }) => type === 'real'))
      return hostCallSql(call);
    const [start, stop, by] = args as [SqlArg, SqlArg, SqlArg?];
    const step = by === undefined ? stepFor(start.type) : by.constant;
    if (typeof step !== 'bigint' || step <= 0n) return refuse('needs a constant step greater than zero');
    const whole = ['int', 'long'];
    const alike = start.type === stop.type || (whole.includes(start.type) && whole.includes(stop.type));
    if (!alike || !(isTime(start.type) || whole.includes(start.type))) refuse('takes whole numbers or times');
    if (by !== undefined && by.type !== 'timespan' && isTime(start.type)) refuse('steps through times by a timespan');
    if (by !== undefined && !whole.includes(by.type) && !isTime(start.type))
      refuse('steps through numbers by a number');
    const item = {
      sql: '_item',
      type: isTime(start.type) ? start.type : 'long',
      nullable: false,
      constant: undefined,
    } as const;
    const last = `least(CAST(${stop.sql} AS HUGEINT), CAST(${start.sql} AS HUGEINT) + ${step * (MOST - 1n)})`;
    // the engine's own series would run over the end of its numbers
    const values = `generate_series(0, CAST((${last} - ${start.sql}) // ${step} AS BIGINT))`;
    const items = `list_transform(${values}, lambda _nth: CAST(${start.sql} + CAST(_nth AS HUGEINT) * ${step} AS BIGINT))`;
    const array = arraySql(`list_transform(${items}, lambda _item: ${toDynamicSql(item)})`);
    return `CASE WHEN ${start.sql} IS NOT NULL AND ${stop.sql} IS NOT NULL THEN CASE WHEN ${start.sql} > ${stop.sql} THEN '[]' ELSE ${array} END END`;
  },
  evaluate: ([start = null, stop = null, by], { argTypes }) => {
    if (argTypes.includes('real'))
      return realRange(...([start, stop, by ?? 1].map((value) => (value === null ? null : Number(value))) as Reals));
    const step = by === undefined ? stepFor(argTypes[0]) : by;
    if (typeof start !== 'bigint' || typeof stop !== 'bigint' || typeof step !== 'bigint') return null;
    const items: Dynamic[] = [];
    const type = isTime(argTypes[0]) ? argTypes[0]! : 'long';
    for (let at = start; at <= stop && at <= LONG_MAX && items.length < Number(MOST); at += step)
      items.push(dynamicFrom(at, type));
    return items;
  },
};

/** Arrays made of steps. */
export const rangeFunctions: readonly ScalarFunction[] = [range];
