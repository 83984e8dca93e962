import {
  type Dynamic,
  dynamicToText,
  formatReal,
  INT_MAX,
  INT_MIN,
  type KqlType,
  LONG_MAX,
  LONG_MIN,
  MAX_DATETIME_TICKS,
  parseDatetime,
  parseDecimal,
  parseReal,
  parseTimespan,
  parseWhole,
  type Value,
} from '../../values/index.ts';
import { datetimeOfText } from './datetime-text.ts';
import { dynamicText } from './dynamic-text.ts';
import { hostCallSql } from './host-call.ts';
import type { SqlArg } from './row.ts';
import { sqlLiteral } from './sql-literal.ts';
import { textOfValue, textSql } from './text-form.ts';
import { timespanOfText } from './timespan-text.ts';

/** How a value of one type becomes a value of another. Null and what does not convert become null. */
interface Conversion {
  readonly sql: (sql: string) => string;
  readonly evaluate: (value: Exclude<Value, null>) => Value;
}

type From = Exclude<KqlType, 'dynamic'>;

const cast = (to: string, evaluate: Conversion['evaluate']): Conversion => ({
  sql: (sql) => `CAST(${sql} AS ${to})`,
  evaluate,
});
const same: Conversion = { sql: (sql) => sql, evaluate: (value) => value };

const within = (least: bigint, greatest: bigint) => (value: bigint | null) =>
  value === null || value < least || value > greatest ? null : value;
const asInt = within(INT_MIN, INT_MAX);
const asLong = within(LONG_MIN, LONG_MAX);

const isTrue = (value: Value): boolean => value === true;

/** A real beyond the ends of a whole type is the nearest end; NaN and the infinities are no numbers. */
const wholeOfReal = (to: string, least: bigint, greatest: bigint): Conversion => ({
  sql: (sql) =>
    `coalesce(TRY_CAST(trunc(${sql}) AS ${to}), ` +
    `CASE WHEN isfinite(${sql}) THEN CAST(CASE WHEN ${sql} > 0 THEN ${greatest} ELSE ${least} END AS ${to}) END)`,
  evaluate: (value) => {
    const real = value as number;
    if (!Number.isFinite(real)) return null;
    if (real >= Number(greatest)) return greatest;
    return real <= Number(least) ? least : BigInt(Math.trunc(real));
  },
});

/** An int of a long is its lower half. */
const lowerHalf: Conversion = {
  sql: (sql) => `CAST(((${sql} & 4294967295) + 2147483648) % 4294967296 - 2147483648 AS INTEGER)`,
  evaluate: (value) => BigInt.asIntN(32, value as bigint),
};

/** The engine's own cast would round `1.5`, read `1e3` as a thousand and skip the `_` in `1_0`. */
const WHOLE = String.raw`'\s*[+-]?\d+\s*|\s*\+?0[xX][0-9a-fA-F]{1,16}\s*'`;
const REAL = String.raw`'(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*'`;
const HELD_DECIMAL = String.raw`'\s*[+-]?(\d{1,20}\.?\d{0,18}|\.\d{1,18})\s*'`;
const DECIMAL = String.raw`'\s*[+-]?(\d+\.?\d*|\.\d+)\s*'`;
/** Refused where it has more digits than the engine holds. */
const decimalByHost = (sql: string, type: From): string =>
  hostCallSql({ name: 'todecimal', type: 'decimal', args: [{ sql, type, nullable: true, constant: undefined }] });
const HEX_32 = `'[0-9a-fA-F]{32}'`;

const fromText = (pattern: string, value: (sql: string) => string) => (sql: string) =>
  `CASE WHEN regexp_full_match(${sql}, ${pattern}) THEN ${value(sql)} END`;

const boolOfText = (text: string): boolean | null => {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  const number = asLong(parseWhole(text));
  return number === null ? null : number !== 0n;
};

const guidOfText = (text: string): string | null => {
  const digits = text.replaceAll('-', '').slice(0, 32).toLowerCase();
  return /^[0-9a-f]{32}$/.test(digits) ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : null;
};

const truncated = (to: string) => (sql: string) => `TRY_CAST(trunc(${sql}) AS ${to})`;
const wholeFrom = (to: string, least: bigint, greatest: bigint, check: (value: bigint | null) => bigint | null) =>
  ({
    bool: cast(to, (value) => (isTrue(value) ? 1n : 0n)),
    int: to === 'INTEGER' ? same : cast(to, (value) => value),
    long: to === 'BIGINT' ? same : lowerHalf,
    real: wholeOfReal(to, least, greatest),
    decimal: { sql: truncated(to), evaluate: (value) => check(BigInt(String(value).split('.')[0] as string)) },
    string: {
      sql: fromText(WHOLE, (sql) => `TRY_CAST(${sql} AS ${to})`),
      evaluate: (value) => check(parseWhole(value as string)),
    },
  }) as const satisfies Partial<Record<From, Conversion>>;

