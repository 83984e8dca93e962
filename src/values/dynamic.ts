import { formatDatetime, formatTimespan } from './ticks.ts';
import type { Dynamic, KqlType, Value } from './types.ts';

/** Deeper than this a text is not taken for JSON: nothing real nests so, and the stack is finite. */
const MAX_DEPTH = 500;

/**
 * JSON text as a dynamic value: whole numbers exact, keys in order, of equal keys the first. Undefined where the text is
 * not JSON. Reads what the engine reads: a comma before `]` or `}` does no harm; NaN and Infinity are no JSON here.
 *
 * @example parseDynamic('{"a":[1,2.0]}') // Map { 'a' => [1n, 2] }
 */
export function parseDynamic(text: string): Dynamic | undefined {
  const reader = { text, at: 0 };
  try {
    const value = readValue(reader, 0);
    skipBlanks(reader);
    return reader.at === text.length ? value : undefined;
  } catch (error) {
    if (error === notJson) return undefined;
    throw error;
  }
}

/**
 * Compact JSON, as KQL's `tostring` of a dynamic prints it: no blanks, keys in order, a real keeps its `.0`.
 *
 * @example dynamicToJson(new Map([['a', [1n, 2]]])) // '{"a":[1,2.0]}'
 */
export function dynamicToJson(value: Dynamic): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoteJson(value);
  if (typeof value === 'number') return realToJson(value);
  if (Array.isArray(value)) return `[${value.map(dynamicToJson).join(',')}]`;
  if (value instanceof Map) {
    return `{${[...value].map(([key, item]) => `${quoteJson(key)}:${dynamicToJson(item)}`).join(',')}}`;
  }
  return String(value);
}

/**
 * `tostring` of a dynamic: the text of a string, '' of null, compact JSON of all else.
 *
 * @example dynamicToText('a') // 'a'
 */
export function dynamicToText(value: Dynamic): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : dynamicToJson(value);
}

/** Whether two dynamic values hold the same: numbers by value, bags whatever the order of their keys. */
export function dynamicEquals(a: Dynamic, b: Dynamic): boolean {
  if (isNumeric(a) && isNumeric(b)) return a >= b && a <= b;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => dynamicEquals(item, b[i] as Dynamic));
  }
  if (a instanceof Map) {
    return (
      b instanceof Map &&
      a.size === b.size &&
      [...a].every(([key, item]) => b.has(key) && dynamicEquals(item, b.get(key) as Dynamic))
    );
  }
  return a === b;
}

/**
 * A scalar as it stands inside a dynamic: times, guids and decimals become their text, what is not finite too.
 *
 * @example dynamicFrom(10_000_000n, 'timespan') // '00:00:01'
 */
export function dynamicFrom(value: Value, type: KqlType): Dynamic {
  if (value === null) return null;
  if (type === 'datetime') return formatDatetime(value as bigint);
  if (type === 'timespan') return formatTimespan(value as bigint);
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return value;
}

const isNumeric = (value: Dynamic): value is bigint | number => typeof value === 'bigint' || typeof value === 'number';

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const quoteJson = (text: string): string =>
  `"${text.replace(
    /["\\\u0000-\u001f]/g,
    (c) => shortEscapes[c] ?? `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  )}"`;

function realToJson(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  if (Object.is(value, -0)) return '-0.0';
  const digits = String(value).replace('e+', 'e');
  return /[.e]/.test(digits) ? digits : `${digits}.0`;
}

interface Reader {
  readonly text: string;
  at: number;
}

const notJson = new Error('not JSON');
const blanks = /[ \t\n\r]*/y;
const scalarToken = /true|false|null|-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;

function take(reader: Reader, token: RegExp): RegExpExecArray {
  token.lastIndex = reader.at;
  const match = token.exec(reader.text);
  if (match === null) throw notJson;
  reader.at = token.lastIndex;
  return match;
}

const skipBlanks = (reader: Reader): void => {
  take(reader, blanks);
};

function readValue(reader: Reader, depth: number): Dynamic {
  if (depth > MAX_DEPTH) throw notJson;
  skipBlanks(reader);
  const first = reader.text[reader.at];
  if (first === '[') return readArray(reader, depth);
  if (first === '{') return readBag(reader, depth);
  return first === '"' ? readString(reader) : readScalar(reader);
}

function readScalar(reader: Reader): Dynamic {
  const [token, fraction, exponent] = take(reader, scalarToken);
  if (token === 'null') return null;
  if (token === 'true' || token === 'false') return token === 'true';
  return fraction === undefined && exponent === undefined ? BigInt(token) : Number(token);
}

/** Its end is looked for by hand: a regular expression keeps a place to come back to for each of millions of signs. */
function readString(reader: Reader): string {
  const { text, at } = reader;
  const end = text[at] === '"' ? endOfString(text, at) : -1;
  if (end < 0) throw notJson;
  reader.at = end;
  const value = parsedString(text.slice(at, end));
  if (value?.isWellFormed()) return value;
  throw notJson;
}

/** Behind the quotes that end the string which begins at a place; -1 where there are none. */
function endOfString(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return -1;
}

function parsedString(text: string): string | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Steps over a comma; true where the list ends after it or without it. */
function ends(reader: Reader, close: string, first: boolean): boolean {
  skipBlanks(reader);
  if (!first && reader.text[reader.at] === ',') {
    reader.at += 1;
    skipBlanks(reader);
  } else if (!first && reader.text[reader.at] !== close) throw notJson;
  if (reader.text[reader.at] !== close) return false;
  reader.at += 1;
  return true;
}

function readArray(reader: Reader, depth: number): Dynamic[] {
  const items: Dynamic[] = [];
  reader.at += 1;
  while (!ends(reader, ']', items.length === 0)) items.push(readValue(reader, depth + 1));
  return items;
}

function readBag(reader: Reader, depth: number): Map<string, Dynamic> {
  const bag = new Map<string, Dynamic>();
  reader.at += 1;
  for (let first = true; !ends(reader, '}', first); first = false) {
    const key = readString(reader);
    skipBlanks(reader);
    if (reader.text[reader.at] !== ':') throw notJson;
    reader.at += 1;
    const value = readValue(reader, depth + 1);
    if (!bag.has(key)) bag.set(key, value);
  }
  return bag;
}
