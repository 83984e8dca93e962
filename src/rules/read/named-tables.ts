import { tables } from '../../schema/index.ts';

const known = new Set(tables.map(({ name }) => name));

// Texts and comments come first, so that a name in them is none; so do members (`x.Url`) and bracketed names.
const WORD =
  /[hH]?@"(?:[^"]|"")*"|[hH]?@'(?:[^']|'')*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*|\.\s*[A-Za-z_]\w*|[A-Za-z_]\w*/g;

/**
 * The words of a query outside of its texts, comments and members, in their order.
 *
 * @example [...wordsOf('T | where a.b == "c" // d')] // ['T', 'where', 'a']
 */
export function* wordsOf(query: string): Generator<string> {
  for (const [word] of query.matchAll(WORD)) if (/^[A-Za-z_]/.test(word) && !/["']/.test(word)) yield word;
}

/** The tables of the schema that a query names, in the order of their first mention. No parser is asked: this is for lists. */
export const namedTables = (query: string): string[] => [
  ...new Set([...wordsOf(query)].filter((word) => known.has(word))),
];
