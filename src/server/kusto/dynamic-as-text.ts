import type { Column } from '../../values/index.ts';

/**
 * A row's text with its dynamic cells as JSON text instead of native JSON, as the first protocol has them; undefined
 * where no column is dynamic. Works on the text, so that no number loses digits.
 *
 * @example dynamicAsText([{ name: 'd', type: 'dynamic' }])?.('[{"a":1}]') // '["{\\"a\\":1}"]'
 */
export function dynamicAsText(columns: readonly Column[]): ((row: string) => string) | undefined {
  const dynamic = columns.map(({ type }) => type === 'dynamic');
  if (!dynamic.includes(true)) return undefined;
  return (row) => {
    const cells = cellsOf(row).map((cell, at) => (dynamic[at] && cell !== 'null' ? JSON.stringify(cell) : cell));
    return `[${cells.join(',')}]`;
  };
}

/**
 * The texts of the elements of a JSON array's text.
 *
 * @example cellsOf('[1,"a,b",{"c":[2,3]}]') // ['1', '"a,b"', '{"c":[2,3]}']
 */
export function cellsOf(row: string): string[] {
  const cells: string[] = [];
  const end = row.lastIndexOf(']');
  let start = row.indexOf('[') + 1;
  let depth = 0;
  for (let at = start; at < end; at++) {
    const char = row[at];
    if (char === '"') at = closingQuote(row, at);
    else if (char === '[' || char === '{') depth++;
    else if (char === ']' || char === '}') depth--;
    else if (char === ',' && depth === 0) {
      cells.push(row.slice(start, at).trim());
      start = at + 1;
    }
  }
  const last = row.slice(start, end).trim();
  return last === '' && cells.length === 0 ? [] : [...cells, last];
}

/** Where the string that opens at `from` closes. */
function closingQuote(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
