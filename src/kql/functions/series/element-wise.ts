import { type Dynamic, dynamicFrom, type KqlType, type Value } from '../../../values/index.ts';
import { convertValue } from '../convert.ts';
import type { EvaluateCall, ScalarFunction } from '../row.ts';
import { isWhole, numberOf, seriesRow } from './series.ts';

/** What happens to the elements: of two series of whole numbers `ofWhole`, of any others `ofReals`. */
interface Arithmetic {
  readonly ofReals: (...numbers: number[]) => Value;
  readonly ofWhole?: (...numbers: bigint[]) => Value;
}

/** One side of an operation: a series, or a number that stands for a series of any length. */
interface Operand {
  readonly length: number | undefined;
  readonly whole: boolean;
  readonly at: (index: number) => number | bigint | null;
}

function operand(value: Value, type: KqlType): Operand | undefined {
  if (type === 'dynamic') {
    if (!Array.isArray(value)) return undefined;
    return { length: value.length, whole: isWhole(value), at: (i) => numberOf(value[i] ?? null) };
  }
  const whole = type === 'int' || type === 'long';
  const number = convertValue(value, type, whole ? 'long' : 'real') as number | bigint | null;
  return { length: undefined, whole, at: () => number };
}

/** Element by element; null where one has no number, and beyond the end of the shorter series. */
function combine(operands: readonly Operand[], { ofReals, ofWhole }: Arithmetic): Dynamic[] {
  const length = Math.max(...operands.map((side) => side.length ?? 0));
  const whole = ofWhole !== undefined && operands.every((side) => side.whole);
  return Array.from({ length }, (_, i) => {
    const numbers = operands.map((side) => side.at(i));
    if (numbers.includes(null)) return null;
    return dynamicFrom(whole ? ofWhole(...(numbers as bigint[])) : ofReals(...numbers.map(Number)), 'real');
  });
}

const elementWise = (name: string, ofReals: Arithmetic['ofReals'], ofWhole?: Arithmetic['ofWhole']): ScalarFunction =>
  seriesRow(name, (args: readonly Value[], { argTypes }: EvaluateCall) => {
    const operands = args.map((value, i) => operand(value, argTypes[i]!));
    if (operands.includes(undefined)) return null;
    return combine(operands as Operand[], ofWhole === undefined ? { ofReals } : { ofReals, ofWhole });
  });

const wrapped = (number: bigint): bigint => BigInt.asIntN(64, number);

/** C's pow: 1 to any power is 1, and so is -1 to one without end. */
const power = (base: number, exponent: number): number =>
  base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY) ? 1 : base ** exponent;

/** A series has no word for the sign of NaN. */
const signOf = (x: number): Value => (Number.isNaN(x) ? null : x > 0 ? 1n : x < 0 ? -1n : 0n);

/** Functions and operators that go over series element by element. */
export const elementWiseFunctions: readonly ScalarFunction[] = [
  elementWise('series_abs', Math.abs, (x) => (x! < 0n ? wrapped(-x!) : x!)),
  elementWise('series_sign', (x) => signOf(x!)),
  elementWise(
    'series_floor',
    (x) => Math.floor(x!),
    (x) => x!,
  ),
  elementWise(
    'series_ceiling',
    (x) => Math.ceil(x!),
    (x) => x!,
  ),
  elementWise('series_exp', (x) => Math.exp(x!)),
  elementWise('series_log', (x) => Math.log(x!)),
  elementWise('series_sin', (x) => Math.sin(x!)),
  elementWise('series_cos', (x) => Math.cos(x!)),
  elementWise('series_tan', (x) => Math.tan(x!)),
  elementWise('series_asin', (x) => Math.asin(x!)),
  elementWise('series_acos', (x) => Math.acos(x!)),
  elementWise('series_atan', (x) => Math.atan(x!)),
  elementWise(
    'series_add',
    (a, b) => a! + b!,
    (a, b) => wrapped(a! + b!),
  ),
  elementWise(
    'series_subtract',
    (a, b) => a! - b!,
    (a, b) => wrapped(a! - b!),
  ),
  elementWise(
    'series_multiply',
    (a, b) => a! * b!,
    (a, b) => wrapped(a! * b!),
  ),
  elementWise('series_divide', (a, b) => a! / b!),
  elementWise('series_pow', (a, b) => power(a!, b!)),
  ...(
    [
      ['series_equals', (a, b) => a === b],
      ['series_not_equals', (a, b) => a !== b],
      ['series_less', (a, b) => a < b],
      ['series_less_equals', (a, b) => a <= b],
      ['series_greater', (a, b) => a > b],
      ['series_greater_equals', (a, b) => a >= b],
    ] as readonly (readonly [string, (a: number | bigint, b: number | bigint) => boolean])[]
  ).map(([name, holds]) =>
    elementWise(
      name,
      (a, b) => holds(a!, b!),
      (a, b) => holds(a!, b!),
    ),
  ),
];
