import {
  dynamicToText,
  INT_MAX,
  INT_MIN,
  type KqlType,
  LONG_MAX,
  LONG_MIN,
  parseDatetime,
  parseReal,
  parseTimespan,
  parseWhole,
  type Value,
} from '../../values/index.ts';
import { datetimeOfText } from './datetime-text.ts';
import { decimalText, parseDecimal } from './decimal.ts';
import { dynamicText } from './dynamic-text.ts';
import type { SqlArg } from './row.ts';
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
const tryCast = (to: string, evaluate: Conversion['evaluate']): Conversion => ({
  sql: (sql) => `TRY_CAST(${sql} AS ${to})`,
  evaluate,
});
const same: Conversion = { sql: (sql) => sql, evaluate: (value) => value };

const within = (least: bigint, greatest: bigint) => (value: bigint | null) =>
  value === null || value < least || value > greatest ? null : value;
const asInt = within(INT_MIN, INT_MAX);
const asLong = within(LONG_MIN, LONG_MAX);

const isTrue = (value: Value): boolean => value === true;
const whole = (value: Value): bigint | null => (Number.isFinite(value) ? BigInt(Math.trunc(value as number)) : null);

/** The engine's own cast would round `1.5`, read `1e3` as a thousand and skip the `_` in `1_0`. */
const WHOLE = String.raw`'\s*[+-]?\d+\s*|\s*\+?0[xX][0-9a-fA-F]{1,16}\s*'`;
const REAL = String.raw`'(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*'`;
const DECIMAL = String.raw`'\s*[+-]?(\d+\.?\d*|\.\d+)\s*'`;
const HEX_32 = `'[0-9a-fA-F]{32}'`;
const TRUE_OR_FALSE = String.raw`'(?i)\s*(true|false)\s*'`;

const fromText = (pattern: string, value: (sql: string) => string) => (sql: string) =>
  `CASE WHEN regexp_full_match(${sql}, ${pattern}) THEN ${value(sql)} END`;

const boolOfText = (text: string): boolean | null => {
  const word = text.trim().toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  const number = asLong(parseWhole(text));
  return number === null ? null : number !== 0n;
};

const guidOfText = (text: string): string | null => {
  const digits = text.replaceAll('-', '').slice(0, 32).toLowerCase();
  return /^[0-9a-f]{32}$/.test(digits) ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : null;
};

const truncated = (to: string) => (sql: string) => `TRY_CAST(trunc(${sql}) AS ${to})`;
const wholeFrom = (to: string, check: (value: bigint | null) => bigint | null) =>
  ({
    bool: cast(to, (value) => (isTrue(value) ? 1n : 0n)),
    int: to === 'INTEGER' ? same : cast(to, (value) => value),
    long: to === 'BIGINT' ? same : tryCast(to, (value) => check(value as bigint)),
    real: { sql: truncated(to), evaluate: (value) => check(whole(value)) },
    decimal: { sql: truncated(to), evaluate: (value) => check(BigInt(String(value).split('.')[0] || '0')) },
    string: {
      sql: fromText(WHOLE, (sql) => `TRY_CAST(${sql} AS ${to})`),
      evaluate: (value) => check(parseWhole(value as string)),
    },
  }) as const satisfies Partial<Record<From, Conversion>>;

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
        `CASE WHEN regexp_full_match(${sql}, ${TRUE_OR_FALSE}) THEN lower(trim(${sql}, E' \\t\\n\\r\\f\\v')) = 'true' ` +
        `WHEN regexp_full_match(${sql}, ${WHOLE}) THEN TRY_CAST(${sql} AS BIGINT) <> 0 END`,
      evaluate: (value) => boolOfText(value as string),
    },
  },
  int: wholeFrom('INTEGER', asInt),
  // Datetimes and timespans are their ticks.
  long: { ...wholeFrom('BIGINT', asLong), datetime: same, timespan: same },
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
    real: tryCast('DECIMAL(38,18)', (value) => decimalText(value as number)),
    decimal: same,
    string: {
      sql: fromText(DECIMAL, (sql) => `TRY_CAST(${sql} AS DECIMAL(38,18))`),
      evaluate: (value) => parseDecimal(value as string),
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
  datetime: {
    datetime: same,
    string: { sql: datetimeOfText, evaluate: (value) => parseDatetime(value as string) },
  },
  timespan: {
    timespan: same,
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
