import { type Dynamic, dynamicFrom, type KqlType, type Value } from '../../../values/index.ts';
import { convertValue } from '../convert.ts';
import { refuseToEvaluate } from '../refusal.ts';
import type { EvaluateCall, ScalarFunction } from '../row.ts';

/** A series as numbers; null where an element is none. */
export type Series = readonly (number | null)[];

/** Multiplications that one call may cost: a filter as long as its series takes the square of it. */
const MAX_WORK = 100_000_000;

/** A row of the table: all of these functions are computed here, none in SQL. */
export const seriesRow = (name: string, evaluate: ScalarFunction['evaluate']): ScalarFunction => ({
  name,
  page: `${name.replaceAll('_', '-')}-function`,
  nullable: true,
  evaluate,
});

/** What is not finite stands in a dynamic as these words. */
const words: ReadonlyMap<Dynamic, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/** An element as a number; a whole number stays a bigint; null where it is no number. */
export const numberOf = (item: Dynamic): number | bigint | null =>
  typeof item === 'number' || typeof item === 'bigint' ? item : (words.get(item) ?? null);

/** The elements of an array as reals, or undefined where the value is no array. */
export function seriesOf(value: Value | undefined): Series | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((item) => {
    const number = numberOf(item);
    return number === null ? null : Number(number);
  });
}

/** The same where every element is a number; else undefined: most functions take no gaps. */
export function numbersOf(value: Value | undefined): number[] | undefined {
  const series = seriesOf(value);
  return series === undefined || series.includes(null) ? undefined : (series as number[]);
}

/** Whether a series is one of whole numbers; a single real among them makes it one of reals. */
export const isWhole = (items: readonly Dynamic[]): boolean =>
  items.every((item) => typeof item === 'bigint' || numberOf(item) === null);

/** Reals as the elements of a dynamic. */
export const realsToDynamic = (series: Series): Dynamic[] => series.map((item) => dynamicFrom(item, 'real'));

/** An argument as a real; the default where it is left out, null where it is null. */
export function realArgument(args: readonly Value[], call: EvaluateCall, at: number, otherwise: number): number | null {
  const value = args[at];
  if (value === undefined) return otherwise;
  return convertValue(value, call.argTypes[at] as KqlType, 'real') as number | null;
}

/** Refuses a call by its name before it costs more than anybody waits for. */
export function checkWork(name: string, multiplications: number): void {
  if (multiplications > MAX_WORK) refuseToEvaluate(name, `would take more than ${MAX_WORK} multiplications`);
}

/** The mean of numbers. */
export const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;

/** The sum of numbers. */
export const sum = (numbers: readonly number[]): number => numbers.reduce((total, item) => total + item, 0);

/** The sum of squares about a centre: the mean where nothing else is given. */
export const squaresAbout = (numbers: readonly number[], centre: number = mean(numbers)): number =>
  numbers.reduce((total, item) => total + (item - centre) ** 2, 0);
