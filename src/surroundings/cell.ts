import { hostTextOfValue } from '../kql/index.ts';
import {
  dynamicToJson,
  INT_MAX,
  INT_MIN,
  type KqlType,
  LONG_MAX,
  LONG_MIN,
  parseDatetime,
  parseDecimal,
  parseDynamic,
  parseReal,
  parseTimespan,
  parseWhole,
  type Value,
} from '../values/index.ts';

const GUID = /^\s*[{(]?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})[})]?\s*$/i;
const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

const whole =
  (least: bigint, greatest: bigint) =>
  (text: string): bigint | null => {
    const value = parseWhole(text);
    return value !== null && value >= least && value <= greatest ? value : null;
  };

const readers: Readonly<Record<KqlType, (text: string) => Value>> = {
  bool: (text) => truths.get(text.trim().toLowerCase()) ?? null,
  int: whole(INT_MIN, INT_MAX),
  long: whole(LONG_MIN, LONG_MAX),
  real: parseReal,
  decimal: parseDecimal,
  string: (text) => text,
  datetime: (text) => parseDatetime(text.trim()),
  timespan: (text) => parseTimespan(text.trim()),
  guid: (text) => GUID.exec(text)?.[1]?.toLowerCase() ?? null,
  dynamic: (text) => (text === '' ? null : (parseDynamic(text) ?? text)),
};

/**
 * A field of a file as the engine reads it: what is no value of the column's type is null, as where Kusto ingests it.
 *
 * @example cellOfText('07', 'long') // '7'
 */
export function cellOfText(text: string | undefined, type: KqlType): string | null {
  if (text === undefined) return null;
  const isPlain = type === 'string' || ((type === 'long' || type === 'int') && WHOLE.test(text));
  return isPlain ? text : hostTextOfValue(readers[type](text), type);
}

/** Numbers that need no second look. */
const WHOLE = /^(?:0|-?[1-9]\d{0,8})$/;

/** The same of a value in JSON: a text says what its letters say, what is no text is taken as JSON prints it. */
export function cellOfJson(value: Value | undefined, type: KqlType): string | null {
  if (value === undefined || value === null) return null;
  if (type === 'dynamic') return dynamicToJson(value as never);
  return cellOfText(typeof value === 'string' ? value : dynamicToJson(value as never), type);
}
