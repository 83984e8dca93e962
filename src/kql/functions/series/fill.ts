import type { Dynamic, KqlType, Value } from '../../../values/index.ts';
import { convertValue } from '../convert.ts';
import type { ScalarFunction } from '../row.ts';
import { isWhole, numberOf, seriesRow } from './series.ts';

type IsMissing = (item: Dynamic) => boolean;

/** Tells the missing elements: those equal to the placeholder as numbers, whatever the type of either. */
function missingTest(placeholder: Value, type: KqlType | undefined): IsMissing {
  if (placeholder === null) return (item) => item === null;
  const sought = convertValue(placeholder, type!, 'real') as number;
  return (item) => {
    const number = numberOf(item);
    return number !== null && (Number(number) === sought || (Number.isNaN(number) && Number.isNaN(sought)));
  };
}

/** A filling function of an array; `at` is the position of its placeholder argument. */
const filling = (
  name: string,
  at: number,
  fill: (items: readonly Dynamic[], isMissing: IsMissing, args: readonly Value[]) => Dynamic[],
): ScalarFunction =>
  seriesRow(name, (args, { argTypes }) =>
    Array.isArray(args[0]) ? fill(args[0], missingTest(args[at] ?? null, argTypes[at]), args) : null,
  );

function fillForward(items: readonly Dynamic[], isMissing: IsMissing): Dynamic[] {
  let last: Dynamic | undefined;
  return items.map((item) => {
    if (!isMissing(item)) last = item;
    return last ?? item;
  });
}

/** For each element the position of the nearest one before it that is there, or undefined. */
function lastPresent(items: readonly Dynamic[], isMissing: IsMissing): (number | undefined)[] {
  let last: number | undefined;
  return items.map((item, i) => {
    if (!isMissing(item) && numberOf(item) !== null) last = i;
    return last;
  });
}

function fillLinear(items: readonly Dynamic[], isMissing: IsMissing, args: readonly Value[]): Dynamic[] {
  const [, , edges = true, otherwise = 0] = args;
  const before = lastPresent(items, isMissing);
  const after = lastPresent(items.toReversed(), isMissing)
    .toReversed()
    .map((at) => (at === undefined ? undefined : items.length - 1 - at));
  if (before.at(-1) === undefined) return items.map((item) => (isMissing(item) ? otherwise : item));
  const whole = isWhole(items);
  return items.map((item, i) => {
    if (!isMissing(item)) return item;
    const [left, right] = [before[i], after[i]];
    if (left !== undefined && right !== undefined) return between(items, left, right, i, whole);
    return edges === false ? item : items[(left ?? right)!]!;
  });
}

/** The point of the line between two elements; in a series of whole numbers without its fraction. */
function between(items: readonly Dynamic[], left: number, right: number, at: number, whole: boolean): Dynamic {
  const [from, to] = [Number(numberOf(items[left]!)), Number(numberOf(items[right]!))];
  const value = from + ((to - from) * (at - left)) / (right - left);
  return whole ? BigInt(Math.trunc(value)) : value;
}

/** Values for what is missing in a series; elements that are there stay as they are. */
export const fillFunctions: readonly ScalarFunction[] = [
  filling('series_fill_forward', 1, fillForward),
  filling('series_fill_backward', 1, (items, isMissing) => fillForward(items.toReversed(), isMissing).toReversed()),
  filling('series_fill_const', 2, (items, isMissing, [, value = 0n]) =>
    items.map((item) => (isMissing(item) ? value : item)),
  ),
  filling('series_fill_linear', 1, fillLinear),
];
