/** Hundredths of a tick in each unit of a timespan, as `parseTimespan` has them. */
const UNITS: readonly (readonly [hundredths: string, names: string])[] = [
  ['86400000000000', 'd|days?'],
  ['3600000000000', 'h|hrs?|hours?'],
  ['60000000000', 'm|min|minutes?'],
  ['1000000000', 's|sec|seconds?'],
  ['1000000', 'ms|millis?|millisec|milliseconds?'],
  ['1000', 'micros?|microsec|microseconds?'],
  ['100', 'ticks?'],
  ['1', 'nanos?|nanosec|nanoseconds?'],
];
const WITH_UNIT = String.raw`'(?i)^\s*(-?)(\d{0,15})(?:\.(\d{0,9}))?\s*([a-z]+)\s*$'`;
const CLOCK = String.raw`'^\s*(-?)(?:(\d{1,8})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7})\d*)?)?\s*$'`;
const WHOLE_DAYS = String.raw`'^\s*(-?)(\d{1,8})\s*$'`;

/** One form: its pattern, the names of its groups, and ticks without sign as a HUGEINT (`p` holds the groups). */
type Form = readonly [pattern: string, groups: string, ticks: string];

// `p.days` would be read as a member of a column `p` where there is one
const number = (part: string): string => `coalesce(TRY_CAST(p['${part}'] AS HUGEINT), 0)`;
const below = (part: string, limit: number): string => `${number(part)} < ${limit}`;
const sizes = UNITS.map(([size, names]) => `WHEN regexp_full_match(lower(p['unit']), '${names}') THEN ${size}`).join(
  ' ',
);

const FORMS: readonly Form[] = [
  [
    WITH_UNIT,
    `['sign', 'whole', 'fraction', 'unit']`,
    `TRY_CAST(p['whole'] || p['fraction'] AS HUGEINT) * CASE ${sizes} END ` +
      `// (100 * CAST(10 ** length(p['fraction']) AS HUGEINT))`,
  ],
  [
    CLOCK,
    `['sign', 'days', 'hours', 'minutes', 'seconds', 'fraction']`,
    `CASE WHEN p['hours'] <> '' AND ${below('hours', 24)} AND ${below('minutes', 60)} AND ${below('seconds', 60)} THEN ` +
      `(${number('days')} * 86400 + ${number('hours')} * 3600 + ${number('minutes')} * 60 + ${number('seconds')}) ` +
      `* 10000000 + CAST(rpad(p['fraction'], 7, '0') AS HUGEINT) END`,
  ],
  [WHOLE_DAYS, `['sign', 'days']`, `TRY_CAST(p['days'] AS HUGEINT) * 864000000000`],
];

const readForm = (sql: string, [pattern, groups, ticks]: Form): string =>
  `list_transform([regexp_extract(${sql}, ${pattern}, ${groups})], ` +
  `lambda p: (${ticks}) * CASE WHEN p['sign'] = '' THEN 1 ELSE -1 END)[1]`;

/** SQL of the timespan that a text says, NULL where it says none: the twin of `parseTimespan`, form for form. */
export const timespanOfText = (sql: string): string =>
  `TRY_CAST(coalesce(${FORMS.map((form) => readForm(sql, form)).join(', ')}) AS BIGINT)`;
