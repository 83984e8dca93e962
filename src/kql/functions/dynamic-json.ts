import { sqlText } from '../../duckdb/index.ts';
import { dynamicFrom, dynamicToJson, type KqlType } from '../../values/index.ts';
import type { SqlArg } from './row.ts';
import { textSql } from './text-form.ts';

/** JSON text of a real: what is not finite becomes text, as `dynamicFrom` does. */
const realJson = (sql: string): string =>
  `CASE WHEN isfinite(${sql}) THEN CAST(to_json(${sql}) AS VARCHAR) ELSE ${quotedText(sql, 'real')} END`;

const quotedText = (sql: string, type: Exclude<KqlType, 'dynamic'>): string => `'"' || ${textSql(sql, type)} || '"'`;

function jsonOf(sql: string, type: KqlType): string {
  if (type === 'dynamic') return sql;
  if (type === 'real') return realJson(sql);
  const asText = type === 'datetime' || type === 'timespan' || type === 'decimal';
  return asText ? quotedText(sql, type) : `CAST(to_json(${sql}) AS VARCHAR)`;
}

/**
 * SQL of a scalar as it stands inside a dynamic: JSON text, never NULL (`null` is JSON text here).
 *
 * @example toDynamicSql(a long column n) // "coalesce(CAST(to_json(n) AS VARCHAR), 'null')"
 */
export function toDynamicSql(arg: SqlArg): string {
  if (arg.constant !== undefined) return sqlText(dynamicToJson(dynamicFrom(arg.constant, arg.type)));
  const json = jsonOf(arg.sql, arg.type);
  return arg.type === 'string' ? json : `coalesce(${json}, 'null')`;
}

/** SQL of a scalar as a dynamic value of its own: as in {@link toDynamicSql}, but null is NULL. */
export function asDynamicSql(arg: SqlArg): string {
  if (arg.constant === null) return 'CAST(NULL AS VARCHAR)';
  return arg.constant === undefined ? jsonOf(arg.sql, arg.type) : toDynamicSql(arg);
}

/** SQL of a JSON array of elements that are JSON text already. */
export const arrayJson = (elements: readonly string[]): string =>
  elements.length === 0 ? `'[]'` : `('[' || ${elements.join(` || ',' || `)} || ']')`;
