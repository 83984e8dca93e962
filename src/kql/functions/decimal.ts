/** Digits after the point that a decimal keeps here (DECIMAL(38,18)); Kusto keeps 34 significant digits instead. */
const SCALE = 18;
const LIMIT = 10n ** 38n;
const FORM = /^[\t\n\f\r ]*([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d{1,3}))?[\t\n\f\r ]*$/i;

/**
 * A decimal's text as a whole number of 10^-18, rounded half away from zero, or null where it is none or too large.
 *
 * @example scaledDecimal('1.5') // 1500000000000000000n
 */
export function scaledDecimal(text: string): bigint | null {
  const [, sign, whole = '', fraction = '', exponent = '0'] = FORM.exec(text) ?? [];
  if (whole + fraction === '') return null;
  const shift = SCALE + Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  const size = shift >= 0 ? digits * 10n ** BigInt(shift) : rounded(digits, 10n ** BigInt(-shift));
  if (size >= LIMIT) return null;
  return sign === '-' ? -size : size;
}

const rounded = (digits: bigint, divisor: bigint): bigint => (digits + divisor / 2n) / divisor;

/**
 * The plain digits of a number of 10^-18.
 *
 * @example decimalFrom(1500000000000000000n) // "1.5"
 */
export function decimalFrom(scaled: bigint): string {
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(SCALE + 1, '0');
  const fraction = digits.slice(-SCALE).replace(/0+$/, '');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -SCALE)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The decimal that a text says, as plain digits, or null. */
export function parseDecimal(text: string): string | null {
  const scaled = scaledDecimal(text);
  return scaled === null ? null : decimalFrom(scaled);
}
