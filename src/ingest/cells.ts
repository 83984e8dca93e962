/**
 * One cell: what a source says, as the JSON text of the column's KQL type. What arrives in another type is repaired where
 * its meaning is plain and counted; where it is not, the cell becomes null and is reported. An empty string is an empty
 * string in a string column (KQL strings have no null) and null in any other.
 */
import { type KqlType, parseTimespan } from '../values/index.ts';
import { isoTicks, localTicks, unixMsTicks } from './datetime.ts';
import { compactedJson, compactJson, numberText, quote } from './json-text.ts';
import type { ColumnTally } from './tally.ts';

/** Prints the cells of one KQL type. */
export interface CellPrinter {
  /** From text: CSV, or a JSON string. `typed` where the source could have written the type itself (JSON). */
  readonly text: (text: string, tally: ColumnTally, typed: boolean) => string;
  /** From a number of JSON, by its digits. */
  readonly number: (digits: string, tally: ColumnTally) => string;
  readonly bool: (value: boolean, tally: ColumnTally) => string;
}

const SHORT_INTEGER = /^(?:0|-?[1-9]\d{0,8})$/;
const INTEGER = /^[+-]?\d+(?:\.0*)?$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const LIMITS = { int: [-(2n ** 31n), 2n ** 31n - 1n], long: [-(2n ** 63n), 2n ** 63n - 1n] } as const;

function wholeNumber(type: 'int' | 'long'): CellPrinter {
  const [least, greatest] = LIMITS[type];
  const fromDigits = (digits: string, tally: ColumnTally): string => {
    if (SHORT_INTEGER.test(digits)) return digits;
    const plain = /e/i.test(digits) && Number.isSafeInteger(Number(digits)) ? String(Number(digits)) : digits;
    if (!INTEGER.test(plain)) return tally.lost(`not a whole number`, digits);
    const dot = plain.indexOf('.');
    const value = BigInt(dot < 0 ? plain.replace('+', '') : plain.slice(0, dot).replace('+', ''));
    if (value < least || value > greatest) return tally.lost(`out of the range of ${type}`, digits);
    if (plain !== digits || dot >= 0) tally.repaired('fraction of zero dropped', digits);
    return String(value);
  };
  return {
    text(text, tally, typed) {
      if (!typed && SHORT_INTEGER.test(text)) return text;
      const trimmed = text.trim();
      if (trimmed === '') return 'null';
      const truth = truthOf(trimmed);
      if (truth !== null && !INTEGER.test(trimmed)) {
        tally.repaired('bool to number', text);
        return truth ? '1' : '0';
      }
      if (!DECIMAL.test(trimmed)) return tally.lost('not a number', text);
      if (typed) tally.repaired('text to number', text);
      return fromDigits(trimmed, tally);
    },
    number: fromDigits,
    bool(value, tally) {
      tally.repaired('bool to number', value);
      return value ? '1' : '0';
    },
  };
}

/** `real`, and `decimal`, which keeps its digits. */
function fractional(type: 'real' | 'decimal'): CellPrinter {
  const fromDigits = (digits: string, tally: ColumnTally): string => {
    const value = Number(digits);
    if (!Number.isFinite(value)) return tally.lost(`out of the range of ${type}`, digits);
    return type === 'decimal' && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(digits) ? digits : String(value);
  };
  return {
    text(text, tally, typed) {
      const trimmed = text.trim();
      if (trimmed === '') return 'null';
      if (!DECIMAL.test(trimmed)) return tally.lost('not a number', text);
      if (typed) tally.repaired('text to number', text);
      return fromDigits(trimmed, tally);
    },
    number: fromDigits,
    bool(value, tally) {
      tally.repaired('bool to number', value);
      return value ? '1' : '0';
    },
  };
}

const truths: Readonly<Record<string, boolean>> = { true: true, false: false, '1': true, '0': false };
const truthOf = (text: string): boolean | null => truths[text.toLowerCase()] ?? null;

