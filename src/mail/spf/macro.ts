import { isTopLabel, targetName } from './name.ts';
import type { Problem } from './problem.ts';

/** `%{l2r-}` and its like (RFC 7208 section 7.1). */
export interface MacroExpand {
  readonly letter: MacroLetter;
  /** An upper-case letter: the value is URL-escaped. */
  readonly escape: boolean;
  /** How many parts count, from the right; Infinity where nothing is said. */
  readonly parts: number;
  readonly reverse: boolean;
  /** What the value is split at. */
  readonly delimiters: string;
}

export type MacroLetter = 's' | 'l' | 'o' | 'd' | 'i' | 'p' | 'v' | 'h' | 'c' | 'r' | 't';

/** Literal text (`%%`, `%_` and `%-` are already resolved) or an expansion. */
export type MacroToken = string | MacroExpand;

/** What each letter stands for; `p` is there only where it was asked for. */
export type MacroValues = (letter: MacroLetter) => string;

/** A domain-spec, read. */
export interface DomainSpec {
  readonly text: string;
  readonly tokens: readonly MacroToken[];
  /** The name, where the text has no macros; undefined too where that name cannot be asked for. */
  readonly name?: string;
  readonly letters: ReadonlySet<MacroLetter>;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['%%', '%'],
  ['%_', ' '],
  ['%-', '%20'],
]);
/** So many different delimiters there are; a macro may repeat them. */
const DELIMITERS = 7;
const EXPAND = /%\{([slodipvhcrt])([0-9]*)(r?)([.\-+,/_=]*)\}/iy;
/** Macro-literals (visible characters without `%`); a space only in explanations. */
const LITERAL = /[\x21-\x24\x26-\x7e]+/y;
const LITERAL_OR_SPACE = /[\x20-\x24\x26-\x7e]+/y;

interface MacroString {
  readonly tokens: readonly MacroToken[];
  readonly letters: ReadonlySet<MacroLetter>;
  /** The literal text at the end; empty where the end is an expansion or an escape. */
  readonly tail: string;
}

/** Reads a macro-string of RFC 7208 section 12, or with `spaces` an explain-string. */
export function parseMacroString(text: string, { spaces = false } = {}): MacroString | Problem {
  const literal = spaces ? LITERAL_OR_SPACE : LITERAL;
  const tokens: MacroToken[] = [];
  const letters = new Set<MacroLetter>();
  let tail = '';
  for (let at = 0; at < text.length; ) {
    literal.lastIndex = at;
    const plain = literal.exec(text)?.[0];
    const found = plain === undefined ? macroAt(text, at) : { token: plain, length: plain.length };
    if (found === undefined) return { problem: text[at] === '%' ? 'a malformed macro' : 'a character out of place' };
    if (typeof found.token !== 'string') letters.add(found.token.letter);
    tokens.push(found.token);
    tail = plain ?? '';
    at += found.length;
  }
  return { tokens, letters, tail };
}

function macroAt(text: string, at: number): { readonly token: MacroToken; readonly length: number } | undefined {
  const literal = ESCAPES.get(text.slice(at, at + 2));
  if (literal !== undefined) return { token: literal, length: 2 };
  EXPAND.lastIndex = at;
  const found = EXPAND.exec(text);
  const token = found === null ? undefined : expandOf(found);
  // A number of parts "MUST be nonzero" (RFC 7208 section 7.3).
  return token === undefined || token.parts === 0 ? undefined : { token, length: found![0].length };
}

function expandOf([, letter = '', digits = '', reverse = '', delimiters = '']: RegExpExecArray): MacroExpand {
  return {
    letter: letter.toLowerCase() as MacroLetter,
    escape: letter < 'a',
    parts: digits === '' ? Number.POSITIVE_INFINITY : Number(digits),
    reverse: reverse !== '',
    delimiters: delimiters.length <= DELIMITERS ? delimiters || '.' : [...new Set(delimiters)].join(''),
  };
}

/**
 * Reads a domain-spec: a macro-string that ends in a macro or in a dot, a top-level label and perhaps a dot (RFC 7208
 * section 7.1). The macros `c`, `r` and `t` belong to explanations only.
 */
export function parseDomainSpec(text: string): DomainSpec | Problem {
  const parsed = parseMacroString(text);
  if ('problem' in parsed) return parsed;
  const { tokens, letters, tail } = parsed;
  if (tokens.length === 0) return { problem: 'no domain' };
  for (const letter of 'crt') {
    if (letters.has(letter as MacroLetter)) return { problem: `the macro ${letter}, which is for explanations only` };
  }
  const labels = tail.endsWith('.') ? tail.slice(0, -1) : tail;
  const dot = labels.lastIndexOf('.');
  if (tail !== '' && (dot < 0 || !isTopLabel(labels.slice(dot + 1)))) return { problem: 'something that is no domain' };
  if (letters.size > 0) return { text, tokens, letters };
  const name = targetName(tokens.join(''));
  return { text, tokens, letters, ...(name === undefined ? {} : { name }) };
}

/**
 * Expands from the right and stops at more characters than a name may have: whatever stands further left is cut anyway,
 * and a thousand macros in one term cost no more than a few.
 */
export function expandName(tokens: readonly MacroToken[], values: MacroValues): string {
  let name = '';
  for (let i = tokens.length - 1; i >= 0 && name.length <= 255; i--) name = expandToken(tokens[i]!, values) + name;
  return name;
}

/** Expands up to a number of characters. */
export function expandText(tokens: readonly MacroToken[], values: MacroValues, max: number): string {
  let text = '';
  for (let i = 0; i < tokens.length && text.length < max; i++) text += expandToken(tokens[i]!, values);
  return text.slice(0, max);
}

/** RFC 7208 section 7.3: split, reverse, take from the right, join with dots, escape. */
function expandToken(token: MacroToken, values: MacroValues): string {
  if (typeof token === 'string') return token;
  const value = values(token.letter);
  const parts = splitAt(value, token.delimiters);
  if (token.reverse) parts.reverse();
  const text = parts.slice(Math.max(0, parts.length - token.parts)).join('.');
  return token.escape ? urlEscape(text) : text;
}

function splitAt(value: string, delimiters: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let i = 0; i < value.length; i++) {
    if (!delimiters.includes(value[i]!)) continue;
    parts.push(value.slice(start, i));
    start = i + 1;
  }
  return [...parts, value.slice(start)];
}

/** Everything but the unreserved characters of RFC 3986, which encodeURIComponent almost does. */
function urlEscape(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
