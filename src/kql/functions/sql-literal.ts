import { sqlText, sqlTypes } from '../../duckdb/index.ts';
import { dynamicToJson, type KqlType, type Value } from '../../values/index.ts';

const whole = (value: Value): string => {
  const text = String(value);
  // 9223372036854775808 does not parse as BIGINT, so its negation is not written as one
  return text === '-9223372036854775808' ? '(-9223372036854775807 - 1)' : text;
};

const printers: Readonly<Record<KqlType, (value: Value) => string>> = {
  bool: (value) => (value === true ? 'true' : 'false'),
  int: (value) => `${whole(value)}::INTEGER`,
  long: (value) => `${whole(value)}::BIGINT`,
  real: (value) => (Number.isFinite(value) ? `${Number(value)}::DOUBLE` : `'${value}'::DOUBLE`),
  decimal: (value) => `${value}::DECIMAL(38,18)`,
  string: (value) => sqlText(String(value)),
  datetime: (value) => `${whole(value)}::BIGINT`,
  timespan: (value) => `${whole(value)}::BIGINT`,
  guid: (value) => `'${value}'::UUID`,
  dynamic: (value) => sqlText(dynamicToJson(value)),
};

/** A constant as SQL, typed, safe anywhere an expression may stand. Values are quoted here and nowhere else. */
export function sqlLiteral(type: KqlType, value: Value): string {
  if (value === null) return type === 'string' ? "''" : `NULL::${sqlTypes[type]}`;
  const sql = printers[type](value);
  return sql.startsWith('-') ? `(${sql})` : sql;
}
