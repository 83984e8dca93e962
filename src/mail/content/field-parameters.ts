import { decodedText, decodedWords } from '../message/encoded-words.ts';
import { textOf } from './decode-text.ts';
import type { Defects } from './limits.ts';
import { hexAt } from './transfer-encoding.ts';

/** A structured value such as that of Content-Type, taken apart (RFC 2045 section 5.1). */
export interface ParameterField {
  /** What stands before the first parameter, lower case, without comments and blanks. */
  readonly value: string;
  /** By lower-case name as written, so with `*`, `*0`, `*0*`; the first of a name counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Parameters that are read; the rest are padding. */
const PARAMETERS = 200;

/**
 * Takes `type; name=value; …` apart. Lenient: a value may be unquoted and hold blanks, a quote may stay open.
 *
 * @param text latin1, folds undone
 * @example readParameters('text/plain; charset="utf-8"').parameters.get('charset') // 'utf-8'
 */
export function readParameters(text: string): ParameterField {
  const pieces = splitAtSemicolons(text);
  const parameters = new Map<string, string>();
  for (const piece of pieces.slice(1)) {
    const equals = piece.indexOf('=');
    if (equals < 0) continue;
    const name = piece.slice(0, equals).trim().toLowerCase();
    if (!parameters.has(name)) parameters.set(name, unquoted(piece.slice(equals + 1).trim()));
  }
  return { value: (pieces[0] ?? '').replace(/[\s(].*$/s, '').toLowerCase(), parameters };
}

function splitAtSemicolons(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  const trimmed = text.trim();
  for (let at = 0; at < trimmed.length && pieces.length < PARAMETERS; at++) {
    const character = trimmed[at];
    if (character === '"') at = endOfQuote(trimmed, at);
    else if (character === ';') {
      pieces.push(trimmed.slice(start, at));
      start = at + 1;
    }
  }
  pieces.push(trimmed.slice(start));
  return pieces;
}

/** The closing quote's place, or the text's end. */
function endOfQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function unquoted(value: string): string {
  if (value[0] !== '"') return value;
  const inside = value.slice(1, endOfQuote(value, 0));
  return inside.includes('\\') ? inside.replace(/\\(.)/gs, '$1') : inside;
}

/**
 * All that a field says a parameter is, decoded, the most exact form first: RFC 2231 (charset, continuations), then the
 * plain form with encoded words, which RFC 2047 forbids there and senders use all the same.
 *
 * @example parameterTexts(readParameters("a; filename*=utf-8''%C3%BC.pdf"), 'filename', new Set()) // ['ü.pdf']
 */
export function parameterTexts(field: ParameterField, name: string, defects: Defects): string[] {
  if (field.parameters.size === 0) return [];
  const plain = field.parameters.get(name);
  const texts = [extended(field, `${name}*`, defects), continued(field, name, defects)];
  if (plain !== undefined) texts.push(wordsOf(plain));
  return texts.filter((text) => text !== undefined);
}

const wordsOf = (latin1: string): string => decodedWords(decodedText(latin1));

function extended({ parameters }: ParameterField, key: string, defects: Defects): string | undefined {
  const value = parameters.get(key);
  if (value === undefined) return undefined;
  const { charset, text } = charsetAndText(value);
  return textOf(percentDecoded(text), charset, defects);
}

/** `name*0="long"; name*1*=%20text` (RFC 2231 section 3 and 4.1). */
function continued({ parameters }: ParameterField, name: string, defects: Defects): string | undefined {
  const bytes: Buffer[] = [];
  let charset = '';
  for (let index = 0; ; index++) {
    const encoded = parameters.get(`${name}*${index}*`);
    const plain = parameters.get(`${name}*${index}`);
    if (encoded === undefined && plain === undefined) break;
    if (encoded === undefined) bytes.push(Buffer.from(plain!, 'latin1'));
    else if (index > 0) bytes.push(percentDecoded(encoded));
    else {
      const first = charsetAndText(encoded);
      charset = first.charset;
      bytes.push(percentDecoded(first.text));
    }
  }
  if (bytes.length === 0) return undefined;
  const whole = Buffer.concat(bytes);
  // Continuations in which the name is written as encoded words are wrong by both RFCs, and seen.
  return charset === '' ? wordsOf(whole.toString('latin1')) : textOf(whole, charset, defects);
}

/** `charset'language'text`; without the two quotes it is all text. */
function charsetAndText(value: string): { charset: string; text: string } {
  const first = value.indexOf("'");
  const second = first < 0 ? -1 : value.indexOf("'", first + 1);
  if (second < 0) return { charset: '', text: value };
  return { charset: value.slice(0, first), text: value.slice(second + 1) };
}

function percentDecoded(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const value = bytes[at] === 37 ? hexAt(bytes, at + 1) : -1;
    bytes[length++] = value >= 0 ? value : bytes[at]!;
    if (value >= 0) at += 2;
  }
  return bytes.subarray(0, length);
}
