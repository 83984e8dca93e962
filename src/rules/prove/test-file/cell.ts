import {
  type Dynamic,
  dynamicToJson,
  INT_MAX,
  INT_MIN,
  type KqlType,
  LONG_MAX,
  LONG_MIN,
  parseDatetime,
  parseDecimal,
  parseDynamic,
  parseTimespan,
} from '../../../values/index.ts';
import { isGuid } from '../../guid.ts';
import type { TestCell } from '../tests.ts';
import type { Part } from './part.ts';

const whole =
  (words: string, low: bigint, high: bigint) =>
  (part: Part): TestCell => {
    const { scalar } = part;
    if (typeof scalar !== 'bigint' || scalar < low || scalar > high) return part.wrong(`is ${words}: a whole number`);
    return { json: String(scalar) };
  };

/** `-2h`: before the test's `now`; `now` itself; or a date. */
function datetime(part: Part): TestCell {
  const { scalar } = part;
  if (scalar === 'now') return { before: 0n };
  const text = typeof scalar === 'string' ? scalar : '';
  const before = /^\s*-\s*\d/.test(text) ? parseTimespan(text) : null;
  if (before !== null) return { before: -before };
  const ticks = parseDatetime(text);
  return ticks === null
    ? part.wrong('is a datetime: -2h before now, now, or 2026-07-01T12:00:00Z')
    : { json: String(ticks) };
}

/** A list or a map, or its JSON text; what else is a text is that text. */
function dynamic(part: Part): TestCell {
  const { scalar } = part;
  const read = typeof scalar === 'string' && /^\s*[[{]/.test(scalar) ? parseDynamic(scalar) : undefined;
  return { json: JSON.stringify(dynamicToJson((read ?? part.plain) as Dynamic)) };
}

const readers: Readonly<Record<KqlType, (part: Part) => TestCell>> = {
  string: (part) => ({ json: JSON.stringify(part.text().toWellFormed()) }),
  bool: (part) => ({ json: String(part.flag()) }),
  int: whole('an int', INT_MIN, INT_MAX),
  long: whole('a long', LONG_MIN, LONG_MAX),
  real: (part) => {
    const { scalar } = part;
    const isNumber = typeof scalar === 'bigint' || (typeof scalar === 'number' && Number.isFinite(scalar));
    return isNumber ? { json: String(scalar) } : part.wrong('is a real: a number');
  },
  decimal: (part) => {
    const value = parseDecimal(String(part.scalar));
    return value === null ? part.wrong('is a decimal') : { json: JSON.stringify(value) };
  },
  timespan: (part) => {
    const ticks = parseTimespan(part.text());
    return ticks === null ? part.wrong('is a timespan such as 1.02:00:00 or 2h') : { json: String(ticks) };
  },
  guid: (part) => {
    const text = part.text();
    return isGuid(text) ? { json: JSON.stringify(text.toLowerCase()) } : part.wrong('is a guid');
  },
  datetime,
  dynamic,
};

/** A cell of a row in line, of its column's type. */
export const cellOf = (part: Part, type: KqlType): TestCell =>
  part.scalar === null ? { json: type === 'string' ? '""' : 'null' } : readers[type](part);
