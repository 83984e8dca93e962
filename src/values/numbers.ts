/** The least and greatest of KQL's whole numbers. */
export const INT_MIN = -(2n ** 31n);
export const INT_MAX = 2n ** 31n - 1n;
export const LONG_MIN = -(2n ** 63n);
export const LONG_MAX = 2n ** 63n - 1n;

/**
 * A real as KQL prints it: the shortest digits that read back as the same number, with a fraction even where it is zero;
 * from 1e16 on and below 1e-4 with an exponent of at least two digits.
 *
 * @example formatReal(5) // "5.0"
 * @example formatReal(1e21) // "1e+21"
 */
export function formatReal(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power > 15) {
    const size = String(Math.abs(power)).padStart(2, '0');
    return `${mantissa}e${power < 0 ? '-' : '+'}${size}`;
  }
  const sign = value < 0 ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${digits}`;
  return `${sign}${digits.slice(0, power + 1).padEnd(power + 1, '0')}.${digits.slice(power + 1) || '0'}`;
}

const WHOLE = /^[\t\n\f\r ]*(?:([+-]?)(\d+)|(0x[0-9a-f]{1,16}))[\t\n\f\r ]*$/i;
const REAL = /^[\t\n\f\r ]*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)[\t\n\f\r ]*$/i;
const NAMED = /^[\t\n\f\r ]*(?:(nan)|([+-]?)inf(?:inity)?)[\t\n\f\r ]*$/i;

/**
 * The whole number that a text says, decimal or hexadecimal (`0x1f`), or null; its range is the caller's matter.
 *
 * @example parseWhole(' -12 ') // -12n
 */
export function parseWhole(text: string): bigint | null {
  const [, sign, digits, hexadecimal] = WHOLE.exec(text) ?? [];
  if (hexadecimal !== undefined) return BigInt(hexadecimal);
  if (digits === undefined) return null;
  return sign === '-' ? -BigInt(digits) : BigInt(digits);
}

/**
 * The real that a text says, or null.
 *
 * @example parseReal('1e3') // 1000
 */
export function parseReal(text: string): number | null {
  const digits = REAL.exec(text)?.[1];
  if (digits !== undefined) return Number(digits);
  const named = NAMED.exec(text);
  if (named === null) return null;
  if (named[1] !== undefined) return Number.NaN;
  return named[2] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
