import { sqlText } from '../../duckdb/index.ts';
import { type Dynamic, dynamicToText, type Value } from '../../values/index.ts';
import { isArray, textOfJson, textsOfJson } from './json-read.ts';
import type { SqlArg } from './row.ts';

/**
 * SQL of `tostring` of a dynamic: never NULL, '' where there is nothing.
 *
 * @example dynamicText(x['a']) // "coalesce(CASE WHEN json_valid(x) THEN json_extract_string(x, '$.a') END, '')"
 */
export function dynamicText(arg: SqlArg): string {
  if (arg.constant !== undefined) return sqlText(dynamicToText(arg.constant));
  return `coalesce(${textOfJson(arg.sql)}, '')`;
}

/** SQL of a dynamic's elements as texts (VARCHAR[], never NULL): of what is not an array, the one text of it. */
export const dynamicTexts = (arg: SqlArg): string =>
  `CASE WHEN ${isArray(arg.sql)} ` +
  `THEN list_transform(${textsOfJson(arg.sql)}, lambda _item: coalesce(_item, '')) ` +
  `ELSE [${dynamicText(arg)}] END`;

/** The same in the evaluator. */
export const textsOf = (value: Value): string[] =>
  Array.isArray(value) ? value.map((item: Dynamic) => dynamicToText(item)) : [dynamicToText(value)];
