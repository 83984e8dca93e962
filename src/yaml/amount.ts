import { type Reader, type Spot, text, wrong } from './shape.ts';

/** Units of time in milliseconds, and of size in bytes: a KB is 1024 of them, as mail servers count. */
const times: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const sizes: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 };

/** A number of at most nine digits with its unit, with or without a blank between them. */
const FORM = /^(\d{1,9}) ?([a-z]{1,2})$/i;

/** What a time looks like, as a JSON schema says it. */
export const TIME_PATTERN = '^\\d{1,9} ?(?:ms|s|m|h|d)$';
/** What a size looks like, likewise. */
export const SIZE_PATTERN = '^\\d{1,9} ?(?:[kKmMgGtT]?[bB])$';

/**
 * Milliseconds of a time.
 *
 * @returns undefined for what is none
 * @example millisecondsOf('5m') // 300000
 */
export function millisecondsOf(written: string): number | undefined {
  const [, count, unit = ''] = FORM.exec(written) ?? [];
  return Object.hasOwn(times, unit) ? Number(count) * times[unit]! : undefined;
}

/**
 * Bytes of a size, a KB being 1024.
 *
 * @returns undefined for what is none
 * @example bytesOf('50 MB') // 52428800
 */
export function bytesOf(written: string): number | undefined {
  const [, count, unit = ''] = FORM.exec(written) ?? [];
  const name = unit.toUpperCase();
  return Object.hasOwn(sizes, name) ? Number(count) * sizes[name]! : undefined;
}

/** As a person writes it: `5m`, `90s`, `250ms`. */
export const timeText = (milliseconds: number): string => textOf(milliseconds, times, '');
/** As a person writes it: `50 MB`. */
export const sizeText = (bytes: number): string => textOf(bytes, sizes, ' ');

/** In the largest unit that leaves no rest. */
function textOf(amount: number, units: Readonly<Record<string, number>>, between: string): string {
  const [smallest = ''] = Object.keys(units);
  const fitting = Object.entries(units).filter(([, one]) => amount >= one && amount % one === 0);
  const [unit, one] = fitting.at(-1) ?? [smallest, 1];
  return `${amount / one}${between}${unit}`;
}

/**
 * A time such as `30s` between two others, as milliseconds.
 *
 * @example shape({ command: duration(1000, 3_600_000) })(spot).command // 300000
 */
export const duration =
  (low: number, high: number): Reader<number> =>
  (spot) =>
    within(spot, millisecondsOf(text(spot)), {
      low,
      high,
      print: timeText,
      example: 'is a time such as 250ms, 30s, 5m or 2h',
    });

/**
 * A size such as `50 MB` between two others, as bytes.
 *
 * @example shape({ message: dataSize(1024, 2 ** 30) })(spot).message // 52428800
 */
export const dataSize =
  (low: number, high: number): Reader<number> =>
  (spot) =>
    within(spot, bytesOf(text(spot)), {
      low,
      high,
      print: sizeText,
      example: 'is a size such as 64 KB, 50 MB or 1 GB',
    });

interface Range {
  readonly low: number;
  readonly high: number;
  readonly print: (amount: number) => string;
  readonly example: string;
}

function within(spot: Spot, amount: number | undefined, { low, high, print, example }: Range): number {
  if (amount === undefined) return wrong(spot, example);
  return amount >= low && amount <= high ? amount : wrong(spot, `is from ${print(low)} to ${print(high)}`);
}
