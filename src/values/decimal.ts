/*
 * Decimals as Kusto has them: 34 digits, a decimal point anywhere (decimal128 of IEEE 754). They stand as text of plain
 * digits without an exponent: "-1.5".
 */

/** coefficient · 10^exponent */
interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

const DIGITS = 34;
/** Beyond these powers of ten nothing is kept; plain digits would be thousands long. */
const FURTHEST = 400;
const FORM = /^[\t\n\f\r ]*([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d{1,4}))?[\t\n\f\r ]*$/i;

const sizeOf = (value: bigint): bigint => (value < 0n ? -value : value);
const lengthOf = (value: bigint): number => String(sizeOf(value)).length;
const power = (exponent: number): bigint => 10n ** BigInt(exponent);

/** A quotient to the nearest whole number; halves to the even one, or, as `round` has it, away from zero. */
function nearest(dividend: bigint, divisor: bigint, half: 'even' | 'away' = 'even'): bigint {
  const [a, b] = [sizeOf(dividend), sizeOf(divisor)];
  const whole = a / b;
  const twice = (a % b) * 2n;
  const up = twice > b || (twice === b && (half === 'away' || whole % 2n === 1n));
  const size = up ? whole + 1n : whole;
  return dividend < 0n === divisor < 0n ? size : -size;
}

/** The same number in at most 34 digits. */
function inDigits({ coefficient, exponent }: Decimal): Decimal {
  const surplus = lengthOf(coefficient) - DIGITS;
  if (surplus <= 0) return { coefficient, exponent };
  return inDigits({ coefficient: nearest(coefficient, power(surplus)), exponent: exponent + surplus });
}

function read(text: string): Decimal | null {
  const [, sign, whole = '', fraction = '', shift = '0'] = FORM.exec(text) ?? [];
  if (whole + fraction === '' || whole.length + fraction.length > FURTHEST) return null;
  const coefficient = BigInt(whole + fraction);
  return inDigits({
    coefficient: sign === '-' ? -coefficient : coefficient,
    exponent: Number(shift) - fraction.length,
  });
}

const known = (text: string): Decimal => read(text) ?? { coefficient: 0n, exponent: 0 };

/** Plain digits, or null where the number is too far from 1 to be written out. */
function print(value: Decimal): string | null {
  const { coefficient, exponent } = inDigits(value);
  if (coefficient === 0n) return '0';
  if (Math.abs(exponent) > FURTHEST) return null;
  const sign = coefficient < 0n ? '-' : '';
  const digits = String(sizeOf(coefficient));
  if (exponent >= 0) return `${sign}${digits}${'0'.repeat(exponent)}`;
  const padded = digits.padStart(1 - exponent, '0');
  const fraction = padded.slice(exponent).replace(/0+$/, '');
  return `${sign}${padded.slice(0, exponent)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Both with the smaller of their exponents. */
function aligned(a: Decimal, b: Decimal): { a: bigint; b: bigint; exponent: number } {
  const exponent = Math.min(a.exponent, b.exponent);
  const scaled = (value: Decimal): bigint => value.coefficient * power(value.exponent - exponent);
  return { a: scaled(a), b: scaled(b), exponent };
}

/**
 * The decimal that a text says, as plain digits, or null.
 *
 * @example parseDecimal('15e-1') // '1.5'
 */
export function parseDecimal(text: string): string | null {
  const value = read(text);
  return value === null ? null : print(value);
}

/** How decimals are computed with; null where the result cannot be written out, or has no meaning. */
type Computation = (a: string, b: string) => string | null;

const computed =
  (compute: (a: bigint, b: bigint) => bigint | null): Computation =>
  (left, right) => {
    const { a, b, exponent } = aligned(known(left), known(right));
    const coefficient = compute(a, b);
    return coefficient === null ? null : print({ coefficient, exponent });
  };

export const addDecimals: Computation = computed((a, b) => a + b);
export const subtractDecimals: Computation = computed((a, b) => a - b);

/** Never negative: `-14 % 12` is 10. Null where divided by zero. */
export const moduloDecimals: Computation = computed((a, b) => (b === 0n ? null : ((a % b) + sizeOf(b)) % sizeOf(b)));

export const multiplyDecimals: Computation = (left, right) => {
  const [a, b] = [known(left), known(right)];
  return print({ coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent });
};

/** Null where divided by zero. */
export const divideDecimals: Computation = (left, right) => {
  const [a, b] = [known(left), known(right)];
  if (b.coefficient === 0n) return null;
  // Two digits more than are kept, and a last one that says whether there was a rest.
  const shift = Math.max(0, DIGITS + 2 + lengthOf(b.coefficient) - lengthOf(a.coefficient));
  const dividend = a.coefficient * power(shift) * 10n;
  const quotient = dividend / b.coefficient;
  const sign = dividend < 0n === b.coefficient < 0n ? 1n : -1n;
  const rest = quotient % 10n === 0n && dividend % b.coefficient !== 0n ? sign : 0n;
  return print({ coefficient: quotient + rest, exponent: a.exponent - b.exponent - shift - 1 });
};

/** Negative, 0 or positive. */
export function compareDecimals(left: string, right: string): number {
  const { a, b } = aligned(known(left), known(right));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rounded to digits after the point (before it, where negative), halves away from zero. */
export function roundDecimal(text: string, digits: number): string | null {
  const { coefficient, exponent } = known(text);
  if (-exponent <= digits) return print({ coefficient, exponent });
  const cut = -exponent - digits;
  if (cut > FURTHEST) return '0';
  return print({ coefficient: nearest(coefficient, power(cut), 'away'), exponent: -digits });
}

/** The greatest multiple of the size that is not above, counted from a fixed point; null where the size is not positive. */
export function floorDecimal(text: string, size: string, from = '0'): string | null {
  if (compareDecimals(size, '0') <= 0) return null;
  const offset = subtractDecimals(text, from);
  const above = offset === null ? null : moduloDecimals(offset, size);
  return above === null ? null : subtractDecimals(text, above);
}

const HELD = /^-?\d{1,20}(?:\.\d{1,18})?$/;

/** Whether the database can hold a decimal: it has 20 digits before the point and 18 after. */
export const isHeldDecimal = (digits: string): boolean => HELD.test(digits);
