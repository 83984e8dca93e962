import type { Value } from '../../values/index.ts';
import { formatReal } from '../../values/index.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction } from './row.ts';

const units = ['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];
const STEP = 1024;
/** Digits behind the point that a real can have. */
const MAX_PRECISION = 15;

/** The unit in which a size has a digit before its point and as few as possible. */
function unitFor(size: number): number {
  let unit = 0;
  for (let left = Math.abs(size); left >= STEP && unit < units.length - 1; unit += 1) left /= STEP;
  return unit;
}

/** Plain digits, without zeros at the end. */
const rounded = (value: number, precision: number): string => {
  if (Math.abs(value) >= 1e21) return formatReal(value);
  const digits = value.toFixed(precision);
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
};

const formatBytes: ScalarFunction = {
  name: 'format_bytes',
  page: 'format-bytes-function',
  nullable: false,
  evaluate: ([size = null, precision = 0n, asked = '']: readonly Value[]) => {
    if (size === null || precision === null) return '';
    const places = Number(precision);
    if (places < 0 || places > MAX_PRECISION)
      refuseToEvaluate('format_bytes', `rounds to 0 to ${MAX_PRECISION} digits`);
    const bytes = Number(size);
    if (!Number.isFinite(bytes)) return refuseToEvaluate('format_bytes', 'takes finite numbers');
    const unit = asked === '' ? unitFor(bytes) : units.indexOf(String(asked));
    if (unit < 0) refuseToEvaluate('format_bytes', `knows the units ${units.join(', ')}`);
    return `${rounded(bytes / STEP ** unit, places)} ${units[unit]}`;
  },
};

/** Sizes of data. */
export const byteSizeFunctions: readonly ScalarFunction[] = [formatBytes];
