/** All matches, without an empty one where the match before it ends: the engine does not count those. */
export function matchesOf(all: RegExp, text: string): RegExpExecArray[] {
  let end = -1;
  return [...text.matchAll(all)].filter((match) => {
    if (match[0] === '' && match.index === end) return false;
    end = match.index + match[0].length;
    return true;
  });
}

/** What `replace_regex` puts in place of a match: texts and, as numbers, groups. */
export interface Rewrite {
  readonly engine: string;
  readonly parts: readonly (string | number)[];
}

/**
 * Reads a rewrite: `\0` is the match, `\1` to `\9` its groups, `\\` a backslash; before anything else a backslash is
 * just that. Undefined where it names a group that the pattern does not have.
 */
export function readRewrite(text: string, groups: number): Rewrite | undefined {
  const parts = [...text.matchAll(/\\([0-9])|\\\\|\\|[^\\]+/g)].map(([all, digit]) => {
    if (digit !== undefined) return Number(digit);
    return all === '\\\\' ? '\\' : all;
  });
  if (parts.some((part) => typeof part === 'number' && part > groups)) return undefined;
  const engine = parts.map((part) => (typeof part === 'number' ? `\\${part}` : part.replaceAll('\\', '\\\\'))).join('');
  return { engine, parts };
}

/** The text with every match replaced. */
export function rewritten(text: string, all: RegExp, { parts }: Rewrite): string {
  let done = '';
  let at = 0;
  for (const match of matchesOf(all, text)) {
    const put = parts.map((part) => (typeof part === 'number' ? (match[part] ?? '') : part)).join('');
    done += text.slice(at, match.index) + put;
    at = match.index + match[0].length;
  }
  return done + text.slice(at);
}
