import { sqlText } from '../../duckdb/index.ts';
import type { Value } from '../../values/index.ts';
import { hostCallSql } from './host-call.ts';
import { refuseToEvaluate } from './refusal.ts';
import { patternOf, refuseEmptyMatches, scriptOf, sourceOf, sourceSql } from './regex.ts';
import { matchesOf } from './rewrite.ts';
import type { ScalarFunction, SqlArg, SqlCall } from './row.ts';

/** Whether a text can overlap itself, as `aba` does in `ababa`. */
const overlapsItself = (text: string): boolean =>
  Array.from({ length: text.length - 1 }, (_, i) => i + 1).some((at) => text.startsWith(text.slice(at)));

/** Plain matches may overlap. */
function countPlainSql(text: string, search: SqlArg): string {
  const sought = sourceSql(search);
  if (typeof search.constant === 'string' && search.constant !== '' && !overlapsItself(search.constant)) {
    return `((length(${text}) - length(replace(${text}, ${sought}, ''))) // length(${sought}))`;
  }
  const places = `range(length(${text}) - length(${sought}) + 1)`;
  const hits = `list_filter(${places}, lambda _at: ${sought} <> '' AND substr(${text}, _at + 1, length(${sought})) = ${sought})`;
  return `CAST(len(${hits}) AS BIGINT)`;
}

function countPlain(text: string, search: string): bigint {
  let count = 0n;
  if (search === '') return count;
  for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + 1)) count += 1n;
  return count;
}

const isRegex = (call: SqlCall): boolean => {
  const kind = call.args[2]?.constant ?? (call.args.length < 3 ? 'normal' : '');
  if (kind !== 'normal' && kind !== 'regex') call.refuse(`takes 'normal' or 'regex'`);
  return kind === 'regex';
};

const countof: ScalarFunction = {
  name: 'countof',
  page: 'countof-function',
  nullable: false,
  sql: (call) => {
    const [source, search] = call.args as [SqlArg, SqlArg];
    if (!isRegex(call)) return countPlainSql(sourceSql(source), search);
    const pattern = patternOf(call, 1);
    refuseEmptyMatches(pattern, call.refuse);
    return `CAST(len(regexp_extract_all(${sourceSql(source)}, ${sqlText(pattern.engine)})) AS BIGINT)`;
  },
  evaluate: ([source = '', search = '', kind = 'normal'], { name, argTypes }) => {
    const text = sourceOf(source, argTypes[0]);
    if (kind !== 'regex') return countPlain(text, sourceOf(search, argTypes[1]));
    return BigInt(matchesOf(scriptOf(name, search, text).all, text).length);
  },
};

/** What an occurrence may be here; 0 and what only a row knows are not told by KQL. */
const isOccurrence = (value: Value | undefined): value is bigint => typeof value === 'bigint' && value !== 0n;

/** SQL: where in a window of text the n-th occurrence begins, counted from 1; 0 where it does not. */
function foundSql(window: string, sought: string, occurrence: bigint): string {
  if (occurrence === 1n) return `strpos(${window}, ${sought})`;
  const parts = `string_split(${window}, ${sought})`;
  const before = `length(array_to_string(${parts}[:${occurrence}], ${sought}))`;
  return `CASE WHEN len(${parts}) > ${occurrence} THEN ${before} + 1 ELSE 0 END`;
}

/** Where in a text the n-th occurrence of another begins; -1 where it does not. Occurrences do not overlap. */
function placeOf(text: string, sought: string, occurrence: bigint): number {
  let at = text.indexOf(sought);
  for (let i = 1n; i < occurrence && at >= 0; i++) at = text.indexOf(sought, at + sought.length);
  return at;
}

/** Further occurrences that are looked for within a length: each look reads a window of the text. */
const MOST_OCCURRENCES = 1_000;

/** The same in windows of a given length; the next one begins `step` characters behind the start of the last find. */
function placeBySteps(
  characters: readonly string[],
  sought: string,
  from: number,
  nth: Occurrence,
  step: number,
): number {
  let [start, found] = [from, -1];
  for (let i = 0; i < nth.number; i++) {
    const window = characters.slice(start, start + nth.length).join('');
    const at = window.indexOf(sought);
    if (at < 0) return -1;
    found = start + Array.from(window.slice(0, at)).length;
    start = found + step;
  }
  return found;
}

interface Occurrence {
  readonly number: number;
  readonly length: number;
}

