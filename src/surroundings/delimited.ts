/**
 * The records of a delimited text (RFC 4180, any one-character delimiter; LF or CRLF). Inside quotes delimiters and line
 * ends are plain signs and two quotes are one; what follows a closing quote belongs to the field. Empty lines are no
 * records. Quotes that never close reach to the end of the text.
 *
 * @example [...recordsOf('a,"b\n""c"""\n', ',')] // [['a', 'b\n"c"']]
 */
export function* recordsOf(text: string, delimiter: string): Generator<string[]> {
  let [at, lineEnd, next] = [0, -1, -1];
  while (at < text.length) {
    const fields: string[] = [];
    for (;;) {
      let field = '';
      if (text[at] === '"') {
        const close = closingQuote(text, at);
        field = text.slice(at + 1, close).replaceAll('""', '"');
        at = Math.min(close + 1, text.length);
      }
      if (lineEnd < at) lineEnd = placeOf(text, '\n', at);
      if (next < at) next = placeOf(text, delimiter, at);
      const isLast = lineEnd < next || next === text.length;
      const end = isLast ? lineEnd : next;
      field += text.slice(at, end);
      at = end + 1;
      fields.push(isLast && field.endsWith('\r') ? field.slice(0, -1) : field);
      if (isLast) break;
    }
    if (fields.length > 1 || fields[0] !== '') yield fields;
  }
}

/** Where a sign stands next; the end of the text where it does not. Each is looked for once, not in each field. */
function placeOf(text: string, sign: string, from: number): number {
  const found = text.indexOf(sign, from);
  return found < 0 ? text.length : found;
}

/** Where the quotes that open at a place close; the end of the text where they do not. */
function closingQuote(text: string, open: number): number {
  for (let at = open + 1; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0) return text.length;
    if (text[at + 1] !== '"') return at;
  }
}
