import { TextDecoder } from 'node:util';
import { unfolded } from './raw-message.ts';

/** The longest charset name that is looked at; the longest registered one has 45 characters. */
const CHARSET_LENGTH = 64;

/** Names in use that TextDecoder does not know, and what they mean. */
const aliases: Readonly<Record<string, string>> = {
  ansi: 'windows-1252',
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  cp1250: 'windows-1250',
  cp1251: 'windows-1251',
  cp1252: 'windows-1252',
  'iso-2022-jp-ms': 'iso-2022-jp',
  'iso-8859-8-e': 'iso-8859-8',
  'utf-8-strict': 'utf-8',
  utf_8: 'utf-8',
};

const utf8 = new TextDecoder('utf-8', { fatal: true });
const windows1252 = new TextDecoder('windows-1252');
const decoders = new Map<string, TextDecoder>();

/** Bytes as text: UTF-8 where they are valid UTF-8 (RFC 6532), else Windows-1252, in which every byte means something. */
export function decodedBytes(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return windows1252.decode(bytes);
  }
}

/**
 * Header text, which a {@link RawMessage} holds as one character a byte, as characters. Encoded words stay as they are.
 *
 * @example decodedText('J\xc3\xbcrgen') // 'Jürgen'
 */
export const decodedText = (latin1: string): string =>
  /[^\0-\x7f]/.test(latin1) ? decodedBytes(Buffer.from(latin1, 'latin1')) : latin1;

/**
 * The value of an unstructured field (Subject, Comments) as a person reads it: unfolded, raw UTF-8 and encoded words
 * decoded, control characters made blanks. Hostile text all the same.
 *
 * @example fieldText(' =?utf-8?Q?Gr=C3=BC=C3=9Fe?=') // 'Grüße'
 */
export const fieldText = (value: string): string =>
  decodedWords(decodedText(unfolded(value)))
    .replace(/[\0-\x1f\x7f]/g, ' ')
    .trim();

/** One encoded word: `=?charset?encoding?text?=`. */
interface EncodedWord {
  readonly charset: string;
  readonly bytes: Buffer;
  readonly end: number;
}

/**
 * Decodes the encoded words in a text (RFC 2047; language tags of RFC 2231 section 5 are dropped). Blanks between two words
 * are dropped, and neighbours of one charset are decoded together, so that a character may be split between them. What is
 * no encoded word stays as it is; an unknown charset is read as {@link decodedBytes} does. Takes time linear in the text.
 *
 * @example decodedWords('=?iso-8859-1*de?Q?Gr=FC?= =?iso-8859-1?Q?=DFe?= an alle') // 'Grüße an alle'
 */
export function decodedWords(text: string): string {
  const found = new WordReader(text);
  const out: string[] = [];
  let pending: EncodedWord[] = [];
  let at = 0;
  const flush = (): void => {
    if (pending.length > 0) out.push(decodedAs(pending[0]!.charset, Buffer.concat(pending.map(({ bytes }) => bytes))));
    pending = [];
  };
  for (let start = text.indexOf('=?'); start >= 0; start = text.indexOf('=?', start)) {
    const word = found.wordAt(start);
    if (word === undefined) {
      start += 2;
      continue;
    }
    const between = text.slice(at, start);
    const adjacent = pending.length > 0 && /^[ \t\r\n]*$/.test(between);
    if (!adjacent || pending[0]!.charset !== word.charset) flush();
    if (!adjacent) out.push(between);
    pending.push(word);
    start = at = word.end;
  }
  flush();
  out.push(text.slice(at));
  return out.join('');
}

/** Reads words from a text. Remembers where the next `?=` is, so that a text full of beginnings is searched once. */
class WordReader {
  readonly #text: string;
  #close = -1;

  constructor(text: string) {
    this.#text = text;
  }

  wordAt(start: number): EncodedWord | undefined {
    const text = this.#text;
    const charsetEnd = text.indexOf('?', start + 2);
    if (charsetEnd < 0 || charsetEnd - start - 2 > CHARSET_LENGTH) return undefined;
    const encoding = text[charsetEnd + 1]?.toLowerCase();
    if ((encoding !== 'q' && encoding !== 'b') || text[charsetEnd + 2] !== '?') return undefined;
    const from = charsetEnd + 3;
    const close = this.#closeFrom(from);
    if (close === undefined) return undefined;
    // A word that was never closed must not swallow the next one.
    const next = text.indexOf('=?', from);
    if (next >= 0 && next < close - 1) return undefined;
    const charset = text
      .slice(start + 2, charsetEnd)
      .replace(/\*.*$/s, '')
      .toLowerCase();
    const encoded = text.slice(from, close);
    return { charset, bytes: encoding === 'q' ? fromQ(encoded) : Buffer.from(encoded, 'base64'), end: close + 2 };
  }

  #closeFrom(from: number): number | undefined {
    if (this.#close < from) {
      const close = this.#text.indexOf('?=', from);
      this.#close = close < 0 ? Number.POSITIVE_INFINITY : close;
    }
    return this.#close === Number.POSITIVE_INFINITY ? undefined : this.#close;
  }
}

/** The Q encoding, RFC 2047 section 4.2. An `=` without two hexadecimal digits stays. */
function fromQ(text: string): Buffer {
  const bytes = text
    .replace(/[^\0-\xff]+/g, (wide) => Buffer.from(wide).toString('latin1'))
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

function decodedAs(charset: string, bytes: Buffer): string {
  const decoder = decoderOf(charset);
  return decoder === undefined ? decodedBytes(bytes) : decoder.decode(bytes);
}

/** What decodes a charset by its name, lower case; undefined for one that nobody knows. */
export function decoderOf(charset: string): TextDecoder | undefined {
  const known = decoders.get(charset);
  if (known !== undefined) return known;
  try {
    const decoder = new TextDecoder(aliases[charset] ?? charset);
    // Only names that mean something are kept, so their number is bounded whatever a sender invents.
    decoders.set(charset, decoder);
    return decoder;
  } catch {
    return undefined;
  }
}
