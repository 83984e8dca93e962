/** Longer commands are not recognised; what follows their pipe may be longer. */
const MAX_COMMAND = 4_000;

/** True where a text is a management command and not a query: its first character is a dot. */
export const isCommand = (text: string): boolean =>
  /^\s*(\.|\/\/)/.test(text) && withoutComments(text).trimStart().startsWith('.');

/**
 * A command text taken apart: the command itself, comments, `with (…)` and `if_later_than` taken out, and the place of the
 * pipe after which the query begins that reads its rows.
 *
 * @example splitCommand('.show tables | count') // { command: '.show tables', pipe: 13 }
 */
export function splitCommand(text: string): { readonly command: string; readonly pipe: number | undefined } {
  const plain = withoutComments(text);
  const pipe = pipeOf(plain);
  const command = plain
    .slice(0, Math.min(pipe ?? plain.length, MAX_COMMAND))
    .trim()
    .replace(/;$/, '')
    .trim()
    .replace(/\s*\bwith\s*\([^()]*\)$/i, '')
    .replace(/\s+if_later_than\s+"[^"]*"/i, '');
  return { command, pipe };
}

/** Strings, comments and pipes; what is between them does not matter here. A string that does not end ends with the text. */
const TOKEN = /"(?:[^"\\]|\\[\s\S])*"?|'(?:[^'\\]|\\[\s\S])*'?|\/\/[^\r\n]*|\|/g;

/** The text with `// …` replaced by blanks, every other character in its place. */
export const withoutComments = (text: string): string =>
  text.replace(TOKEN, (token) => (token.startsWith('//') ? ' '.repeat(token.length) : token));

function pipeOf(plain: string): number | undefined {
  for (const token of plain.matchAll(TOKEN)) if (token[0] === '|') return token.index;
  return undefined;
}
