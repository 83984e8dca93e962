/** The words of a zone file (RFC 1035 section 5.1): entries may go over lines in parentheses, `;` begins a comment. */
import { MailhuntError } from '../../errors/index.ts';

/** A word. Its text has `\DDD` and `\X` still in it where it is not quoted: only who reads it knows what a dot means. */
export interface ZoneToken {
  /** Bytes, one a character, escapes undone. */
  readonly bytes: string;
  readonly quoted: boolean;
  /** As it stands in the file. */
  readonly text: string;
  /** Whether one of its dots was escaped: no divider of labels then. */
  readonly escapedDot: boolean;
}

/** One entry: a record, a directive that begins with `$`, or one of ours. */
export interface ZoneEntry {
  readonly line: number;
  /** It begins with white space: the owner is that of the entry before. */
  readonly indented: boolean;
  /** It stood behind `; mailhunt:`. */
  readonly ours: boolean;
  readonly tokens: readonly ZoneToken[];
}

const MOST_TOKENS = 1000;
/** Longer than 64 KB of TXT data with every byte written as `\DDD`. */
const LONGEST_LINE = 300_000;
const OURS = /^\s*;\s*mailhunt:\s*(.*)$/s;

/**
 * Divides a zone file into entries.
 *
 * @throws MailhuntError MAIL0002 for an open quote or parenthesis, a broken escape, an entry of more than 1,000 words
 */
export function* zoneEntries(text: string, file: string): Generator<ZoneEntry> {
  let line = 0;
  let open = 0;
  let entry: { line: number; indented: boolean; tokens: ZoneToken[] } | undefined;
  for (const source of linesOf(text)) {
    line++;
    const fail: (what: string) => never = (what) => broken(file, line, what);
    if (source.length > LONGEST_LINE) fail(`a line of more than ${LONGEST_LINE} characters`);
    entry ??= { line, indented: /^[ \t]/.test(source), tokens: [] };
    const ours = open === 0 ? OURS.exec(source) : null;
    for (const token of wordsOf(ours ? ours[1]! : source, fail)) {
      if (token === '(') open++;
      else if (token !== ')') entry.tokens.push(token);
      else if (--open < 0) fail('a parenthesis is closed that was not opened');
      if (entry.tokens.length > MOST_TOKENS) fail(`more than ${MOST_TOKENS} words in one entry`);
    }
    if (open > 0) continue;
    if (entry.tokens.length > 0) yield { ...entry, ours: ours !== null };
    entry = undefined;
  }
  if (open > 0) broken(file, entry?.line ?? line, 'the parenthesis is not closed');
}

/** Throws the error of a zone file. */
export function broken(file: string, line: number, text: string): never {
  throw new MailhuntError('MAIL0002', { file, line, text });
}

function* linesOf(text: string): Generator<string> {
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    yield text.slice(start, text[stop - 1] === '\r' ? stop - 1 : stop);
    start = stop + 1;
  }
}

const BLANK = /[ \t\r\f\v]+/y;
const PLAIN = /(?:[^\s;()"\\]|\\.)+/sy;
const QUOTED = /"((?:[^"\\]|\\.)*)"/sy;

function* wordsOf(source: string, fail: (what: string) => never): Generator<ZoneToken | '(' | ')'> {
  for (let at = 0; at < source.length; ) {
    const char = source[at]!;
    if (char === ';') return;
    if (char === '(' || char === ')') {
      at++;
      yield char;
      continue;
    }
    const pattern = char === '"' ? QUOTED : /\s/.test(char) ? BLANK : PLAIN;
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (!match) fail(char === '"' ? 'the quote is not closed' : 'a backslash ends the line');
    at += match[0].length;
    if (pattern !== BLANK) yield wordOf(match[1] ?? match[0], pattern === QUOTED, fail);
  }
}

function wordOf(text: string, quoted: boolean, fail: (what: string) => never): ZoneToken {
  let escapedDot = false;
  const bytes = inBytes(text).replace(/\\(\d{1,3}|.)/gs, (_, escaped: string) => {
    const char = /^\d/.test(escaped) ? byteOf(escaped, fail) : escaped;
    escapedDot ||= char === '.';
    return char;
  });
  return { bytes, quoted, text, escapedDot };
}

function byteOf(digits: string, fail: (what: string) => never): string {
  if (digits.length < 3 || Number(digits) > 255) fail(`\\${digits} is no byte: write three digits, 000 to 255`);
  return String.fromCharCode(Number(digits));
}

/** Text beyond ASCII stands for its UTF-8 bytes, as name servers read it. */
const inBytes = (text: string): string =>
  /[^\u0000-\u007f]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
