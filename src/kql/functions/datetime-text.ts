import { sqlText } from '../../duckdb/index.ts';

/**
 * SQL that reads datetimes from text: the twin of `parseDatetime`, form for form. Without a match the engine's
 * `regexp_extract` gives empty parts, so that a form that does not fit is NULL.
 */
interface Form {
  readonly pattern: string;
  /** Names of the pattern's groups, in order. */
  readonly groups: readonly string[];
  /** Whether both separators are the same; the engine's patterns have no back reference. */
  readonly alike: string;
  readonly year: string;
  readonly month: string;
}

const TIME = String.raw`(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?(?:\s*([AP]M))?`;
const CLOCK = String.raw`${TIME}(?:\s*(Z|GMT|UTC|[+-]\d{1,2}(?::?\d{2})?))?`;
const CLOCK_GROUPS = ['hour', 'minute', 'second', 'fraction', 'half', 'zone'];

/** A part that was not there counts as `missing`. */
const number = (part: string, missing: number): string => `coalesce(TRY_CAST(p['${part}'] AS INTEGER), ${missing})`;
const PLAIN_YEAR = number('year', 0);
const SHORT_YEAR = `(${PLAIN_YEAR} + CASE WHEN length(p['year']) > 2 THEN 0 WHEN ${PLAIN_YEAR} < 50 THEN 2000 ELSE 1900 END)`;
const MONTH_OF_NAME = `((strpos('jan feb mar apr may jun jul aug sep oct nov dec', lower(p['name'])) + 3) // 4)`;

const FORMS: readonly Form[] = [
  {
    pattern: String.raw`(\d{4})(?:\s*([-/,])\s*(\d{1,2})(?:\s*([-/,])\s*(\d{1,2})(?:(?:T|\s+)${CLOCK})?)?)?`,
    groups: ['year', 'mark', 'month', 'mark2', 'day', ...CLOCK_GROUPS],
    alike: `p['mark2'] IN ('', p['mark'])`,
    year: PLAIN_YEAR,
    month: number('month', 1),
  },
  {
    pattern: String.raw`(?:[a-z]{3,9},\s*)?(\d{1,2})([- ])([a-z]{3})([- ])(\d{4}|\d{2})(?:\s+${CLOCK})?`,
    groups: ['day', 'mark', 'name', 'mark2', 'year', ...CLOCK_GROUPS],
    alike: `p['mark2'] = p['mark']`,
    year: SHORT_YEAR,
    month: MONTH_OF_NAME,
  },
  {
    pattern: String.raw`(\d{1,2})([-/])(\d{1,2})([-/])(\d{4})(?:(?:T|\s+)${CLOCK})?`,
    groups: ['month', 'mark', 'day', 'mark2', 'year', ...CLOCK_GROUPS],
    alike: `p['mark2'] = p['mark']`,
    year: PLAIN_YEAR,
    month: number('month', 1),
  },
];

const HOUR =
  `CASE WHEN p['half'] = '' THEN ${number('hour', 0)} WHEN ${number('hour', 0)} NOT BETWEEN 1 AND 12 THEN 99 ` +
  `ELSE ${number('hour', 0)} % 12 + CASE WHEN upper(p['half']) = 'PM' THEN 12 ELSE 0 END END`;
const OFFSET_HOURS = String.raw`coalesce(TRY_CAST(regexp_extract(p['zone'], '[+-](\d{1,2})', 1) AS BIGINT), 0)`;
const OFFSET_MINUTES = String.raw`coalesce(TRY_CAST(regexp_extract(p['zone'], '[+-]\d{1,2}:?(\d{2})$', 1) AS BIGINT), 0)`;
const OFFSET_SIGN = `CASE WHEN starts_with(p['zone'], '-') THEN -1 ELSE 1 END`;
const FRACTION = `CAST(rpad(left(p['fraction'], 7), 7, '0') AS BIGINT)`;

const ticksOf = ({ alike, year, month }: Form): string =>
  `CASE WHEN p['year'] <> '' AND ${alike} AND ${year} > 0 AND ${HOUR} < 24 AND ${number('minute', 0)} < 60 ` +
  `AND ${number('second', 0)} < 60 AND ${OFFSET_HOURS} < 15 AND ${OFFSET_MINUTES} < 60 THEN ` +
  `TRY(make_date(${year}, ${month}, ${number('day', 1)}) - DATE '0001-01-01') * 864000000000 ` +
  `+ ((${HOUR}) * 3600 + ${number('minute', 0)} * 60 + ${number('second', 0)}) * 10000000::BIGINT + ${FRACTION} ` +
  `- ${OFFSET_SIGN} * (${OFFSET_HOURS} * 60 + ${OFFSET_MINUTES}) * 600000000 END`;

// `p.year` would be read as a member of a column `p` where there is one
const readForm = (sql: string, form: Form): string => {
  const pattern = sqlText(String.raw`(?i)^\s*${form.pattern}\s*$`);
  const groups = form.groups.map((group) => `'${group}'`).join(', ');
  return `list_transform([regexp_extract(${sql}, ${pattern}, [${groups}])], lambda p: ${ticksOf(form)})[1]`;
};

/** SQL of the datetime that a text says, NULL where it says none. */
export const datetimeOfText = (sql: string): string =>
  // From year 1 to 9999, which an offset may have left.
  `list_filter([coalesce(${FORMS.map((form) => readForm(sql, form)).join(', ')})], ` +
  `lambda t: t BETWEEN 0 AND 3155378975999999999)[1]`;
