import {
  compareDecimals,
  floorDecimal,
  type KqlType,
  roundDecimal,
  subtractDecimals,
  type Value,
} from '../../values/index.ts';
import { convertArg, convertValue } from './convert.ts';
import { hostCallSql } from './host-call.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction, SqlArg, SqlCall } from './row.ts';

/** How values of a type are laid into bins: the greatest multiple of the size, counted from the fixed point, that is not above. */
interface Binning {
  /** Absent where SQL cannot say it. */
  readonly sql?: (value: string, size: string, from: string | undefined) => string;
  readonly evaluate: (value: never, size: never, from: never) => Value;
}

const whole = {
  sql: (value: string, size: string, from: string | undefined) => {
    const offset = from === undefined ? value : `(${value} - ${from})`;
    // The engine's remainder has the sign of the value.
    return `(${value} - ((${offset} % ${size}) + ${size}) % ${size})`;
  },
  evaluate: (value: bigint, size: bigint, from: bigint) => value - ((((value - from) % size) + size) % size),
} satisfies Binning;
/** Datetimes are never negative: the remainder alone is enough, and is what the engine computes fastest. */
const datetime: Binning = {
  sql: (value, size, from) => (from === undefined ? `(${value} - ${value} % ${size})` : whole.sql(value, size, from)),
  evaluate: whole.evaluate,
};
const real: Binning = {
  sql: (value, size, from) =>
    from === undefined
      ? `(floor(${value} / ${size}) * ${size})`
      : `(floor((${value} - ${from}) / ${size}) * ${size} + ${from})`,
  // No fixed point is -0 here; adding 0 would make a result of -0 positive.
  evaluate: (value: number, size: number, from: number) =>
    Object.is(from, -0) ? Math.floor(value / size) * size : Math.floor((value - from) / size) * size + from,
};

const decimal: Binning = {
  evaluate: (value: string, size: string, from: string) => floorDecimal(value, size, from),
};

const binnings: Readonly<Partial<Record<KqlType, Binning>>> = {
  int: whole,
  long: whole,
  timespan: whole,
  datetime,
  real,
  decimal,
};

const sizeType = (type: KqlType): KqlType => (type === 'datetime' ? 'timespan' : type);

/** The binning of a call, or the reason why there is none. */
function binningOf(type: KqlType, [value, size]: readonly KqlType[]): Binning | string {
  const binning = binnings[type];
  if (binning !== undefined && (type !== 'datetime' || size === 'timespan')) return binning;
  return `cannot lay a ${value} into bins of a ${size}`;
}

function binSql(call: SqlCall): string {
  const [value, size, from] = call.args as [SqlArg, SqlArg, SqlArg | undefined];
  const binning = binningOf(call.type, [value.type, size.type]);
  if (typeof binning === 'string') return call.refuse(binning);
  if (binning.sql === undefined) return hostCallSql(call);
  const step = convertArg(size, sizeType(call.type));
  const bin = binning.sql(
    convertArg(value, call.type).sql,
    step.sql,
    from === undefined ? undefined : convertArg(from, call.type).sql,
  );
  // A size that is null or not positive gives null.
  // NaN, the greatest number of this engine, is no size either.
  const notNaN = step.type === 'real' ? ` AND NOT isnan(${step.sql})` : '';
  if (step.constant === undefined) return `CASE WHEN ${step.sql} > 0${notNaN} THEN ${bin} END`;
  const positive = step.constant !== null && Number(step.constant) > 0;
  return positive ? bin : `CASE WHEN false THEN ${bin} END`;
}

/** The fixed point where none is given; -0 leaves a real as it is. */
const starts: Readonly<Record<string, Value>> = { number: -0, string: '0' };

const binRow = (name: string, page: string): ScalarFunction => ({
  name,
  page,
  nullable: true,
  sql: binSql,
  evaluate: (args, { argTypes, type }) => {
    const binning = binningOf(type, argTypes);
    if (typeof binning === 'string') return refuseToEvaluate(name, binning);
    const [value, size, from] = args.map((arg, i) => convertValue(arg, argTypes[i]!, i === 1 ? sizeType(type) : type));
    if (value == null || size == null || from === null || !(Number(size) > 0)) return null;
    const start = from ?? starts[typeof value] ?? 0n;
    return binning.evaluate(value as never, size as never, start as never);
  },
});

