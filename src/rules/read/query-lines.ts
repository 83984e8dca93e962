/** A line of KQL: where it stands and what is on it. */
export interface QueryLine {
  readonly start: number;
  /** Where its break begins. */
  readonly end: number;
  readonly kind: 'blank' | 'comment' | 'code';
  /** Its code without comment and outer blanks. */
  readonly code: string;
  /** Brackets that are open at its end. */
  readonly depth: number;
}

// A text of any of KQL's kinds, a comment, a bracket; texts that are not closed end with their line.
const TOKEN =
  /[hH]?@"(?:[^"\r\n]|"")*"?|[hH]?@'(?:[^'\r\n]|'')*'?|"(?:[^"\\\r\n]|\\.)*"?|'(?:[^'\\\r\n]|\\.)*'?|\/\/[^\r\n]*|```|[()[\]{}]/g;

/** The lines of a stretch of KQL text. Texts over several lines (between ```) are code throughout. */
export function queryLines(text: string, from = 0, to = text.length): QueryLine[] {
  const lines: QueryLine[] = [];
  let depth = 0;
  let inText = false;
  for (let start = from; start < to || (start === from && lines.length === 0); ) {
    const found = /\r\n|[\n\r]/g;
    found.lastIndex = start;
    const at = found.exec(text);
    const end = at === null || at.index > to ? to : at.index;
    const line = text.slice(start, end);
    const wasInText = inText;
    let comment = line.length;
    for (const { index, 0: token } of line.matchAll(TOKEN)) {
      if (token === '```') inText = !inText;
      else if (!inText && token.startsWith('//')) comment = index;
      else if (!inText && token.length === 1) depth += '([{'.includes(token) ? 1 : ')]}'.includes(token) ? -1 : 0;
    }
    const code = line.slice(0, comment).trim();
    const isCode = wasInText || code !== '';
    lines.push({ start, end, kind: isCode ? 'code' : comment < line.length ? 'comment' : 'blank', code, depth });
    start = at === null || at.index >= to ? to : at.index + at[0].length;
    if (start >= to) break;
  }
  return lines;
}

const OPERATOR_LINE =
  /^\s*\|\s*(?:where|extend|project(?:-\w+)?|summarize|join|lookup|distinct|sort|order|top|take|limit|count|mv-expand|mv-apply|parse(?:-\w+)?|evaluate|render|union|invoke|make-series|sample|serialize|getschema|search|as|reduce|scan|partition|filter)\b/m;

/** Whether a text that nothing calls KQL is some: a line of it pipes rows into an operator. */
export const looksLikeKql = (text: string): boolean => OPERATOR_LINE.test(text);
