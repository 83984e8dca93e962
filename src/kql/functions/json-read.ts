import { sqlText } from '../../duckdb/index.ts';
import { flatMemberSql } from './flat-json.ts';

/*
 * Reads of JSON text. `parse_json(x).a.b` reaches the printer as calls in calls; read one after the other, each would
 * parse and print the text again. The forms written here are recognised here, so that the outer call reads from the
 * text itself with the whole path.
 *
 * What is no JSON is kept from the JSON functions by CASE, not by TRY: one malformed text makes TRY go on row by row, and
 * what two expressions share this engine computes once and first, outside of their TRY. Out of a CASE it takes nothing.
 */

const MEMBER =
  /^NULLIF\(CASE WHEN json_valid\((.*)\) THEN CAST\(json_extract\(\1, '(\$(?:[^']|'')*)'\) AS VARCHAR\) END, 'null'\)$/s;
const PARSED =
  /^CASE WHEN json_valid\((.*)\) AND NOT \(.*\) THEN NULLIF\(CAST\(json\(\1\) AS VARCHAR\), 'null'\) WHEN \1 <> '' THEN CAST\(to_json\(\1\) AS VARCHAR\) END$/s;

/** SQL of a reading, NULL where the source is no JSON. */
export const whenJson = (source: string, reading: string): string =>
  `CASE WHEN json_valid(${source}) THEN ${reading} END`;

/** Bare NaN and Infinity, which this engine reads as JSON; whatever stands in quotes is taken out before the look. */
const notNumbers = (text: string): string =>
  `regexp_matches(${text}, '(?i)nan|inf') AND ` +
  `regexp_matches(regexp_replace(${text}, '"(?:[^"\\\\]|\\\\.)*"', '', 'g'), '(?i)nan|inf')`;

/** SQL: the JSON text that a text holds in compact form; of a text that is no JSON, the text as a JSON string; of '' NULL. */
export const parseJsonSql = (text: string): string =>
  `CASE WHEN json_valid(${text}) AND NOT (${notNumbers(text)}) ` +
  `THEN NULLIF(CAST(json(${text}) AS VARCHAR), 'null') WHEN ${text} <> '' THEN CAST(to_json(${text}) AS VARCHAR) END`;

/**
 * The SQL from which a dynamic's members may be read: of `parse_json(x)` that is x. A text that is no JSON has no members,
 * and reading them says so too.
 * This engine gives members of a text with a bare NaN in it; `parse_json` takes such a text for no JSON.
 */
const memberSource = (sql: string): string => PARSED.exec(sql)?.[1] ?? sql;

/** A step of a path, as JSONPath spells it; undefined where it cannot. */
function step(key: string | bigint): string | undefined {
  if (typeof key === 'bigint') return `[${key}]`;
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) return `.${key}`;
  return key === '' || key.includes('*') ? undefined : `."${key.replace(/["\\]/g, '\\$&')}"`;
}

const pointerTo = (key: string): string => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

const memberSql = (source: string, path: string): string =>
  `NULLIF(${whenJson(source, `CAST(json_extract(${source}, ${path}) AS VARCHAR)`)}, 'null')`;

/** SQL of the member that a constant key or index names, as JSON text; NULL where there is none. */
export function constantMemberSql(sql: string, key: string | bigint): string {
  const added = step(key);
  // JSONPath has no word for an empty key, and takes a star for a wildcard even in quotes; JSON pointer does neither.
  if (added === undefined) return memberSql(memberSource(sql), sqlText(pointerTo(String(key))));
  const { source, path } = placeOfParts(sql);
  return memberSql(source, sqlText(path.replaceAll("''", "'") + added));
}

/** SQL of the member that a key or index, known only row by row, names. */
export function memberRowByRowSql(sql: string, key: string, keyIsText: boolean): string {
  const source = memberSource(sql);
  const path = keyIsText
    ? `'/' || replace(replace(${key}, '~', '~0'), '/', '~1')`
    : `'$[' || CAST(${key} AS VARCHAR) || ']'`;
  // A JSON pointer with digits would find an element of an array too.
  return `CASE WHEN ${keyIsText ? isBag(source) : isArray(source)} THEN ${memberSql(source, path)} END`;
}

/** Where a dynamic is read: a text and the path into it. */
interface Place {
  readonly source: string;
  readonly path: string;
}

function placeOf(sql: string): Place {
  const [, source, path] = MEMBER.exec(sql) ?? [];
  return source === undefined || path === undefined ? { source: sql, path: '$' } : { source, path };
}

/** The same where only members and elements count, which a text that is no JSON does not have. */
function placeOfParts(sql: string): Place {
  const { source, path } = placeOf(sql);
  return { source: memberSource(source), path };
}

const reading = (name: string, { source, path }: Place, further = ''): string =>
  path === '$' && further === '' ? `${name}(${source})` : `${name}(${source}, '${path}${further}')`;

/** SQL of a dynamic as text, NULL or '' where it is null. */
export function textOfJson(sql: string): string {
  const { source, path } = placeOf(sql);
  return flatMemberSql(source, path, whenJson(source, `json_extract_string(${source}, '${path}')`));
}

/** SQL: the kind of a dynamic (`ARRAY`, `OBJECT`, `VARCHAR`, …); NULL where there is none. */
export const kindOfJson = (sql: string): string => whenJson(placeOf(sql).source, reading('json_type', placeOf(sql)));

const isKind = (place: Place, kind: string): string =>
  `(${whenJson(place.source, reading('json_type', place))}) = '${kind}'`;

/** SQL: whether a dynamic is a bag. */
export const isBag = (sql: string): string => isKind(placeOfParts(sql), 'OBJECT');

/** SQL: whether a dynamic is an array. */
export const isArray = (sql: string): string => isKind(placeOfParts(sql), 'ARRAY');

/** SQL of an array's elements as JSON texts (VARCHAR[]), to be read only where {@link isArray} holds. */
export const elementsOfJson = (sql: string): string =>
  `CAST(${reading('json_extract', placeOfParts(sql), '[*]')} AS VARCHAR[])`;

/** SQL of an array's elements as texts (VARCHAR[], NULL for null), to be read only where {@link isArray} holds. */
export const textsOfJson = (sql: string): string => reading('json_extract_string', placeOfParts(sql), '[*]');

/** SQL of an array's length (BIGINT), to be read only where {@link isArray} holds. */
export const lengthOfJson = (sql: string): string =>
  `CAST(${reading('json_array_length', placeOfParts(sql))} AS BIGINT)`;

/** SQL of a bag's keys (VARCHAR[]), to be read only where {@link isBag} holds. */
export const keysOfJson = (sql: string): string => reading('json_keys', placeOfParts(sql));
