import type { Change } from '../../policy/index.ts';

export type Banner = Extract<Change, { kind: 'ApplyBanner' }>;

/** A banner as it stands in plain text, with an empty line between it and the message. */
export const plainBanner = ({ text }: Banner): string => text.trim().replace(/\r?\n|\r/g, '\r\n');

/** A banner as it stands in HTML: ASCII alone, so that it fits into every charset; nothing of it is markup. */
export function htmlBanner({ text }: Banner): string {
  const escaped = [...text.trim().toWellFormed()].map(htmlCharacter).join('');
  return `<div style="${STYLE}">${escaped}</div>\r\n`;
}

const STYLE =
  'display:block;margin:0 0 8px;padding:8px;border:1px solid #a80000;background:#fff4f4;color:#000;font:14px sans-serif';

function htmlCharacter(character: string): string {
  if (character === '\n') return '<br>\r\n';
  if (character === '\r') return '';
  return /[ -~]/.test(character) && !/[&<>"']/.test(character) ? character : `&#${character.codePointAt(0)};`;
}
