import type { HeaderField } from '../message/raw-message.ts';

/** The two ways of RFC 6376 section 3.4. */
export type Canonicalization = 'simple' | 'relaxed';

/**
 * A header field as it is signed, with its line end (RFC 6376 sections 3.4.1 and 3.4.2). A bare LF counts as CRLF.
 *
 * @example canonicalField(field('Subject:  a\r\n\tb '), 'relaxed') // 'subject:a b\r\n'
 */
export const canonicalField = (field: HeaderField, mode: Canonicalization): string =>
  `${mode === 'relaxed' ? relaxed(field.name, field.value) : simple(field.raw)}\r\n`;

/**
 * The signature's own field as it is signed: the value of its `b=` left out, and no line end (RFC 6376 section 3.7).
 * ARC seals and ARC message signatures are treated alike (RFC 8617 section 5.1.1).
 */
export function canonicalSignatureField(field: HeaderField, mode: Canonicalization): string {
  const value = withoutSignature(field.value);
  if (mode === 'relaxed') return relaxed(field.name, value);
  return simple(field.raw.slice(0, field.raw.length - field.value.length) + value);
}

const simple = (raw: string): string => (raw.includes('\n') ? raw.replace(/\r?\n/g, '\r\n') : raw);

/** A fold's line end is always followed by a blank, so both go into the one blank that a run of them becomes. */
function relaxed(name: string, value: string): string {
  const even = /[\t\n]| {2}/.test(value) ? value.replace(/(?:\r?\n|[ \t])+/g, ' ') : value;
  const from = even.startsWith(' ') ? 1 : 0;
  const to = even.endsWith(' ') ? even.length - 1 : even.length;
  return `${name}:${even.slice(from, Math.max(from, to))}`;
}

/** Only the tag named `b`: a `b=` inside another tag's value is text. */
function withoutSignature(value: string): string {
  const tag = /(^|;)([ \t\r\n]*b[ \t\r\n]*=)[^;]*/.exec(value);
  if (tag === null) return value;
  const start = tag.index + tag[0].length;
  return value.slice(0, tag.index) + (tag[1] ?? '') + (tag[2] ?? '') + value.slice(start);
}
