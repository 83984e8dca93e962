/**
 * Characters that nobody sees or that turn the text around them: controls, bidirectional overrides, zero-width ones,
 * tags, blank letters, halves of a pair. A hostile subject uses them to look like another one.
 */
const HIDDEN =
  /(?:[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]|\u034F|\u17B4|\u17B5|[\u{E0100}-\u{E01EF}])/u;
const HIDDEN_RUNS = new RegExp(`(?:${HIDDEN.source})+`, 'gu');

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A piece of a text: as it stands, or the escapes of what would not be seen. */
export interface TextPart {
  readonly text: string;
  readonly escaped: boolean;
}

/** Whether the text holds a character that would not be seen. */
export const hasHidden = (text: string): boolean => HIDDEN.test(text);

/**
 * The text in pieces that can all be seen.
 *
 * @example visibleParts('a\u202Eb') // [{text:'a'…}, {text:'\\u{202E}', escaped:true}, {text:'b'…}]
 */
export function visibleParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { index, 0: run } of text.matchAll(HIDDEN_RUNS)) {
    if (index > from) parts.push({ text: text.slice(from, index), escaped: false });
    parts.push({ text: escapesOf(run), escaped: true });
    from = index + run.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), escaped: false });
  return parts;
}

/** The text with escapes in place of what would not be seen: for titles, labels and tooltips, which hold no markup. */
export const visibleText = (text: string): string => (hasHidden(text) ? text.replace(HIDDEN_RUNS, escapesOf) : text);

const escapesOf = (run: string): string =>
  [...run].map((char) => SHORT[char] ?? `\\u{${char.codePointAt(0)!.toString(16).toUpperCase()}}`).join('');
