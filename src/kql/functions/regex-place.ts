import { sqlText } from '../../duckdb/index.ts';
import type { Value } from '../../values/index.ts';
import { hostCallSql } from './host-call.ts';
import { patternOf, scriptOf, sourceOf, sourceSql } from './regex.ts';
import { matchesOf } from './rewrite.ts';
import type { ScalarFunction, SqlCall } from './row.ts';
import { textFunction } from './text-function.ts';

/** SQL of where the first match begins: the shortest beginning after which the pattern matches. */
function firstPlaceSql(call: SqlCall): string {
  const text = sourceSql(call.args[0]!);
  const { engine } = patternOf(call, 1);
  const upTo = sqlText(`\\A((?s:.*?))(?:${engine})`);
  return `CASE WHEN regexp_matches(${text}, ${upTo}) THEN length(regexp_extract(${text}, ${upTo}, 1)) ELSE -1 END`;
}

/** The numbers of a call after text and pattern. */
function windowOf([start = 0n, length = -1n, occurrence = 1n]: readonly Value[]) {
  if (start === null || length === null || occurrence === null) return undefined;
  const [from, count, nth] = [start, length, occurrence].map(Number) as [number, number, number];
  return from < 0 || count < -1 || nth < 0 ? undefined : { from, count, nth };
}

/** Matches do not overlap; null where a number is negative (a length of -1 is none). */
const indexofRegex: ScalarFunction = {
  name: 'indexof_regex',
  page: 'indexof-regex-function',
  nullable: true,
  sql: (call) => {
    patternOf(call, 1);
    if (call.args[4]?.constant === 0n) call.refuse('counts occurrences from 1');
    return call.args.length === 2 ? `CAST(${firstPlaceSql(call)} AS BIGINT)` : hostCallSql(call);
  },
  evaluate: ([source = '', pattern = '', ...numbers], { name, argTypes }) => {
    const window = windowOf(numbers);
    if (window === undefined) return null;
    const { from, count, nth } = window;
    const characters = Array.from(sourceOf(source, argTypes[0]));
    const text = characters.slice(from, count === -1 ? characters.length : from + count).join('');
    const match = matchesOf(scriptOf(name, pattern, text).all, text)[nth - 1];
    return match === undefined ? -1n : BigInt(from + Array.from(text.slice(0, match.index)).length);
  },
};

/** A backslash before every ASCII sign that is no letter, digit or underscore, as RE2 quotes. */
const quoted = (text: string): string =>
  text.replace(/[\0-\x7f]/g, (sign) => {
    if (sign === '\0') return '\\x00';
    return /\w/.test(sign) ? sign : `\\${sign}`;
  });

/** Where a pattern matches, and patterns that match just a text. */
export const regexPlaceFunctions: readonly ScalarFunction[] = [
  indexofRegex,
  { ...textFunction('regex_quote', (text = '') => quoted(text)), nullable: false },
];
