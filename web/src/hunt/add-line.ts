/** What stands at the end of a query and shows its result: nothing may follow it. */
const rendering = /\n?[^\S\n]*\|[^\S\n]*render\b[^|]*$/;

/**
 * A query with one more operator: at its end, but before what draws its result, and before a semicolon.
 *
 * @example withLine('EmailEvents\n| render piechart', '| where a == 1') // 'EmailEvents\n| where a == 1\n| render piechart'
 */
export function withLine(query: string, line: string): string {
  const [tail] = /\s*;?\s*$/.exec(query) ?? [''];
  const body = query.slice(0, query.length - tail.length);
  const [last] = rendering.exec(body) ?? [];
  const before = last === undefined ? body : body.slice(0, body.length - last.length);
  const after = last === undefined ? '' : `\n${last.trim()}`;
  return `${before.trimEnd()}\n${line.trim()}${after}${tail.trim()}`;
}