const bool: CellPrinter = {
  text(text, tally, typed) {
    const trimmed = text.trim();
    if (trimmed === '') return 'null';
    const truth = truthOf(trimmed);
    if (truth === null) return tally.lost('not a bool', text);
    if (trimmed === '1' || trimmed === '0') tally.repaired('number to bool', text);
    else if (typed) tally.repaired('text to bool', text);
    return String(truth);
  },
  number(digits, tally) {
    if (digits !== '0' && digits !== '1') return tally.lost('not a bool', digits);
    tally.repaired('number to bool', digits);
    return digits === '1' ? 'true' : 'false';
  },
  bool: String,
};

const string: CellPrinter = {
  text: quote,
  number(digits, tally) {
    tally.repaired('number to text', digits);
    return quote(digits);
  },
  bool(value, tally) {
    tally.repaired('bool to text', value);
    return quote(String(value));
  },
};

const datetime: CellPrinter = {
  text(text, tally) {
    const ticks = isoTicks(text);
    if (ticks !== null) return ticks;
    const trimmed = text.trim();
    if (trimmed === '') return 'null';
    const local = isoTicks(trimmed) ?? localTicks(trimmed);
    if (local !== null) {
      tally.repaired('local form to datetime', text);
      return local;
    }
    if (/^\d+$/.test(trimmed)) return datetime.number(trimmed, tally);
    return tally.lost(/\b9999\b/.test(trimmed) ? 'a date in the year 9999' : 'not a datetime', text);
  },
  number(digits, tally) {
    const ticks = unixMsTicks(Number(digits));
    if (ticks === null) return tally.lost('not a datetime', digits);
    tally.repaired('Unix milliseconds to datetime', digits);
    return ticks;
  },
  bool: (value, tally) => tally.lost('not a datetime', value),
};

const timespan: CellPrinter = {
  text(text, tally) {
    if (text.trim() === '') return 'null';
    return parseTimespan(text)?.toString() ?? tally.lost('not a timespan', text);
  },
  number: (digits, tally) => tally.lost('not a timespan', digits),
  bool: (value, tally) => tally.lost('not a timespan', value),
};

const GUID = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;

const guid: CellPrinter = {
  text(text, tally) {
    const trimmed = text.trim();
    if (trimmed === '') return 'null';
    const found = GUID.exec(trimmed);
    return found === null ? tally.lost('not a guid', text) : `"${found[1]!.toLowerCase()}"`;
  },
  number: (digits, tally) => tally.lost('not a guid', digits),
  bool: (value, tally) => tally.lost('not a guid', value),
};

const dynamic: CellPrinter = {
  text(text) {
    if (text === '') return 'null';
    const json = compactedJson(text);
    if (json === 'null') return 'null';
    return quote(json ?? quote(text));
  },
  number: (digits) => `"${digits}"`,
  bool: (value) => `"${value}"`,
};

const printers: Readonly<Record<KqlType, CellPrinter>> = {
  bool,
  int: wholeNumber('int'),
  long: wholeNumber('long'),
  real: fractional('real'),
  decimal: fractional('decimal'),
  string,
  datetime,
  timespan,
  guid,
  dynamic,
};

/** What an absent cell is: strings have no null. */
export const absentCell = (type: KqlType): string => (type === 'string' ? '""' : 'null');

/** The printer of a type's cells. */
export const cellPrinter = (type: KqlType): CellPrinter => printers[type];

/**
 * A value of parsed JSON as a cell.
 *
 * @example jsonCell('string', ['a@b.example'], tally) // '"[\\"a@b.example\\"]"', counted as "array to JSON text"
 */
export function jsonCell(type: KqlType, value: unknown, tally: ColumnTally): string {
  if (value === null || value === undefined) return absentCell(type);
  if (typeof value === 'string') return printers[type].text(value, tally, true);
  if (typeof value === 'boolean') return printers[type].bool(value, tally);
  const digits = numberText(value);
  if (digits !== null) return printers[type].number(digits, tally);
  const text = compactJson(value);
  if (type === 'dynamic') return quote(text);
  const kind = Array.isArray(value) ? 'array' : 'object';
  if (type !== 'string') return tally.lost(`${kind} in a ${type} column`, text);
  tally.repaired(`${kind} to JSON text`, text);
  return quote(text);
}
