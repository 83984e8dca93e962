import { dynamicToJson, type KqlType, parseDynamic, type Value } from '../../values/index.ts';
import { heldDecimal } from './decimal.ts';

/*
 * How a value crosses between the engine and TypeScript: as a text of its type, null as NULL. Ticks stay ticks.
 */

/** SQL of the text of a value; NULL of NULL. */
export const hostTextSql = (sql: string, type: KqlType): string =>
  type === 'string' || type === 'dynamic' ? sql : `CAST(${sql} AS VARCHAR)`;

/** SQL of the value that a text says. */
export function fromHostTextSql(sql: string, type: KqlType): string {
  if (type === 'string') return `coalesce(${sql}, '')`;
  return type === 'dynamic' ? sql : `CAST(${sql} AS ${hostTypes[type]})`;
}

const hostTypes: Readonly<Record<Exclude<KqlType, 'string' | 'dynamic'>, string>> = {
  bool: 'BOOLEAN',
  int: 'INTEGER',
  long: 'BIGINT',
  real: 'DOUBLE',
  decimal: 'DECIMAL(38,18)',
  datetime: 'BIGINT',
  timespan: 'BIGINT',
  guid: 'UUID',
};

const named: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
]);

const readers: Readonly<Record<KqlType, (text: string) => Value>> = {
  bool: (text) => text === 'true',
  int: BigInt,
  long: BigInt,
  real: (text) => named.get(text) ?? Number(text),
  decimal: (text) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text),
  string: (text) => text,
  datetime: BigInt,
  timespan: BigInt,
  guid: (text) => text,
  dynamic: (text) => parseDynamic(text) ?? null,
};

/** The value of an engine's text. A string that is missing is empty. */
export function valueOfHostText(text: string | null, type: KqlType): Value {
  if (text === null) return type === 'string' ? '' : null;
  return readers[type](text);
}

/** The text of a value, for the engine to cast; the twin of {@link fromHostTextSql}. */
export function hostTextOfValue(value: Value, type: KqlType): string | null {
  if (value === null) return null;
  if (type === 'decimal') return heldDecimal(String(value));
  return type === 'dynamic' ? dynamicToJson(value) : String(value);
}