/** Half away from zero, as the engine's `round` and C's. */
function roundHalfAway(value: number): number {
  const whole = Math.trunc(value);
  return Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole;
}

/** The engine's own steps: scale, round, scale back; what overflows stays as it is, or is 0 where digits are cut off. */
function roundTo(value: number, digits: number): number {
  if (digits === 0) return roundHalfAway(value);
  const scale = 10 ** Math.abs(digits);
  const rounded = digits > 0 ? roundHalfAway(value * scale) / scale : roundHalfAway(value / scale) * scale;
  return Number.isFinite(rounded) ? rounded : digits > 0 ? value : 0;
}

/** Whole numbers to tens, hundreds, …: halves away from zero. */
function roundWhole(value: bigint, digits: number): bigint {
  if (digits >= 0) return value;
  const unit = 10n ** BigInt(Math.min(-digits, 20));
  const size = value < 0n ? -value : value;
  const rounded = ((size + unit / 2n) / unit) * unit;
  return BigInt.asIntN(64, value < 0n ? -rounded : rounded);
}

/** The least long has no positive twin: a constant stays, as sums of constants wrap; the engine ends the query. */
const absolute = (value: Value): Value => {
  if (typeof value === 'bigint') return BigInt.asIntN(64, value < 0n ? -value : value);
  if (typeof value === 'number') return Math.abs(value);
  return typeof value === 'string' && value.startsWith('-') ? value.slice(1) : value;
};
const signOf = (value: Value, type: KqlType): Value => {
  if (value === null) return null;
  const number = type === 'decimal' ? compareDecimals(value as string, '0') : (value as bigint | number);
  return number > 0 ? 1 : number < 0 ? -1 : 0;
};
const ceilingOf = (value: Value): Value => {
  if (typeof value === 'number') return Math.ceil(value);
  if (typeof value !== 'string') return value;
  const below = floorDecimal(subtractDecimals('0', value)!, '1');
  return below === null ? null : subtractDecimals('0', below);
};

/** Functions that cut a value to a coarser one. */
export const roundingFunctions: readonly ScalarFunction[] = [
  binRow('bin', 'bin-function'),
  binRow('floor', 'bin-function'),
  binRow('bin_at', 'bin-at-function'),
  {
    name: 'ceiling',
    page: 'ceiling-function',
    sql: ({ args: [arg], type }) =>
      type === 'real'
        ? `ceil(${arg!.sql})`
        : type === 'decimal'
          ? `CAST(ceil(${arg!.sql}) AS DECIMAL(38,18))`
          : arg!.sql,
    evaluate: ([value = null]) => ceilingOf(value),
  },
  {
    name: 'round',
    page: 'round-function',
    sql: (call) => {
      const [value, digits] = call.args as [SqlArg, SqlArg?];
      const constant = digits === undefined ? 0n : digits.constant;
      if (typeof constant !== 'bigint' || call.type === 'decimal') return hostCallSql(call);
      // the engine takes an int for the digits
      if (BigInt.asIntN(32, constant) !== constant) return hostCallSql(call);
      if (call.type !== 'real') return constant >= 0n ? value.sql : hostCallSql(call);
      const real = convertArg(value, 'real').sql;
      return digits === undefined ? `round(${real})` : `round(${real}, ${constant})`;
    },
    evaluate: ([value = null, digits = 0n], { argTypes: [from], type }) => {
      const rounded = convertValue(value, from!, type);
      if (rounded === null || digits === null) return null;
      if (typeof rounded === 'number') return roundTo(rounded, Number(digits));
      if (typeof rounded === 'bigint') return roundWhole(rounded, Number(digits));
      return roundDecimal(rounded as string, Number(digits));
    },
  },
  {
    name: 'abs',
    page: 'abs-function',
    sql: ({ args: [arg], type }) => `abs(${convertArg(arg!, type).sql})`,
    evaluate: ([value = null]) => absolute(value),
  },
  {
    name: 'sign',
    page: 'sign-function',
    // NaN has no sign; the engine's sign() says 0 too.
    sql: ({ args: [arg] }) => `CAST(sign(${arg!.sql}) AS DOUBLE)`,
    evaluate: ([value = null], { argTypes: [type] }) => signOf(value, type!),
  },
];
