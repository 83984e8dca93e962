import { sqlText, sqlTypes } from '../../duckdb/index.ts';
import { dynamicToJson, type KqlType, type Value } from '../../values/index.ts';
import { heldDecimal } from './decimal.ts';

/** The engine negates after the cast, and what is one too large cannot be cast. */
const least: Readonly<Record<string, string>> = {
  '-2147483648': '(-2147483647 - 1)',
  '-9223372036854775808': '(-9223372036854775807 - 1)',
};
const whole = (value: Value): string => least[String(value)] ?? String(value);

/** Digits as the engine holds decimals without loss on the way to a real: beyond, it has to read a real from the start. */
const EXACT = 15;

/** A decimal has no negative zero either. */
function realDigits(value: number): string {
  const digits = Object.is(value, -0) ? '-0' : String(value);
  return digits.includes('e') || (digits.length <= EXACT && digits !== '-0') ? digits : `${digits}e0`;
}

const printers: Readonly<Record<KqlType, (value: Value) => string>> = {
  bool: (value) => (value === true ? 'true' : 'false'),
  int: (value) => `${whole(value)}::INTEGER`,
  long: (value) => `${whole(value)}::BIGINT`,
  real: (value) => (Number.isFinite(value) ? `${realDigits(value as number)}::DOUBLE` : `'${value}'::DOUBLE`),
  decimal: (value) => `${heldDecimal(String(value))}::DECIMAL(38,18)`,
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
