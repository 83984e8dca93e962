import { formatDatetime, formatReal, formatTimespan, type KqlType, type Value } from '../../values/index.ts';

/** SQL of the text of a value that is not NULL, by type; the twin of {@link textOfValue}. */
const textForms: Readonly<Record<Exclude<KqlType, 'dynamic'>, (sql: string) => string>> = {
  bool: (sql) => `CASE ${sql} WHEN true THEN 'True' WHEN false THEN 'False' END`,
  int: (sql) => `CAST(${sql} AS VARCHAR)`,
  long: (sql) => `CAST(${sql} AS VARCHAR)`,
  // This engine says nan, inf and -inf.
  real: (sql) =>
    `CASE WHEN isfinite(${sql}) THEN CAST(${sql} AS VARCHAR) WHEN isnan(${sql}) THEN 'NaN' ` +
    `WHEN ${sql} > 0 THEN 'Infinity' WHEN ${sql} < 0 THEN '-Infinity' END`,
  decimal: (sql) => `rtrim(rtrim(CAST(${sql} AS VARCHAR), '0'), '.')`,
  string: (sql) => sql,
  datetime: (sql) =>
    `(strftime(make_timestamp(${sql} // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || ` +
    `CAST(${sql} % 10 AS VARCHAR) || 'Z')`,
  timespan: (sql) =>
    `(CASE WHEN ${sql} < 0 THEN '-' ELSE '' END || ` +
    `CASE WHEN ${sql} // 864000000000 = 0 THEN '' ELSE CAST(abs(${sql} // 864000000000) AS VARCHAR) || '.' END || ` +
    `strftime(make_timestamp(abs(${sql} % 864000000000) // 10), '%H:%M:%S') || ` +
    `CASE WHEN ${sql} % 10000000 = 0 THEN '' ELSE '.' || lpad(CAST(abs(${sql} % 10000000) AS VARCHAR), 7, '0') END)`,
  guid: (sql) => `CAST(${sql} AS VARCHAR)`,
};

/** SQL of a value's text as `tostring` gives it, NULL of NULL. Not for dynamic: see `dynamicText`. */
export const textSql = (sql: string, type: Exclude<KqlType, 'dynamic'>): string => textForms[type](sql);

/** A value's text as `tostring` gives it; null has none. Not for dynamic. */
export function textOfValue(value: Exclude<Value, null>, type: Exclude<KqlType, 'dynamic'>): string {
  if (type === 'datetime') return formatDatetime(value as bigint);
  if (type === 'timespan') return formatTimespan(value as bigint);
  if (type === 'decimal') return trimZeros(String(value));
  if (type === 'bool') return value === true ? 'True' : 'False';
  return typeof value === 'number' ? formatReal(value) : String(value);
}

const trimZeros = (digits: string): string => (digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits);
