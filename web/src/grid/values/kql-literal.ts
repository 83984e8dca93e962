import type { Cell } from '../contract.ts';
import { cellText, type KqlType, TOO_DEEP } from './cell-text.ts';
import { visibleText } from './hidden-characters.ts';

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A text as a KQL literal. Characters that nobody would see stand as escapes, so that the query shows what it asks for.
 *
 * @example quoted('say "hi"') // `"say \\"hi\\""`
 */
export const quoted = (text: string): string =>
  `"${text.replace(/["\\\n\r\t]|[^\x20-\x7E]/gu, (char) => ESCAPES[char] ?? (visibleText(char) === char ? char : unitsOf(char)))}"`;

const unitsOf = (char: string): string =>
  Array.from({ length: char.length }, (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');

const real = (cell: Cell): string => {
  const value = Number(cell);
  if (Number.isNaN(value)) return 'real(nan)';
  if (Number.isFinite(value)) return `real(${Object.is(value, -0) ? '-0.0' : value})`;
  return value > 0 ? 'real(+inf)' : 'real(-inf)';
};

const whole = (cell: Cell, type: 'int' | 'long'): string =>
  typeof cell === 'number' && cell >= 0 && cell <= 2_147_483_647 && type === 'long' ? String(cell) : `${type}(${cell})`;

const LITERALS: Readonly<Record<KqlType, (cell: Cell) => string>> = {
  bool: (cell) => (cell === true || cell === 1 ? 'true' : 'false'),
  int: (cell) => whole(cell, 'int'),
  long: (cell) => whole(cell, 'long'),
  real,
  decimal: (cell) => `decimal(${cell})`,
  string: (cell) => quoted(String(cell)),
  datetime: (cell) => `datetime(${cell})`,
  timespan: (cell) => `time(${cell})`,
  guid: (cell) => `guid(${cell})`,
  dynamic: (cell) => `dynamic(${visibleJson(cell)})`,
};

/** What may stand within the parentheses of a literal; another text comes from no store of ours and is refused. */
const WITHIN: Partial<Record<KqlType, RegExp>> = {
  int: /^-?\d{1,10}$/,
  long: /^-?\d{1,19}$/,
  decimal: /^-?\d{0,40}(\.\d{0,40})?(e[+-]?\d{1,3})?$/i,
  datetime: /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,7})?)?Z?)?$/,
  timespan: /^-?(\d{1,9}\.)?\d{1,2}:\d\d:\d\d(\.\d{1,7})?$/,
  guid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
};

/**
 * A cell as a KQL literal of its column's type, such that KQL reads the same value. Undefined for a cell that is no
 * value of its type.
 *
 * @example kqlLiteral('2026-07-18T14:08:56.0000000Z', 'datetime') // 'datetime(2026-07-18T14:08:56.0000000Z)'
 */
export function kqlLiteral(cell: Cell, type: KqlType): string | undefined {
  if (cell === null || cell === undefined) return type === 'string' ? '""' : `${type}(null)`;
  const within = WITHIN[type];
  if (within && !within.test(String(cell))) return undefined;
  if (type === 'dynamic' && cellText(cell, type) === TOO_DEEP) return undefined;
  return LITERALS[type](cell);
}

/** JSON with hidden characters as its escapes. */
const visibleJson = (cell: Cell): string =>
  JSON.stringify(cell).replace(/[^\x20-\x7E]/gu, (char) => (visibleText(char) === char ? char : unitsOf(char)));
