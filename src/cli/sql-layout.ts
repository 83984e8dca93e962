/** Strings, quoted names, comments, words, and single other characters. */
const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\s+|[\p{L}_][\p{L}\p{N}_]*|[\s\S]/gu;

/** Words that begin a line of a SELECT. */
const clauses = new Set(['FROM', 'WHERE', 'GROUP', 'HAVING', 'QUALIFY', 'WINDOW', 'ORDER', 'LIMIT', 'UNION', 'JOIN']);
const beforeJoin = new Set(['LEFT', 'RIGHT', 'INNER', 'FULL', 'SEMI', 'ANTI', 'CROSS', 'ASOF', 'POSITIONAL']);

/**
 * SQL over several lines: a clause a line, each nested SELECT indented by two. Only white space changes.
 *
 * @example laidOut('SELECT a FROM (SELECT 1 AS a) WHERE a > 0')
 */
export function laidOut(sql: string): string {
  const tokens = sql.match(token) ?? [];
  /** For each open parenthesis whether it holds a SELECT. */
  const open: boolean[] = [];
  let text = '';
  const newLine = (): void => {
    text = `${text.trimEnd()}\n${'  '.repeat(open.filter(Boolean).length)}`;
  };
  tokens.forEach((part, i) => {
    const word = part.toUpperCase();
    const atClause = open.length === 0 || open.at(-1) === true;
    if (part === '(') {
      open.push(nextWord(tokens, i + 1) === 'SELECT' || nextWord(tokens, i + 1) === 'WITH');
      text += part;
      if (open.at(-1)) newLine();
    } else if (part === ')') {
      if (open.pop()) newLine();
      text += part;
    } else if (/^\s/.test(part)) {
      if (!/\s$/.test(text)) text += ' ';
    } else {
      const joined = word === 'JOIN' && beforeJoin.has(lastWord(text));
      const joins = beforeJoin.has(word) && nextWord(tokens, i + 1) === 'JOIN';
      if (text !== '' && atClause && ((clauses.has(word) && !joined) || joins)) newLine();
      text += part;
    }
  });
  return text.trim();
}

const nextWord = (tokens: readonly string[], from: number): string =>
  (tokens.slice(from, from + 3).find((part) => /\S/.test(part)) ?? '').toUpperCase();

const lastWord = (text: string): string => /(\w+)\s*$/.exec(text)?.[1]?.toUpperCase() ?? '';
