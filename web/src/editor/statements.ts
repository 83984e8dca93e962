/** One query of a text that holds several. Places are UTF-16 units from the start of the whole text. */
export interface Statement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A piece of a text for which only its extent matters, or a sign that does. */
const token =
  /```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|@"(?:[^"\n]|"")*"?|@'(?:[^'\n]|'')*'?|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|\/\/[^\n]*|\n[^\S\n]*(?=\n|$)|[()[\]{};|]|[^\s()[\]{};|"'`~@/]+|\S/g;

/** A place where a text could be parted, and whether it is. */
interface Gap {
  /** The line break with which the empty line begins. */
  readonly at: number;
  /** Brackets that are open there. */
  readonly depth: number;
  /** What stands before it ends in a semicolon: a `let` for what follows. */
  readonly isContinued: boolean;
}

/**
 * The queries of a text: they are parted by empty lines, as in Azure Data Explorer. An empty line parts nothing inside
 * brackets and strings, behind a semicolon, before a pipe, and behind comments alone, so that a published query with air
 * between its parts stays whole.
 *
 * @example statementsIn('let d = 1d;\n\nEmailEvents\n\nUrlInfo').map(({ text }) => text) // ['let d = 1d;\n\nEmailEvents', 'UrlInfo']
 */
export function statementsIn(text: string): readonly Statement[] {
  if (last.text !== text) last = { text, statements: statementsAnew(text) };
  return last.statements;
}

/** The last text: the editor, the checks and the page ask about the same one at each key. */
let last: { readonly text: string; readonly statements: readonly Statement[] } = { text: '', statements: [] };

const statementsAnew = (text: string): readonly Statement[] =>
  partsOf(text, 0, text.length, true).flatMap(([start, end]) => trimmed(text, start, end));

/**
 * The query at a place: the one that it is in or that ends right there, else the one before it.
 *
 * @param offset UTF-16 units from the start
 */
export function statementAt(text: string, offset: number): Statement | undefined {
  const all = statementsIn(text);
  return all.findLast(({ start }) => start <= offset) ?? all[0];
}

function partsOf(text: string, from: number, to: number, heedsBrackets: boolean): [number, number][] {
  const parts: [number, number][] = [];
  let start = from;
  const { gaps, depth } = gapsIn(text, from, to);
  for (const gap of gaps) {
    if (gap.isContinued || (heedsBrackets && gap.depth > 0)) continue;
    parts.push([start, gap.at]);
    start = gap.at;
  }
  // a bracket that somebody has yet to close must not swallow the queries below
  if (heedsBrackets && depth > 0) return [...parts, ...partsOf(text, start, to, false)];
  return [...parts, [start, to]];
}

function gapsIn(text: string, from: number, to: number): { gaps: Gap[]; depth: number } {
  const gaps: Gap[] = [];
  let depth = 0;
  let before = '';
  let waiting: Gap | undefined;
  for (const found of text.slice(from, to).matchAll(token)) {
    const [part] = found;
    if (part.startsWith('\n')) {
      waiting ??= { at: from + found.index, depth, isContinued: before === '' || before === ';' };
      continue;
    }
    if (waiting) {
      // comments belong to what follows them
      if (!(part === '|' && !waiting.isContinued)) gaps.push(waiting);
      waiting = undefined;
      if (gaps.at(-1)?.isContinued === false && gaps.at(-1)?.depth === 0) before = '';
    }
    if (part.startsWith('//')) continue;
    if ('([{'.includes(part)) depth++;
    else if (')]}'.includes(part)) depth = Math.max(0, depth - 1);
    before = part;
  }
  return { gaps, depth };
}

function trimmed(text: string, start: number, end: number): Statement[] {
  const part = text.slice(start, end);
  const body = part.trim();
  if (body === '' || body.split('\n').every((line) => /^\s*(\/\/|$)/.test(line))) return [];
  const first = start + part.indexOf(body);
  return [{ start: first, end: first + body.length, text: body }];
}

/**
 * The text as Microsoft's editor service has to see it, which parts at every empty line: those that part nothing lose
 * their line breaks. Every other sign keeps its place.
 */
export function withoutInnerGaps(text: string): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text: body } of statementsIn(text)) {
    pieces.push(text.slice(at, start), body.replace(/\n(?=[^\S\n]*\n)/g, ' '));
    at = end;
  }
  return pieces.join('') + text.slice(at);
}