const asDatetime = within(0n, MAX_DATETIME_TICKS);
const instant = (sql: string): string =>
  `CASE WHEN ${sql} BETWEEN 0 AND ${MAX_DATETIME_TICKS} THEN CAST(${sql} AS BIGINT) END`;

const textFrom = (type: From): Conversion => ({
  sql: (sql) => textSql(sql, type),
  evaluate: (value) => textOfValue(value, type),
});

const conversions: Readonly<Record<From, Readonly<Partial<Record<From, Conversion>>>>> = {
  bool: {
    bool: same,
    int: { sql: (sql) => `(${sql} <> 0)`, evaluate: (value) => value !== 0n },
    long: { sql: (sql) => `(${sql} <> 0)`, evaluate: (value) => value !== 0n },
    real: { sql: (sql) => `(${sql} <> 0)`, evaluate: (value) => value !== 0 },
    string: {
      sql: (sql) =>
        `CASE lower(${sql}) WHEN 'true' THEN true WHEN 'false' THEN false ELSE ` +
        `CASE WHEN regexp_full_match(${sql}, ${WHOLE}) THEN TRY_CAST(${sql} AS BIGINT) <> 0 END END`,
      evaluate: (value) => boolOfText(value as string),
    },
  },
  int: { ...wholeFrom('INTEGER', INT_MIN, INT_MAX, asInt), datetime: lowerHalf, timespan: lowerHalf },
  // Datetimes and timespans are their ticks.
  long: { ...wholeFrom('BIGINT', LONG_MIN, LONG_MAX, asLong), datetime: same, timespan: same },
  real: {
    bool: cast('DOUBLE', (value) => (isTrue(value) ? 1 : 0)),
    int: cast('DOUBLE', Number),
    long: cast('DOUBLE', Number),
    real: same,
    decimal: cast('DOUBLE', Number),
    string: {
      sql: fromText(REAL, (sql) => `TRY_CAST(${sql} AS DOUBLE)`),
      evaluate: (value) => parseReal(value as string),
    },
    timespan: cast('DOUBLE', Number),
    datetime: cast('DOUBLE', Number),
  },
  decimal: {
    bool: cast('DECIMAL(38,18)', (value) => (isTrue(value) ? '1' : '0')),
    int: cast('DECIMAL(38,18)', String),
    long: cast('DECIMAL(38,18)', String),
    // Through its text: the engine's cast from DOUBLE would carry digits that the real does not have.
    real: {
      sql: (sql) =>
        `CASE WHEN ${sql} = 0 THEN 0 WHEN abs(${sql}) >= 0.1 AND abs(${sql}) < 1e20 ` +
        `THEN TRY_CAST(CAST(${sql} AS VARCHAR) AS DECIMAL(38,18)) ELSE ${decimalByHost(sql, 'real')} END`,
      evaluate: (value) => parseDecimal(formatReal(value as number)),
    },
    decimal: same,
    string: {
      sql: (sql) =>
        `CASE WHEN regexp_full_match(${sql}, ${HELD_DECIMAL}) THEN TRY_CAST(${sql} AS DECIMAL(38,18)) ` +
        `WHEN regexp_full_match(${sql}, ${DECIMAL}) THEN ${decimalByHost(sql, 'string')} END`,
      evaluate: (value) => (/e/i.test(value as string) ? null : parseDecimal(value as string)),
    },
  },
  string: {
    bool: textFrom('bool'),
    int: textFrom('int'),
    long: textFrom('long'),
    real: textFrom('real'),
    decimal: textFrom('decimal'),
    string: same,
    datetime: textFrom('datetime'),
    timespan: textFrom('timespan'),
    guid: textFrom('guid'),
  },
  // Numbers are ticks.
  datetime: {
    datetime: same,
    int: { sql: instant, evaluate: (value) => asDatetime(value as bigint) },
    long: { sql: instant, evaluate: (value) => asDatetime(value as bigint) },
    string: { sql: datetimeOfText, evaluate: (value) => parseDatetime(value as string) },
  },
  timespan: {
    timespan: same,
    int: cast('BIGINT', (value) => value),
    long: same,
    string: { sql: timespanOfText, evaluate: (value) => parseTimespan(value as string) },
  },
  guid: {
    guid: same,
    string: {
      sql: (sql) => fromText(HEX_32, (digits) => `CAST(${digits} AS UUID)`)(`left(replace(${sql}, '-', ''), 32)`),
      evaluate: (value) => guidOfText(value as string),
    },
  },
};

