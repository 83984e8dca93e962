import { Scalar } from 'yaml';
import { Decoded, type Origins } from './origins.ts';

/**
 * Where each unit of a YAML scalar's text comes from: the `yaml` package says what the text is and not where, so it is
 * decoded once more here. A break that is folded away has no origin; one that stays, or became a blank, has its own.
 */
export function yamlOrigins(source: string, scalar: Scalar | undefined): Origins {
  const [start, end] = scalar?.range ?? [0, 0];
  const value = String(scalar?.value ?? '');
  if (scalar === undefined) return new Uint32Array(1);
  const { decoded, last } = (decoders[scalar.type ?? ''] ?? plain)(source, start, end, scalar);
  // Both decoders agree, or a test is missing: the scalar's beginning is then the best place that is true.
  return decoded.text === value ? decoded.origins(last) : new Uint32Array(value.length + 1).fill(start);
}

interface Decoding {
  readonly decoded: Decoded;
  /** Where the text ends. */
  readonly last: number;
}

type Decode = (source: string, start: number, end: number, scalar: Scalar) => Decoding;

const decoders: Readonly<Record<string, Decode>> = {
  [Scalar.QUOTE_DOUBLE]: (source, start, end) => flow(source, start + 1, end - 1, backslash),
  [Scalar.QUOTE_SINGLE]: (source, start, end) => flow(source, start + 1, end - 1, doubledQuote),
  [Scalar.BLOCK_LITERAL]: block,
  [Scalar.BLOCK_FOLDED]: block,
};

const plain: Decode = (source, start, end) => flow(source, start, end, () => undefined);

/** What an escape at an offset stands for, and how long it is. */
type Escape = (source: string, at: number) => { readonly text: string; readonly length: number } | undefined;

const doubledQuote: Escape = (source, at) => (source.startsWith("''", at) ? { text: "'", length: 2 } : undefined);

const letters: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  '\t': '\t',
};
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const FOLD = /[ \t]*(?:\r?\n[ \t]*)+/y;

const backslash: Escape = (source, at) => {
  if (source[at] !== '\\') return undefined;
  const letter = source[at + 1] ?? '';
  const hex = hexLengths[letter];
  if (hex !== undefined) {
    const code = Number.parseInt(source.slice(at + 2, at + 2 + hex), 16);
    return { text: code <= 0x10ffff ? String.fromCodePoint(code) : '', length: 2 + hex };
  }
  if (letters[letter] !== undefined) return { text: letters[letter], length: 2 };
  // An escaped break joins its lines without the blanks that begin the next one.
  const join = /\\\r?\n[ \t]*/y;
  join.lastIndex = at;
  return { text: '', length: join.exec(source)?.[0].length ?? 1 };
};

/** Quoted and plain scalars: one break folds into a blank, more lose one; blanks around breaks are layout. */
function flow(source: string, start: number, end: number, escapeAt: Escape): Decoding {
  const decoded = new Decoded();
  for (let at = start; at < end; ) {
    const escaped = escapeAt(source, at);
    const fold = escaped === undefined ? folded(source, at) : undefined;
    if (escaped !== undefined) decoded.push(escaped.text, at);
    else if (fold !== undefined) pushFold(decoded, source, at, fold);
    else decoded.copy(source, at, at + 1);
    at += escaped?.length ?? fold ?? 1;
  }
  return { decoded, last: end };
}

/** How long the blanks and breaks at an offset are; undefined where no break is among them. */
function folded(source: string, at: number): number | undefined {
  FOLD.lastIndex = at;
  return FOLD.exec(source)?.[0].length;
}

function pushFold(decoded: Decoded, source: string, at: number, length: number): void {
  const breaks = [...source.slice(at, at + length).matchAll(/\r?\n/g)].map(({ index }) => at + index);
  if (breaks.length === 1) decoded.push(' ', breaks[0]!);
  else for (const origin of breaks.slice(1)) decoded.push('\n', origin);
}

