import { sqlText } from './sql-text.ts';

/*
 * Reads of JSON text. `parse_json(x).a.b` reaches the printer as calls in calls; read one after the other, each would
 * parse and print the text again. The forms written here are recognised here, so that the outer call reads from the
 * text itself with the whole path.
 */

const MEMBER = /^TRY\(NULLIF\(CAST\(json_extract\((.*), '(\$(?:[^']|'')*)'\) AS VARCHAR\), 'null'\)\)$/s;
const PARSED =
  /^CASE WHEN json_valid\((.*)\) AND NOT \(.*\) THEN NULLIF\(CAST\(json\(\1\) AS VARCHAR\), 'null'\) ELSE CAST\(to_json\(\1\) AS VARCHAR\) END$/s;

/** Bare NaN and Infinity, which this engine reads as JSON; whatever stands in quotes is taken out before the look. */
const notNumbers = (text: string): string =>
  `regexp_matches(${text}, '(?i)nan|inf') AND ` +
  `regexp_matches(regexp_replace(${text}, '"(?:[^"\\\\]|\\\\.)*"', '', 'g'), '(?i)nan|inf')`;

/** SQL: the JSON text that a text holds in compact form; of a text that is no JSON, the text as a JSON string. */
export const parseJsonSql = (text: string): string =>
  `CASE WHEN json_valid(${text}) AND NOT (${notNumbers(text)}) ` +
  `THEN NULLIF(CAST(json(${text}) AS VARCHAR), 'null') ELSE CAST(to_json(${text}) AS VARCHAR) END`;

/**
 * The SQL from which a dynamic's members may be read: of `parse_json(x)` that is x. A text that is no JSON has no members,
 * and reading them inside TRY says so too.
 * This engine gives members of a text with a bare NaN in it; `parse_json` takes such a text for no JSON.
 */
const memberSource = (sql: string): string => PARSED.exec(sql)?.[1] ?? sql;

/** A step of a path, as JSONPath spells it; undefined where it cannot. */
function step(key: string | bigint): string | undefined {
  if (typeof key === 'bigint') return `[${key}]`;
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) return `.${key}`;
  return key === '' ? undefined : `."${key.replace(/["\\]/g, '\\$&')}"`;
}

const memberSql = (source: string, path: string): string =>
  `TRY(NULLIF(CAST(json_extract(${source}, ${path}) AS VARCHAR), 'null'))`;

/** SQL of the member that a constant key or index names, as JSON text; NULL where there is none. */
export function constantMemberSql(sql: string, key: string | bigint): string {
  const added = step(key);
  // JSONPath has no word for the empty key, JSON pointer has.
  if (added === undefined) return memberSql(memberSource(sql), `'/'`);
  const [, source, path] = MEMBER.exec(sql) ?? [];
  if (source === undefined || path === undefined) return memberSql(memberSource(sql), sqlText(`$${added}`));
  return memberSql(source, sqlText(path.replaceAll("''", "'") + added));
}

/** SQL of the member that a key or index, known only row by row, names. */
export function memberRowByRowSql(sql: string, key: string, keyIsText: boolean): string {
  const source = memberSource(sql);
  const path = keyIsText
    ? `'/' || replace(replace(${key}, '~', '~0'), '/', '~1')`
    : `'$[' || CAST(${key} AS VARCHAR) || ']'`;
  // A JSON pointer with digits would find an element of an array too.
  const kind = keyIsText ? 'OBJECT' : 'ARRAY';
  return `CASE WHEN TRY(json_type(${source})) = '${kind}' THEN ${memberSql(source, path)} END`;
}

/** SQL of a dynamic as text, NULL where it is null; may throw on a text that is no JSON. */
export function textOfMember(sql: string): string {
  const [, source, path] = MEMBER.exec(sql) ?? [];
  return source === undefined ? `json_extract_string(${sql}, '$')` : `json_extract_string(${source}, '${path}')`;
}

/** The SQL of a dynamic, its own reading wrapped so that it stands anywhere. */
export const jsonSource = (sql: string): string => sql;