/**
 * A dynamic is read through its text, as `tostring` gives it. What stands in it without quotes may be a fraction, too, or
 * true and false, which count as 1 and 0.
 */
const fromDynamic: Readonly<Partial<Record<From, (text: string, json: string) => string>>> = {
  bool: (text, json) => orUnquoted(conversions.bool.string!.sql(text), json, `${realOfText(text)} <> 0`),
  int: (text, json) => wholeOfDynamic(text, json, 'int'),
  long: (text, json) => wholeOfDynamic(text, json, 'long'),
  // For comparisons: what the engine cannot hold equals no number that it holds.
  decimal: (text) => fromText(DECIMAL, (sql) => `TRY_CAST(${sql} AS DECIMAL(38,18))`)(text),
  real: (text, json) => orUnquoted(realOfText(text), json, boolNumber(text)),
};
const realOfText = (text: string): string => conversions.real.string!.sql(text);
/** The second reading is for what is no text in the JSON. */
const orUnquoted = (reading: string, json: string, further: string): string =>
  `coalesce(${reading}, CASE WHEN NOT starts_with(${json}, '"') THEN ${further} END)`;
const boolNumber = (text: string): string => `CASE ${text} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END`;
const wholeOfDynamic = (text: string, json: string, to: 'int' | 'long'): string => {
  const long = conversions.long.string!.sql(text);
  const half = to === 'int' ? `${lowerHalf.sql(long)}, ` : '';
  const number = `coalesce(${half}${conversions[to].real!.sql(realOfText(text))}, ${boolNumber(text)})`;
  return orUnquoted(conversions[to].string!.sql(text), json, number);
};

function evaluateDynamic(value: Exclude<Value, null>, to: From): Value {
  const read = conversions[to].string!.evaluate(dynamicToText(value as Dynamic));
  if (read !== null || !['bool', 'int', 'long', 'real'].includes(to)) return read;
  if (typeof value === 'bigint' && value >= LONG_MIN && value <= LONG_MAX) return conversions[to].long!.evaluate(value);
  if (typeof value === 'bigint' || typeof value === 'number') return conversions[to].real!.evaluate(Number(value));
  return typeof value === 'boolean' ? conversions[to].bool!.evaluate(value) : null;
}

/** Whether values of the one type can become values of the other at all; which ones do, shows when they are met. */
export const converts = (from: KqlType, to: KqlType): boolean =>
  from === to || (to !== 'dynamic' && (from === 'dynamic' || conversions[to][from] !== undefined));

/**
 * SQL of an argument as a value of another type; NULL where it does not convert, a string never. Ask {@link converts}
 * first.
 *
 * @example convertSql(intColumn, 'real') // 'CAST(n AS DOUBLE)'
 */
export function convertSql(arg: SqlArg, to: KqlType): string {
  if (arg.type === to) return arg.sql;
  if (to === 'dynamic') throw new Error(`no conversion from ${arg.type} to dynamic`);
  if (arg.constant !== undefined) return sqlLiteral(to, convertValue(arg.constant, arg.type, to));
  if (arg.type === 'dynamic') return (fromDynamic[to] ?? conversions[to].string!.sql)(dynamicText(arg), arg.sql);
  const sql = conversions[to][arg.type]!.sql(arg.sql);
  return to === 'string' && arg.nullable ? `coalesce(${sql}, '')` : sql;
}

/** The same with what is known of the result. */
export function convertArg(arg: SqlArg, to: KqlType): SqlArg {
  if (arg.type === to) return arg;
  const constant = arg.constant === undefined ? undefined : convertValue(arg.constant, arg.type, to);
  const fromText = arg.type === 'string' || arg.type === 'dynamic';
  const nullable = to !== 'string' && (constant === undefined ? fromText || arg.nullable : constant === null);
  return { sql: convertSql(arg, to), type: to, nullable, constant };
}

/** A value of one type as a value of another: the twin of {@link convertSql}. */
export function convertValue(value: Value, from: KqlType, to: KqlType): Value {
  if (value === null) return to === 'string' ? '' : null;
  if (from === to || to === 'dynamic') return value;
  return from === 'dynamic' ? evaluateDynamic(value, to) : conversions[to][from]!.evaluate(value);
}
