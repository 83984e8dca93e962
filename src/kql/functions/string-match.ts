import { sqlText } from '../../duckdb/index.ts';
import type { Value } from '../../values/index.ts';
import { dynamicText, dynamicTexts, textsOf } from './dynamic-text.ts';
import { lowerText, upperText } from './letter-case.ts';
import type { ScalarFunction, SqlArg, SqlCall } from './row.ts';
import { escapePattern, holdsTerm, sidesOf, type TermSides, termPattern, termPatternSql } from './terms.ts';

/** How one operator compares a text with a needle; both are in lower case already where letter case does not count. */
interface Matcher {
  /** SQL; `needle` is SQL, `constant` its value where that is known. */
  readonly sql: (text: string, needle: string, constant: string | undefined) => string;
  readonly evaluate: (text: string, needle: string) => boolean;
}

const terms = (asked: TermSides): Matcher => ({
  sql: (text, needle, constant) => {
    if (constant === undefined) {
      return `(contains(${text}, ${needle}) AND regexp_full_match(${text}, ${termPatternSql(needle, asked)}))`;
    }
    const sides = sidesOf(constant, asked);
    if (!sides.before && !sides.after) return `contains(${text}, ${needle})`;
    // The plain search is many times faster than the pattern and leaves it little to do. Both are evaluated once for each
    // distinct text while the engine scans; its regexp_matches is not.
    const pattern = termPattern(escapePattern(constant), sides);
    return `(contains(${text}, ${needle}) AND regexp_full_match(${text}, ${sqlText(pattern)}))`;
  },
  evaluate: (text, needle) => holdsTerm(text, needle, asked),
});

const matchers: Readonly<Record<string, Matcher>> = {
  has: terms({ before: true, after: true }),
  hasprefix: terms({ before: true, after: false }),
  hassuffix: terms({ before: false, after: true }),
  contains: {
    sql: (text, needle) => `contains(${text}, ${needle})`,
    evaluate: (text, needle) => text.includes(needle),
  },
  startswith: {
    sql: (text, needle) => `starts_with(${text}, ${needle})`,
    evaluate: (text, needle) => text.startsWith(needle),
  },
  endswith: {
    sql: (text, needle) => `ends_with(${text}, ${needle})`,
    evaluate: (text, needle) => text.endsWith(needle),
  },
};

const textSql = (arg: SqlArg): string => (arg.type === 'dynamic' ? dynamicText(arg) : arg.sql);
const textOf = (value: Value): string => textsOf(Array.isArray(value) ? [value] : value)[0] as string;

function refuseOtherTypes(call: SqlCall): void {
  const other = call.args.find(({ type }) => type !== 'string' && type !== 'dynamic');
  if (other !== undefined) call.refuse(`compares text, not ${other.type}; use tostring()`);
}

/**
 * Without letters in the needle there is nothing to fold, and folding the text is most of the work. `ß` is the small letter
 * of `ẞ`, though its own capital is not that.
 */
const hasCase = (text: string): boolean => upperText(text) !== text || lowerText(text) !== text || text.includes('ß');

function operator(name: string, matcher: Matcher, page: string, caseCounts: boolean, negated: boolean): ScalarFunction {
  const fold = (text: string): string => (caseCounts ? text : lowerText(text));
  const foldSql = (arg: SqlArg, folds: boolean): string => {
    if (arg.constant !== undefined) return sqlText(folds ? lowerText(textOf(arg.constant)) : textOf(arg.constant));
    return folds ? `lower(${textSql(arg)})` : textSql(arg);
  };
  return {
    name,
    page,
    nullable: false,
    sql: (call) => {
      refuseOtherTypes(call);
      const [text, needle] = call.args as [SqlArg, SqlArg];
      const constant = needle.constant === undefined ? undefined : fold(textOf(needle.constant));
      const folds = !caseCounts && (constant === undefined || hasCase(constant));
      const matched = matcher.sql(foldSql(text, folds), foldSql(needle, folds), constant);
      return negated ? `(NOT ${matched})` : matched;
    },
    evaluate: ([text = '', needle = '']) => matcher.evaluate(fold(textOf(text)), fold(textOf(needle))) !== negated,
  };
}

const matchOperators = Object.entries(matchers).flatMap(([name, matcher]) =>
  [true, false].flatMap((caseCounts) =>
    [false, true].map((negated) => {
      const suffix = caseCounts ? '_cs' : '';
      const page = `${negated ? 'not-' : ''}${name}${caseCounts ? '-cs' : ''}-operator`;
      return operator(`${negated ? '!' : ''}${name}${suffix}`, matcher, page, caseCounts, negated);
    }),
  ),
);

