import type { KqlType, Value } from '../../values/index.ts';
import { convertArg, convertValue } from './convert.ts';
import { decimalFrom, scaledDecimal } from './decimal.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction, SqlArg, SqlCall } from './row.ts';

/** How values of a type are laid into bins: the greatest multiple of the size, counted from the fixed point, that is not above. */
interface Binning {
  readonly sql: (value: string, size: string, from: string | undefined) => string;
  readonly evaluate: (value: never, size: never, from: never) => Value;
}

const whole: Binning = {
  sql: (value, size, from) => {
    const offset = from === undefined ? value : `(${value} - ${from})`;
    // The engine's remainder has the sign of the value.
    return `(${value} - ((${offset} % ${size}) + ${size}) % ${size})`;
  },
  evaluate: (value: bigint, size: bigint, from: bigint) => value - ((((value - from) % size) + size) % size),
};
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

const binnings: Readonly<Partial<Record<KqlType, Binning>>> = {
  int: whole,
  long: whole,
  timespan: whole,
  datetime,
  real,
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
    const start = from ?? (typeof value === 'bigint' ? 0n : -0);
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

/** Why a value cannot be rounded so, or undefined. */
function unrounded(type: KqlType, digits: Value): string | undefined {
  if (type === 'decimal') return 'rounds no decimals yet';
  return type !== 'real' && Number(digits) < 0 ? 'rounds whole numbers to no tens yet; use bin()' : undefined;
}

const absolute = (value: Value): Value => {
  if (typeof value === 'bigint') return value < 0n ? -value : value;
  if (typeof value === 'number') return Math.abs(value);
  return typeof value === 'string' && value.startsWith('-') ? value.slice(1) : value;
};
const signOf = (value: Value, type: KqlType): Value => {
  if (value === null) return null;
  const number = type === 'decimal' ? scaledDecimal(value as string)! : (value as bigint | number);
  return number > 0 ? 1 : number < 0 ? -1 : 0;
};
const ceilingOf = (value: Value): Value => {
  if (typeof value === 'number') return Math.ceil(value);
  if (typeof value !== 'string') return value;
  const scaled = scaledDecimal(value)!;
  const unit = 10n ** 18n;
  return decimalFrom(scaled + (((-scaled % unit) + unit) % unit));
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
    sql: ({ args: [value, digits], type, refuse }) => {
      if (digits !== undefined && typeof digits.constant !== 'bigint') refuse('needs a constant precision');
      const reason = unrounded(type, digits?.constant ?? 0n);
      if (reason !== undefined) refuse(reason);
      if (type !== 'real') return value!.sql;
      return digits === undefined ? `round(${value!.sql})` : `round(${value!.sql}, ${digits.constant})`;
    },
    evaluate: ([value = null, digits = 0n], { type }) => {
      if (value === null || digits === null) return null;
      const reason = unrounded(type, digits);
      if (reason !== undefined) return refuseToEvaluate('round', reason);
      return typeof value === 'number' ? roundTo(value, Number(digits)) : value;
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
