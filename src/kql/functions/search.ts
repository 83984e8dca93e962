import { patternOf, refuseEmptyMatches, scriptOf, sourceOf, sourceSql } from './regex.ts';
import { matchesOf } from './rewrite.ts';
import type { ScalarFunction, SqlArg, SqlCall } from './row.ts';
import { sqlText } from './sql-text.ts';

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

/** Where a text stands in another, counted in characters from 0; -1 where it does not. */
const indexof: ScalarFunction = {
  name: 'indexof',
  page: 'indexof-function',
  nullable: true,
  sql: ({ args, refuse }) => {
    const [source, search, start, length, occurrence] = args as [SqlArg, SqlArg, SqlArg?, SqlArg?, SqlArg?];
    if (occurrence !== undefined && occurrence.constant !== 1n) refuse('finds the first occurrence only');
    const [text, sought] = [sourceSql(source), sourceSql(search)];
    if (start === undefined) return `(strpos(${text}, ${sought}) - 1)`;
    const from = `CASE WHEN ${start.sql} < 0 THEN greatest(length(${text}) + ${start.sql}, 0) ELSE ${start.sql} END`;
    const upTo =
      length === undefined ? '' : `, CASE WHEN ${length.sql} = -1 THEN length(${text}) ELSE ${length.sql} END`;
    const found = `strpos(substr(${text}, ${from} + 1${upTo}), ${sought})`;
    const known = [start, length].flatMap((arg) => (arg?.nullable ? [`${arg.sql} IS NOT NULL`] : []));
    if (length !== undefined) known.push(`${length.sql} >= -1`);
    const index = `CASE WHEN ${found} = 0 THEN -1 ELSE CAST(${found} - 1 + ${from} AS BIGINT) END`;
    return known.length === 0 ? index : `CASE WHEN ${known.join(' AND ')} THEN ${index} END`;
  },
  evaluate: ([source = '', search = '', start = 0n, length = -1n], { argTypes }) => {
    if (start === null || length === null || (length as bigint) < -1n) return null;
    const characters = Array.from(sourceOf(source, argTypes[0]));
    const from = Number(start) < 0 ? Math.max(characters.length + Number(start), 0) : Number(start);
    const upTo = length === -1n ? characters.length : from + Number(length);
    const window = characters.slice(from, upTo).join('');
    const at = window.indexOf(sourceOf(search, argTypes[1]));
    return at < 0 ? -1n : BigInt(from + Array.from(window.slice(0, at)).length);
  },
};

/** Looking for a text in a text. */
export const searchFunctions: readonly ScalarFunction[] = [countof, indexof];
