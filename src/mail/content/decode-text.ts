import { isAscii, isUtf8 } from 'node:buffer';
import { decoderOf } from '../message/encoded-words.ts';
import type { Defects } from './limits.ts';

/** Charsets in which ASCII bytes do not always mean ASCII characters. */
const STATEFUL =
  /^(?:utf-?(?:16|7)|ucs-?2|unicode|iso-?10646|iso-?2022|csiso2022|hz|csunicode|x-user-defined|replacement)/;

/** What senders write where they mean "I do not know". */
const UNDECLARED = new Set([
  '',
  'us-ascii',
  'ascii',
  'unknown',
  'unknown-8bit',
  'default',
  'binary',
  '8bit',
  '7bit',
  'none',
]);

/**
 * Bytes to text. Without a charset, or with one that says nothing: UTF-8 where the bytes are, else windows-1252. With an
 * unknown one: windows-1252, and so named in `defects`. Bytes that are not of the charset become U+FFFD, also named.
 *
 * Labels are those of the Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels).
 *
 * @example textOf(Buffer.from([0xe9]), 'iso-8859-1', new Set()) // 'é'
 */
export function textOf(bytes: Buffer, charset: string, defects: Defects): string {
  const label = labelOfMark(bytes) || charset.trim().toLowerCase();
  if (isAscii(bytes) && !STATEFUL.test(label)) {
    if (!UNDECLARED.has(label) && decoderOf(label) === undefined) defects.add('unknown charset');
    return bytes.toString('latin1');
  }
  if (UNDECLARED.has(label)) return withoutMark(isUtf8(bytes) ? bytes.toString() : windows1252(bytes));
  if (label === 'utf-8' || label === 'utf8') {
    if (!isUtf8(bytes)) defects.add('bytes that are not of the charset');
    return withoutMark(bytes.toString());
  }
  const decoder = decoderOf(label);
  if (decoder === undefined) defects.add('unknown charset');
  const text = decoder === undefined ? windows1252(bytes) : decoder.decode(bytes);
  if (text.includes('\ufffd')) defects.add('bytes that are not of the charset');
  return text;
}

/** A byte order mark says more than any declaration (Encoding Standard, "BOM sniff"); empty where there is none. */
function labelOfMark(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : '';
}

/** The charset that an HTML document names itself, within its first 1,024 bytes; empty where it names none. */
export function charsetOfHtml(bytes: Buffer): string {
  const head = bytes.toString('latin1', 0, 1024);
  const found = /<meta\b[^>]{0,300}?\bcharset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/i.exec(head)?.[1] ?? '';
  // A document that is read bytewise this far cannot be UTF-16 (HTML, "prescan a byte stream").
  return /^utf-?16/i.test(found) ? 'utf-8' : found;
}

const windows1252 = (bytes: Buffer): string => decoderOf('windows-1252')!.decode(bytes);

const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
