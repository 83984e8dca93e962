import { elementsOfJson, isArray, isBag, keysOfJson, memberRowByRowSql, textOfJson, textsOfJson } from './json-read.ts';

/** `split(Column, 'text')` as it is printed: its parts are there before they become JSON. */
const SPLIT = /^CAST\(to_json\((string_split\((?:[a-z]\w*\.)?"(?:[^"]|"")*", '(?:[^']|'')*'\))\) AS VARCHAR\)$/;

/**
 * SQL of the rows that `mv-expand` makes of a dynamic, as a list of JSON texts: the elements of an array, the members of
 * a bag, each a bag of its own or, with `pairs`, `[key, value]`; of anything else the one value. With `asText` the list
 * holds what `tostring` gives of each, NULL for ''.
 */
export function expansionSql(sql: string, pairs: boolean, asText = false): string {
  const [, parts] = SPLIT.exec(sql) ?? [];
  if (parts !== undefined)
    return asText ? parts : `list_transform(${parts}, lambda _part: CAST(to_json(_part) AS VARCHAR))`;
  const key = 'CAST(to_json(_member) AS VARCHAR)';
  const value = `coalesce(${memberRowByRowSql(sql, '_member', true)}, 'null')`;
  const member = pairs ? `'[' || ${key} || ',' || ${value} || ']'` : `'{' || ${key} || ':' || ${value} || '}'`;
  const [elements, whole] = asText
    ? [textsOfJson(sql), textOfJson(sql)]
    : [elementsOfJson(sql), `CAST(${sql} AS VARCHAR)`];
  return (
    `CASE WHEN ${isArray(sql)} THEN ${elements} ` +
    `WHEN ${isBag(sql)} THEN list_transform(${keysOfJson(sql)}, lambda _member: ${member}) ELSE [${whole}] END`
  );
}
