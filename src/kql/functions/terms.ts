/**
 * Terms, what `has` and its kin look for: the longest runs of letters and digits. Underscore is neither; a letter is one
 * in any script (datatypes-string-operators, "What is a term?").
 */
const TERM_CHARACTER = '[\\p{L}\\p{N}]';
const NO_TERM_CHARACTER = '[^\\p{L}\\p{N}]';
const startsTerm = new RegExp(`^${TERM_CHARACTER}`, 'u');
const endsTerm = new RegExp(`${TERM_CHARACTER}$`, 'u');

/** On which sides of a needle a term must end. */
export interface TermSides {
  readonly before: boolean;
  readonly after: boolean;
}

/** The sides at which the operator asks for a border, left out where the needle itself starts or ends outside a term. */
export const sidesOf = (needle: string, asked: TermSides): TermSides => ({
  before: asked.before && startsTerm.test(needle),
  after: asked.after && endsTerm.test(needle),
});

const BEFORE = `(?:.*${NO_TERM_CHARACTER})?`;
const AFTER = `(?:${NO_TERM_CHARACTER}.*)?`;
/** Where the border does not count. */
const ANYTHING = '.*';

/** A regular expression that matches a whole text with one of the needles (already escaped) between such borders. */
export const termPattern = (needles: string, sides: TermSides): string =>
  `(?s)${sides.before ? BEFORE : ANYTHING}${needles}${sides.after ? AFTER : ANYTHING}`;

/** SQL of the same pattern for a needle that is known only row by row; `needle` is SQL. */
export function termPatternSql(needle: string, asked: TermSides): string {
  const border = (at: string, pattern: string): string =>
    `CASE WHEN regexp_matches(${needle}, '${at}') THEN '${pattern}' ELSE '${ANYTHING}' END`;
  const before = asked.before ? border(`^${TERM_CHARACTER}`, BEFORE) : `'${ANYTHING}'`;
  const after = asked.after ? border(`${TERM_CHARACTER}$`, AFTER) : `'${ANYTHING}'`;
  return `'(?s)' || ${before} || regexp_escape(${needle}) || ${after}`;
}

/** Whether the text holds the needle between such borders. */
export function holdsTerm(text: string, needle: string, asked: TermSides): boolean {
  const sides = sidesOf(needle, asked);
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    const borderBefore = !sides.before || !endsTerm.test(lastCharacter(text.slice(0, at)));
    const borderAfter = !sides.after || !startsTerm.test(text.slice(at + needle.length, at + needle.length + 2));
    if (borderBefore && borderAfter) return true;
    if (needle === '') return false;
  }
  return false;
}

const lastCharacter = (text: string): string => text.slice(-2);

/** A text as a regular expression that matches just it. */
export const escapePattern = (text: string): string =>
  text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('\0', '\\x00');
