/** What a JSON text may cost. */
export interface JsonLimits {
  /** Lists and objects in each other. */
  readonly depth: number;
  /** Members of lists and objects, all together. */
  readonly values: number;
}

const [QUOTE, BACKSLASH, COMMA] = [34, 92, 44];
const opens: ReadonlySet<number> = new Set([91, 123]);
const closes: ReadonlySet<number> = new Set([93, 125]);

/**
 * Parses a JSON text whose form is known to be within limits before anything is made of it: a few megabytes of brackets
 * would become gigabytes of empty lists, or a value too deep to walk through.
 *
 * @param wrong told why it is not read
 * @example boundedJson('[[1]]', { depth: 1, values: 9 }, fail) // fail('it is nested deeper than 1')
 */
export function boundedJson(text: string, limits: JsonLimits, wrong: (why: string) => never): unknown {
  let [depth, values] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) at = stringEnd(text, at);
    else if (closes.has(sign)) depth -= 1;
    else if (opens.has(sign) || sign === COMMA) {
      if (sign !== COMMA && ++depth > limits.depth) wrong(`it is nested deeper than ${limits.depth}`);
      if (++values > limits.values) wrong(`it has more than ${limits.values.toLocaleString('en')} values`);
    }
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    return wrong(error instanceof Error ? error.message.slice(0, 200) : 'it is not JSON');
  }
}

/** Where the string that opens at `at` closes; the end of the text for one that does not. */
function stringEnd(text: string, at: number): number {
  let end = at;
  let escapes: number;
  do {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
    escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes += 1;
  } while (escapes % 2 === 1);
  return end;
}
