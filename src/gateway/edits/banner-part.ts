import { isAscii, isUtf8 } from 'node:buffer';
import { decodedTransfer, type MimePart } from '../../mail/index.ts';
import { type Banner, htmlBanner, plainBanner } from './banner-text.ts';
import { htmlPlaces } from './html-places.ts';

/** Charsets in which ASCII bytes are ASCII characters, by the beginnings of their names. */
const LIKE_ASCII = /^$|^(?:us-)?ascii$|^utf-?8$|^iso-?8859-?\d|^(?:windows|cp)-?125\d$|^koi8-|^macintosh$/;
const UTF8 = /^utf-?8$/;
const LINE_BREAK = Buffer.from('\r\n');

/**
 * The encoded bytes of a text part with a banner in it, in its own charset and transfer encoding; undefined where it
 * cannot be put there so that every reader shows it.
 */
export function partWithBanner(bytes: Buffer, part: MimePart, banner: Banner): Buffer | undefined {
  const charset = part.charset.trim().toLowerCase();
  const encode = encoders.get(part.encoding);
  if (encode === undefined || !LIKE_ASCII.test(charset)) return undefined;
  const defects = new Set<never>();
  const text = decodedTransfer(bytes.subarray(part.start, part.end), part.encoding, defects);
  if (defects.size > 0 || text.includes('-----BEGIN PGP')) return undefined;
  const changed = part.type === 'text/html' ? inHtml(text, banner) : inPlain(text, banner, charset);
  return changed === undefined ? undefined : encode(changed);
}

function inPlain(text: Buffer, banner: Banner, charset: string): Buffer | undefined {
  const words = Buffer.from(plainBanner(banner));
  const isFit = isAscii(words) || (UTF8.test(charset) && isUtf8(text));
  if (!isFit) return undefined;
  return banner.location === 'Prepend'
    ? Buffer.concat([words, LINE_BREAK, LINE_BREAK, text])
    : Buffer.concat([withLineEnd(text), LINE_BREAK, words, LINE_BREAK]);
}

function inHtml(text: Buffer, banner: Banner): Buffer | undefined {
  const places = htmlPlaces(text.toString('latin1'));
  if (places === undefined) return undefined;
  const at = banner.location === 'Prepend' ? places.top : places.bottom;
  return Buffer.concat([text.subarray(0, at), Buffer.from(htmlBanner(banner)), text.subarray(at)]);
}

const withLineEnd = (text: Buffer): Buffer =>
  text.length === 0 || text.at(-1) === 10 ? text : Buffer.concat([text, LINE_BREAK]);

const identity = (bytes: Buffer): Buffer => bytes;

/** RFC 2045 section 6; 7bit stays so only where the bytes allow it. */
const encoders: ReadonlyMap<string, (bytes: Buffer) => Buffer | undefined> = new Map([
  ['', sevenBit],
  ['7bit', sevenBit],
  ['8bit', identity],
  ['binary', identity],
  ['base64', base64],
  ['quoted-printable', quotedPrintable],
]);

function sevenBit(bytes: Buffer): Buffer | undefined {
  return isAscii(bytes) ? bytes : undefined;
}

function base64(bytes: Buffer): Buffer {
  return Buffer.from(`${(bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n')}\r\n`);
}

/** RFC 2045 section 6.7. */
function quotedPrintable(bytes: Buffer): Buffer {
  const lines = bytes.toString('latin1').split(/\r?\n/);
  return Buffer.from(lines.map(quotedLine).join('\r\n'), 'latin1');
}

const QUOTED_LINE = 75;

function quotedLine(line: string): string {
  const out: string[] = [];
  let current = '';
  for (let at = 0; at < line.length; at++) {
    const isLast = at === line.length - 1;
    const isAsIs = /[!-<>-~]/.test(line[at]!) || (!isLast && /[ \t]/.test(line[at]!));
    const next = isAsIs ? line[at]! : `=${line.charCodeAt(at).toString(16).toUpperCase().padStart(2, '0')}`;
    if (current.length + next.length > QUOTED_LINE) {
      out.push(`${current}=`);
      current = '';
    }
    current += next;
  }
  return [...out, current].join('\r\n');
}