/**
 * The reference's example finds an occurrence that ends behind the given length: the length is counted anew from the find
 * before. Whether from its first character or its end is not told, so both must come to the same.
 */
function windowedPlace(
  characters: readonly string[],
  sought: string,
  from: number,
  length: number,
  number: number,
): number {
  if (number > MOST_OCCURRENCES) refuseToEvaluate('indexof', `finds up to ${MOST_OCCURRENCES} occurrences in a length`);
  const nth = { number, length };
  const [early, late] = [1, Array.from(sought).length].map((step) => placeBySteps(characters, sought, from, nth, step));
  if (early !== late) refuseToEvaluate('indexof', 'which occurrence ends within the length is not told');
  return early as number;
}

/** Further occurrences are clear only of a text that cannot overlap itself. */
const severalAreClear = (sought: Value | undefined): boolean =>
  typeof sought === 'string' && sought !== '' && !overlapsItself(sought);

/** More characters than any text has, and than the engine counts. */
const MOST_CHARACTERS = 2n ** 32n - 2n;
const atMost = ({ sql, constant }: SqlArg): string =>
  typeof constant === 'bigint' && constant <= MOST_CHARACTERS ? sql : `least(${sql}, ${MOST_CHARACTERS})`;

/**
 * Where a text stands in another, counted in characters from 0; -1 where it does not. The reference says both that a
 * negative start counts from the end and that it gives null; its example counts from the end. An empty text stands nowhere:
 * its place is null.
 */
const indexof: ScalarFunction = {
  name: 'indexof',
  page: 'indexof-function',
  nullable: true,
  sql: (call) => {
    const { args, refuse } = call;
    const [source, search, start, length, nth] = args as [SqlArg, SqlArg, SqlArg?, SqlArg?, SqlArg?];
    const occurrence = nth === undefined ? 1n : nth.constant;
    if (!isOccurrence(occurrence)) return refuse('needs a constant occurrence other than 0');
    if (occurrence < 0n) return 'CAST(NULL AS BIGINT)';
    if (occurrence > 1n && !severalAreClear(search.constant))
      return refuse('finds a further occurrence only of a constant text that cannot overlap itself');
    if (occurrence > 1n && length !== undefined && length.constant !== -1n) return hostCallSql(call);
    const [text, sought] = [sourceSql(source), sourceSql(search)];
    if (search.constant === undefined || search.constant === '') return hostCallSql(call);
    if (start === undefined) return `(strpos(${text}, ${sought}) - 1)`;
    const from = `CASE WHEN ${start.sql} < 0 THEN greatest(length(${text}) + ${start.sql}, 0) ELSE ${atMost(start)} END`;
    const upTo =
      length === undefined ? '' : `, CASE WHEN ${length.sql} = -1 THEN length(${text}) ELSE ${atMost(length)} END`;
    const found = foundSql(`substr(${text}, ${from} + 1${upTo})`, sought, occurrence);
    const known = [start, length].flatMap((arg) => (arg?.nullable ? [`${arg.sql} IS NOT NULL`] : []));
    if (length !== undefined) known.push(`${length.sql} >= -1`);
    const index = `CASE WHEN (${found}) = 0 THEN -1 ELSE CAST((${found}) - 1 + ${from} AS BIGINT) END`;
    return known.length === 0 ? index : `CASE WHEN ${known.join(' AND ')} THEN ${index} END`;
  },
  evaluate: ([source = '', search = '', start = 0n, length = -1n, occurrence = 1n], { argTypes }) => {
    if (start === null || length === null || (length as bigint) < -1n) return null;
    if (occurrence === null || (occurrence as bigint) < 0n || sourceOf(search, argTypes[1]) === '') return null;
    const characters = Array.from(sourceOf(source, argTypes[0]));
    const from = Number(start) < 0 ? Math.max(characters.length + Number(start), 0) : Number(start);
    if ((occurrence as bigint) > 1n && length !== -1n) {
      return BigInt(windowedPlace(characters, sourceOf(search, argTypes[1]), from, Number(length), Number(occurrence)));
    }
    const upTo = length === -1n ? characters.length : from + Number(length);
    const window = characters.slice(from, upTo).join('');
    const at = placeOf(window, sourceOf(search, argTypes[1]), occurrence as bigint);
    return at < 0 ? -1n : BigInt(from + Array.from(window.slice(0, at)).length);
  },
};

/** Looking for a text in a text. */
export const searchFunctions: readonly ScalarFunction[] = [countof, indexof];
