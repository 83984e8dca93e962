import { sqlText } from '../../duckdb/index.ts';
import { MailhuntError } from '../../errors/index.ts';
import type { Dynamic, KqlType, Value } from '../../values/index.ts';
import { convertSql, convertValue } from './convert.ts';
import { dynamicText } from './dynamic-text.ts';
import { type Pattern, translatePattern } from './pattern.ts';
import { PatternError } from './pattern-escape.ts';
import { matchesOf, readRewrite, rewritten } from './rewrite.ts';
import type { ScalarFunction, SqlArg, SqlCall } from './row.ts';

/** The engine reaches groups by one digit. */
const LAST_GROUP = 9;

/** The pattern of a call as the printer sees it: a constant, in the engine's words. */
export function patternOf(call: SqlCall, at: number): Pattern {
  const constant = call.args[at]?.constant;
  if (typeof constant !== 'string') return call.refuse('needs a constant pattern');
  try {
    return translatePattern(constant);
  } catch (error) {
    if (error instanceof PatternError) return call.refuse(`the pattern ${constant}: ${error.message}`);
    throw error;
  }
}

/** More steps than this the evaluator does not risk. */
const MOST_STEPS = 1e8;

/**
 * The pattern of a call as the evaluator sees it.
 *
 * JavaScript tries the ways to match one after the other and may take for ever; the engine, RE2, does not. What could take
 * long is refused here: a constant call is then left to the engine.
 */
export function scriptOf(name: string, text: Value, source: string): Pattern & { readonly all: RegExp } {
  try {
    const pattern = translatePattern(String(text));
    if ((source.length + 1) ** (pattern.repeats + 1) > MOST_STEPS) throw new PatternError('may take too long to try');
    return { ...pattern, all: new RegExp(pattern.script, 'gv') };
  } catch (error) {
    if (error instanceof PatternError) throw new MailhuntError('KQL0005', { what: name, text: error.message });
    throw error;
  }
}

export const sourceSql = (arg: SqlArg): string =>
  arg.type === 'dynamic' ? dynamicText(arg) : convertSql(arg, 'string');
export const sourceOf = (value: Value, type: KqlType | undefined): string =>
  String(convertValue(value, type ?? 'string', 'string'));

const placesOfNothing = ['', 'a', ' a ', 'a\nb', '-'];

/**
 * Refuses a pattern that can match nothing at all: where such a match meets a character of several bytes, this engine
 * finds it between the bytes too.
 */
export function refuseEmptyMatches({ script }: Pattern, refuse: (reason: string) => never): void {
  const all = new RegExp(script, 'gv');
  if (placesOfNothing.some((text) => [...text.matchAll(all)].some(([match]) => match === ''))) {
    refuse('the pattern can match nothing at all');
  }
}

const matchesRegex: ScalarFunction = {
  name: 'matches regex',
  page: 'matches-regex-operator',
  nullable: false,
  // Unlike regexp_matches, this is evaluated once for each distinct text while the engine scans.
  sql: (call) =>
    `regexp_full_match(${sourceSql(call.args[0]!)}, ${sqlText(`(?s:.*)(?:${patternOf(call, 1).engine})(?s:.*)`)})`,
  evaluate: ([text = '', pattern = ''], { name, argTypes }) =>
    scriptOf(name, pattern, sourceOf(text, argTypes[0])).all.test(sourceOf(text, argTypes[0])),
};

const extract: ScalarFunction = {
  name: 'extract',
  page: 'extract-function',
  sql: (call) => {
    const [, group, source] = call.args as [SqlArg, SqlArg, SqlArg];
    const pattern = patternOf(call, 0);
    if (call.type === 'dynamic') return call.refuse('gives no dynamic; use parse_json(extract(…))');
    if (group.constant === undefined) return call.refuse('needs a constant group');
    const number = Number(group.constant ?? -1);
    const exists = number >= 0 && number <= pattern.groups;
    if (exists && number > LAST_GROUP) return call.refuse(`reaches groups up to ${LAST_GROUP}`);
    const sql = exists ? `regexp_extract(${sourceSql(source)}, ${sqlText(pattern.engine)}, ${number})` : `''`;
    return convertSql({ sql, type: 'string', nullable: false, constant: undefined }, call.type);
  },
  evaluate: ([pattern = '', group = 0n, source = ''], { name, argTypes, type }) => {
    const text = sourceOf(source, argTypes[2]);
    const match = scriptOf(name, pattern, text).all.exec(text);
    return convertValue(match?.[Number(group ?? -1)] ?? '', 'string', type);
  },
  nullable: true,
};

/** Which groups `extract_all` is to give: those of its second argument or all. */
function groupsAsked(pattern: Pattern, asked: Value | undefined, refuse: (reason: string) => never): number[] {
  if (asked === undefined) {
    if (pattern.groups === 0) refuse('needs a pattern with groups');
    return Array.from({ length: pattern.groups }, (_, i) => i + 1);
  }
  if (!Array.isArray(asked) || asked.length === 0) return refuse('needs an array of groups');
  return asked.map((item: Dynamic) => {
    const number = typeof item === 'string' ? pattern.names.get(item) : Number(item);
    if (number === undefined || !(number >= 1 && number <= pattern.groups)) refuse(`there is no group ${String(item)}`);
    return number as number;
  });
}