/** A line of a block scalar. */
interface Line {
  readonly from: number;
  /** Where its break begins. */
  readonly to: number;
  /** Blanks at its beginning. */
  readonly indent: number;
}

/** Block scalars (YAML 1.2.2, section 8.1), without the errors: what cannot be read never gets here. */
function block(source: string, start: number, end: number, scalar: Scalar): Decoding {
  const decoded = new Decoded();
  const { folds, chomp, digit, below } = headerOf(source, start);
  const lines = linesOf(source, below, end);
  const isBlank = ({ from, to, indent }: Line): boolean => from + indent === to;
  const first = lines.findIndex((line) => !isBlank(line));
  const parent = scalar.srcToken?.type === 'block-scalar' ? scalar.srcToken.indent : 0;
  const trim = digit > 0 ? parent + digit : (lines[first]?.indent ?? 0);
  const inside = (line: Line): boolean => !isBlank(line) || line.indent > trim;
  const count = first < 0 ? 0 : lines.findLastIndex(inside) + 1;
  const isMore = ({ from, indent }: Line): boolean => indent > trim || source[from + indent] === '\t';
  let before: Line | undefined;
  let breaks: number[] = [];
  for (const [i, line] of lines.slice(0, count).entries()) {
    const from = line.from + Math.min(trim, line.indent);
    if (i < first || from < line.to || (folds && isMore(line))) {
      pushBreaks(decoded, breaks, folds && before !== undefined && !isMore(before) && !isMore(line));
      decoded.copy(source, from, line.to);
      breaks = [];
      if (i >= first) before = line;
    }
    breaks.push(line.to);
  }
  const rest = lines.slice(count).map(({ to }) => to);
  if (count > 0 && chomp === '') pushBreaks(decoded, breaks.slice(0, 1), false);
  if (chomp === '+') pushBreaks(decoded, count > 0 ? keptBreaks(breaks, rest) : emptyBreaks(rest), false);
  return { decoded, last: end };
}

/** With `+` each break after the content stays, and there is one even where the file ends without. */
const keptBreaks = (breaks: readonly number[], rest: readonly number[]): number[] =>
  rest.length === 0 ? breaks.slice(0, 1) : [...breaks, ...rest.slice(0, -1)];

const emptyBreaks = (rest: readonly number[]): number[] => (rest.length > 1 ? rest.slice(0, -1) : rest.slice());

function pushBreaks(decoded: Decoded, breaks: readonly number[], folds: boolean): void {
  if (folds && breaks.length === 1) decoded.push(' ', breaks[0]!);
  else for (const origin of folds ? breaks.slice(1) : breaks) decoded.push('\n', origin);
}

/** `|2-` and its like, with a comment behind it perhaps. */
function headerOf(source: string, start: number) {
  const [, style = '|', marks = ''] = /^([|>])([-+0-9]*)/.exec(source.slice(start, start + 8)) ?? [];
  const lineEnd = source.indexOf('\n', start);
  return {
    folds: style === '>',
    chomp: /[-+]/.exec(marks)?.[0] ?? '',
    digit: Number(/\d/.exec(marks)?.[0] ?? 0),
    below: lineEnd < 0 ? source.length : lineEnd + 1,
  };
}

function linesOf(source: string, start: number, end: number): Line[] {
  const lines: Line[] = [];
  for (let from = start; from <= end; ) {
    const found = source.indexOf('\n', from);
    const to = found < 0 || found >= end ? end : found;
    const bare = to > from && source[to - 1] === '\r' ? to - 1 : to;
    lines.push({ from, to: bare, indent: indentOf(source, from, bare) });
    from = to + 1;
  }
  return lines;
}

function indentOf(source: string, from: number, to: number): number {
  let at = from;
  while (at < to && source[at] === ' ') at++;
  return at - from;
}
