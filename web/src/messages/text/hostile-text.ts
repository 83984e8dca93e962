import { hiddenIn } from '../../grid/values/hidden-characters.ts';

/** A stretch of a hostile text: as it is, or a character that would deceive the reader, by its name. */
export type Stretch = { readonly text: string } | { readonly code: string; readonly name: string };

/** What the hidden characters that mail is known for are called. */
const names: Readonly<Record<number, string>> = {
  0: 'null',
  9: 'tab',
  10: 'line feed',
  13: 'carriage return',
  27: 'escape',
  127: 'delete',
  173: 'soft hyphen',
  1564: 'Arabic letter mark',
  8203: 'zero width space',
  8204: 'zero width non-joiner',
  8205: 'zero width joiner',
  8206: 'left-to-right mark',
  8207: 'right-to-left mark',
  8232: 'line separator',
  8233: 'paragraph separator',
  8234: 'left-to-right embedding',
  8235: 'right-to-left embedding',
  8236: 'end of direction',
  8237: 'left-to-right override',
  8238: 'right-to-left override',
  8288: 'word joiner',
  8294: 'left-to-right isolate',
  8295: 'right-to-left isolate',
  8296: 'first strong isolate',
  8297: 'end of isolate',
  65279: 'byte order mark',
};

/**
 * A text that a stranger chose, in stretches that are safe to read: what hides or turns around is told apart.
 *
 * @example stretchesOf('a\u202eb') // [{ text: 'a' }, { code: 'U+202E', name: 'right-to-left override' }, { text: 'b' }]
 */
export function stretchesOf(text: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const found of hiddenIn(text)) {
    if (found.index > at) stretches.push({ text: text.slice(at, found.index) });
    const point = found[0].codePointAt(0) ?? 0;
    const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
    stretches.push({ code, name: names[point] ?? 'hidden character' });
    at = found.index + found[0].length;
  }
  if (at < text.length) stretches.push({ text: text.slice(at) });
  return stretches;
}

/** The same as one text, for names of controls and titles. */
export const plainText = (text: string): string =>
  stretchesOf(text)
    .map((stretch) => ('text' in stretch ? stretch.text : `[${stretch.code}]`))
    .join('');

/** A text clipped to a number of characters, without cutting one in two. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