const extractAll: ScalarFunction = {
  name: 'extract_all',
  page: 'extract-all-function',
  nullable: true,
  sql: (call) => {
    const pattern = patternOf(call, 0);
    refuseEmptyMatches(pattern, call.refuse);
    const source = call.args.at(-1) as SqlArg;
    const list = call.args.length === 3 ? call.args[1] : undefined;
    if (list !== undefined && list.constant === undefined) return call.refuse('needs constant groups');
    const groups = groupsAsked(pattern, list?.constant, call.refuse);
    if (groups.some((group) => group > LAST_GROUP)) return call.refuse(`reaches groups up to ${LAST_GROUP}`);
    const one = (group: number): string =>
      `regexp_extract_all(${sourceSql(source)}, ${sqlText(pattern.engine)}, ${group})`;
    const rows =
      groups.length === 1
        ? `list_transform(${one(groups[0] as number)}, lambda _m: coalesce(_m, ''))`
        : `list_transform(list_zip(${groups.map(one).join(', ')}), lambda _m: [${groups.map((_, i) => `coalesce(_m[${i + 1}], '')`).join(', ')}])`;
    return `NULLIF(CAST(to_json(${rows}) AS VARCHAR), '[]')`;
  },
  evaluate: (args, { name, argTypes }) => {
    const source = sourceOf(args.at(-1) as Value, argTypes.at(-1));
    const pattern = scriptOf(name, args[0] as Value, source);
    const groups = groupsAsked(pattern, args.length === 3 ? args[1] : undefined, (text) => {
      throw new MailhuntError('KQL0005', { what: name, text });
    });
    const matches = matchesOf(pattern.all, source);
    const rows = matches.map((match) => groups.map((group) => match[group] ?? ''));
    if (rows.length === 0) return null;
    return groups.length === 1 ? rows.map(([only = '']) => only) : rows;
  },
};

const replaceRegex = {
  name: 'replace_regex',
  page: 'replace-regex-function',
  nullable: false,
  sql: (call) => {
    const [source, , rewrite] = call.args as [SqlArg, SqlArg, SqlArg];
    const pattern = patternOf(call, 1);
    if (typeof rewrite.constant !== 'string') return call.refuse('needs a constant rewrite');
    const parts =
      readRewrite(rewrite.constant, pattern.groups) ?? call.refuse('the rewrite names a group that is not there');
    return `regexp_replace(${sourceSql(source)}, ${sqlText(pattern.engine)}, ${sqlText(parts.engine)}, 'g')`;
  },
  evaluate: ([source = '', pattern = '', rewrite = ''], { name: called, argTypes }) => {
    const text = sourceOf(source, argTypes[0]);
    const { all, groups } = scriptOf(called, pattern, text);
    const parts = readRewrite(String(rewrite), groups);
    if (parts === undefined)
      throw new MailhuntError('KQL0005', { what: called, text: 'the rewrite names a group that is not there' });
    return rewritten(text, all, parts);
  },
} satisfies ScalarFunction;

const sourceFirst = <T>([pattern, rewrite, source]: readonly T[]): T[] => [source!, pattern!, rewrite!];

/** The older form of `replace_regex`, which takes the text last. */
const replace: ScalarFunction = {
  ...replaceRegex,
  name: 'replace',
  sql: (call) => replaceRegex.sql({ ...call, args: sourceFirst(call.args) }),
  evaluate: (args, call) => replaceRegex.evaluate(sourceFirst(args), { ...call, argTypes: sourceFirst(call.argTypes) }),
};

/** Cuts a match off the start, the end, or both. */
function trimmer(name: string, start: boolean, end: boolean): ScalarFunction {
  const page = `${name.replace('_', '-')}-function`;
  return {
    name,
    page,
    nullable: false,
    sql: (call) => {
      const { engine } = patternOf(call, 0);
      const source = sourceSql(call.args[1] as SqlArg);
      const begun = start ? `regexp_replace(${source}, ${sqlText(`\\A(?:${engine})`)}, '')` : source;
      return end ? `regexp_replace(${begun}, ${sqlText(`(?:${engine})\\z`)}, '')` : begun;
    },
    evaluate: ([pattern = '', source = ''], { name: called, argTypes }) => {
      const text = sourceOf(source, argTypes[1]);
      const { script } = scriptOf(called, pattern, text);
      const begun = start ? text.replace(new RegExp(`^(?:${script})`, 'v'), '') : text;
      return end ? begun.replace(new RegExp(`(?:${script})$`, 'v'), '') : begun;
    },
  };
}

/** Functions that take a regular expression; `countof` and `indexof` stand in search.ts. */
export const regexFunctions: readonly ScalarFunction[] = [
  matchesRegex,
  extract,
  extractAll,
  replaceRegex,
  replace,
  trimmer('trim', true, true),
  trimmer('trim_start', true, false),
  trimmer('trim_end', false, true),
];
