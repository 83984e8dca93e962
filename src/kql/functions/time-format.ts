import { sqlText } from '../../duckdb/index.ts';
import { TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND, type Value } from '../../values/index.ts';
import { type CalendarDay, calendarDay, timestampSql } from './calendar.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction, SqlArg, SqlCall } from './row.ts';

/** One element of a format: its text for ticks that are not negative. */
interface Element {
  readonly sql: (ticks: string) => string;
  readonly print: (ticks: bigint) => string;
}

const padded = (width: number, sql: (ticks: string) => string, read: (ticks: bigint) => bigint | number): Element => ({
  sql: (ticks) => `printf('%0${width}d', ${sql(ticks)})`,
  print: (ticks) => String(read(ticks)).padStart(width, '0'),
});
const within = (width: number, whole: bigint, unit: bigint): Element =>
  padded(
    width,
    (ticks) => `(${ticks} % ${whole} // ${unit})`,
    (ticks) => (ticks % whole) / unit,
  );
const calendar = (width: number, sql: (timestamp: string) => string, read: (day: CalendarDay) => number): Element =>
  padded(
    width,
    (ticks) => sql(timestampSql(ticks)),
    (ticks) => read(calendarDay(ticks)),
  );

/** The first digits of the fraction; with `F` zeros at their end are left out. */
const fraction = (width: number, trimmed: boolean): Element => {
  const digits = within(width, TICKS_PER_SECOND, 10n ** BigInt(7 - width));
  if (!trimmed) return digits;
  return {
    sql: (ticks) => `rtrim(${digits.sql(ticks)}, '0')`,
    print: (ticks) => digits.print(ticks).replace(/0+$/, ''),
  };
};

const hour12: (width: number) => Element = (width) =>
  padded(
    width,
    (ticks) => `((${ticks} // ${TICKS_PER_HOUR} + 11) % 12 + 1)`,
    (ticks) => ((ticks / TICKS_PER_HOUR + 11n) % 12n) + 1n,
  );
const halfOfDay: Element = {
  sql: (ticks) => `CASE WHEN ${ticks} // ${TICKS_PER_HOUR} % 24 < 12 THEN 'AM' ELSE 'PM' END`,
  print: (ticks) => ((ticks / TICKS_PER_HOUR) % 24n < 12n ? 'AM' : 'PM'),
};

/** An element by its letter and how often it stands; undefined where there is none. */
type Elements = (letter: string, count: number) => Element | undefined;

const clock: Elements = (letter, count) => {
  if (/[fF]/.test(letter)) return count <= 7 ? fraction(count, letter === 'F') : undefined;
  if (count > 2) return undefined;
  if (letter === 'H') return within(count, TICKS_PER_DAY, TICKS_PER_HOUR);
  if (letter === 'm') return within(count, TICKS_PER_HOUR, TICKS_PER_MINUTE);
  return letter === 's' ? within(count, TICKS_PER_MINUTE, TICKS_PER_SECOND) : undefined;
};
const datetimeElement: Elements = (letter, count) => {
  if (letter === 'y' && count <= 2)
    return calendar(
      count,
      (time) => `(year(${time}) % 100)`,
      ({ year }) => year % 100,
    );
  if (letter === 'y' && count === 4)
    return calendar(
      count,
      (time) => `year(${time})`,
      ({ year }) => year,
    );
  if (letter === 't' && count === 2) return halfOfDay;
  if (count > 2) return clock(letter, count);
  if (letter === 'M')
    return calendar(
      count,
      (time) => `month(${time})`,
      ({ month }) => month,
    );
  if (letter === 'd')
    return calendar(
      count,
      (time) => `day(${time})`,
      ({ day }) => day,
    );
  return letter === 'h' ? hour12(count) : clock(letter, count);
};
const timespanElement: Elements = (letter, count) => {
  if (letter === 'h') return clock('H', count);
  if (letter !== 'd' || count > 8) return clock(letter, count);
  return padded(
    count,
    (ticks) => `(${ticks} // ${TICKS_PER_DAY})`,
    (ticks) => ticks / TICKS_PER_DAY,
  );
};

const DELIMITERS = /^[ /\-:,._[\]]$/;

/** What a format may consist of. */
interface Form {
  readonly elements: Elements;
  /** One element or delimiter. */
  readonly run: RegExp;
  /** True where the text of less than nothing begins with a minus sign. */
  readonly signed: boolean;
}

/** Days and months have two digits at most: `MMMM` is twice `MM`. */
const datetimeForm: Form = {
  elements: datetimeElement,
  run: /dd?|MM?|([a-zA-Z])\1*|[^a-zA-Z]/g,
  signed: false,
};
const timespanForm: Form = { elements: timespanElement, run: /([a-zA-Z])\1*|[^a-zA-Z]/g, signed: true };

/** The parts of a format in order: elements, and delimiters as they stand. */
function partsOf(
  format: string,
  { elements, run }: Form,
  fail: (reason: string) => never,
): readonly (Element | string)[] {
  const runs = format.match(run) ?? [];
  return runs.map((run) => {
    if (DELIMITERS.test(run)) return run;
    return elements(run[0]!, run.length) ?? fail(`unknown format element "${run}"`);
  });
}

function formatSql(call: SqlCall, form: Form): string {
  const [ticks, format] = call.args as [SqlArg, SqlArg];
  if (typeof format.constant !== 'string') return call.refuse('needs a constant format');
  const size = form.signed ? `abs(${ticks.sql})` : ticks.sql;
  const parts = partsOf(format.constant, form, call.refuse).map((part) =>
    typeof part === 'string' ? sqlText(part) : part.sql(size),
  );
  if (parts.length === 0) return `''`;
  const sign = form.signed ? [`CASE WHEN ${ticks.sql} < 0 THEN '-' ELSE '' END`] : [];
  return `coalesce(${[...sign, ...parts].join(' || ')}, '')`;
}

function print(name: string, [ticks = null, format = '']: readonly Value[], form: Form): string {
  const fail = (reason: string): never => refuseToEvaluate(name, reason);
  const parts = partsOf(format as string, form, fail);
  if (ticks === null || parts.length === 0) return '';
  const [sign, size] = (ticks as bigint) < 0n ? ['-', -(ticks as bigint)] : ['', ticks as bigint];
  return sign + parts.map((part) => (typeof part === 'string' ? part : part.print(size))).join('');
}

/** Datetimes and timespans as text in a form that the query names. */
export const timeFormatFunctions: readonly ScalarFunction[] = [
  {
    name: 'format_datetime',
    page: 'format-datetime-function',
    nullable: false,
    sql: (call) => formatSql(call, datetimeForm),
    evaluate: (args) => print('format_datetime', args, datetimeForm),
  },
  {
    name: 'format_timespan',
    page: 'format-timespan-function',
    nullable: false,
    sql: (call) => formatSql(call, timespanForm),
    evaluate: (args) => print('format_timespan', args, timespanForm),
  },
];
