const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const plain = /^[\x20-\x7e]*$/;
const zero = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
/** East Asian wide and fullwidth ranges, and pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

const widthOfGrapheme = (grapheme: string): number => (zero.test(grapheme) ? 0 : wide.test(grapheme) ? 2 : 1);

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += widthOfGrapheme(segment);
  return width;
}

/**
 * A text cut to so many columns, `…` at its end where something is missing.
 *
 * @example cut('Rechnung', 5) // "Rech…"
 */
export function cut(text: string, columns: number): string {
  if (text.length <= columns && plain.test(text)) return text;
  if (plain.test(text)) return `${text.slice(0, columns - 1)}…`;
  if (text.length <= columns * 64 && widthOf(text) <= columns) return text;
  let [kept, width] = ['', 0];
  for (const { segment } of segmenter.segment(text.slice(0, columns * 64))) {
    width += widthOfGrapheme(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** A text filled with blanks to so many columns, at its start or its end. */
export function padded(text: string, columns: number, side: 'left' | 'right'): string {
  const blanks = ' '.repeat(Math.max(0, columns - widthOf(text)));
  return side === 'right' ? blanks + text : text + blanks;
}