const equals: Matcher = {
  sql: (text, needle) => `(${text} = ${needle})`,
  evaluate: (text, needle) => text === needle,
};

/** From how many needles on one pattern is faster than a search each. */
const ONE_PATTERN_FROM = 4;
/** A pattern of more needles outgrows the engine's memory for patterns and becomes slow: 1,000 in one 3.2 s, in five 0.8. */
const MOST_IN_ONE = 200;
const wholeTerms: TermSides = { before: true, after: true };
const bothSides: readonly TermSides[] = [true, false].flatMap((before) =>
  [true, false].map((after) => ({ before, after })),
);

function sameSides(needle: string, sides: TermSides): boolean {
  const own = sidesOf(needle, wholeTerms);
  return own.before === sides.before && own.after === sides.after;
}

/** SQL of `has_any` of constant needles in lower case: the few one by one, the many as one pattern for each kind of border. */
function hasAnySql(text: string, needles: readonly string[]): string {
  const distinct = [...new Set(needles)];
  if (distinct.length < ONE_PATTERN_FROM) {
    return distinct.map((needle) => matchers.has!.sql(text, sqlText(needle), needle)).join(' OR ');
  }
  return bothSides
    .flatMap((sides) =>
      inParts(distinct.filter((needle) => sameSides(needle, sides))).map((part) =>
        termPattern(`(?:${part.map(escapePattern).join('|')})`, sides),
      ),
    )
    .map((pattern) => `regexp_full_match(${text}, ${sqlText(pattern)})`)
    .join(' OR ');
}

const inParts = (needles: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(needles.length / MOST_IN_ONE) }, (_, i) =>
    needles.slice(i * MOST_IN_ONE, (i + 1) * MOST_IN_ONE),
  );

function hasMany(name: 'has_any' | 'has_all', page: string): ScalarFunction {
  const every = name === 'has_all';
  const join = every ? ' AND ' : ' OR ';
  const constantSql = (text: string, needles: readonly string[]): string =>
    every
      ? needles.map((needle) => matchers.has!.sql(text, sqlText(needle), needle)).join(join)
      : hasAnySql(text, needles);
  const itemSql = (text: string, item: SqlArg): string => {
    if (item.type === 'string') return matchers.has!.sql(text, `lower(${item.sql})`, undefined);
    const missed = every ? '(NOT ' : '(';
    const found = matchers.has!.sql(text, 'lower(_needle)', undefined);
    const hits = `len(list_filter(${dynamicTexts(item)}, lambda _needle: ${missed}${found})))`;
    return every ? `(${hits} = 0)` : `(${hits} > 0)`;
  };
  return {
    name,
    page,
    nullable: false,
    sql: (call) => {
      refuseOtherTypes(call);
      const [first, ...items] = call.args as [SqlArg, ...SqlArg[]];
      const text =
        first.constant === undefined ? `lower(${textSql(first)})` : sqlText(lowerText(textOf(first.constant)));
      const needles = items.flatMap(({ constant }) => (constant === undefined ? [] : textsOf(constant).map(lowerText)));
      const parts = [
        ...(needles.length > 0 ? [constantSql(text, needles)] : []),
        ...items.filter(({ constant }) => constant === undefined).map((item) => itemSql(text, item)),
      ];
      return parts.length === 0 ? String(every) : `(${parts.join(join)})`;
    },
    evaluate: ([first = '', ...items]) => {
      const text = lowerText(textOf(first));
      const found = (needle: string): boolean => holdsTerm(text, lowerText(needle), wholeTerms);
      const needles = items.flatMap(textsOf);
      return every ? needles.every(found) : needles.some(found);
    },
  };
}

/**
 * The operators that compare texts: has, contains, startswith, endswith, hasprefix, hassuffix with their `_cs` and `!`
 * forms, `=~`, `!~`, `has_any`, `has_all`. Letter case is folded as letter-case.ts says.
 */
export const stringMatchFunctions: readonly ScalarFunction[] = [
  ...matchOperators,
  operator('=~', equals, 'equals-operator', false, false),
  operator('!~', equals, 'not-equals-operator', false, true),
  hasMany('has_any', 'has-any-operator'),
  hasMany('has_all', 'has-all-operator'),
];
