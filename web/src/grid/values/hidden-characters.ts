/** What a joiner may stand behind: an emoji, a mark of an Indic script, a letter of a script that joins its letters. */
const JOINS = String.raw`[\p{Extended_Pictographic}\p{EMod}\uFE0F\p{sc=Arab}\p{sc=Syrc}\p{sc=Nkoo}\p{sc=Mong}[\p{M}--\p{sc=Zinh}]]`;
/** What a joiner may stand before. */
const JOINED = String.raw`[\p{Extended_Pictographic}[\p{L}--[\p{ASCII}\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}]]]`;

/**
 * Characters that nobody sees or that turn the text around them: controls, bidirectional overrides, zero-width ones,
 * tags, blank letters, halves of a pair. A hostile subject uses them to look like another one. Joiners count where they do
 * not hold an emoji or letters of a script that needs them together.
 */
const HIDDEN = [
  String.raw`[[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0\u034F\u17B4\u17B5\u{E0100}-\u{E01EF}]--[\u200C\u200D]]`,
  String.raw`(?<!${JOINS})[\u200C\u200D]`,
  String.raw`[\u200C\u200D](?!${JOINED})`,
].join('|');
const ONE = new RegExp(HIDDEN, 'v');
const EACH = new RegExp(HIDDEN, 'gv');
const RUNS = new RegExp(`(?:${HIDDEN})+`, 'gv');

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A piece of a text: as it stands, or the escapes of what would not be seen. */
export interface TextPart {
  readonly text: string;
  readonly escaped: boolean;
}

/** Whether the text holds a character that would not be seen. */
export const hasHidden = (text: string): boolean => ONE.test(text);

/** Each character that would not be seen, and where it stands. */
export const hiddenIn = (text: string): IterableIterator<RegExpExecArray> => text.matchAll(EACH);

/**
 * The text in pieces that can all be seen.
 *
 * @example visibleParts('a\u202Eb') // [{text:'a'…}, {text:'\\u{202E}', escaped:true}, {text:'b'…}]
 */
export function visibleParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { index, 0: run } of text.matchAll(RUNS)) {
    if (index > from) parts.push({ text: text.slice(from, index), escaped: false });
    parts.push({ text: escapesOf(run), escaped: true });
    from = index + run.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), escaped: false });
  return parts;
}

/** The text with escapes in place of what would not be seen: for titles, labels and tooltips, which hold no markup. */
export const visibleText = (text: string): string => (hasHidden(text) ? text.replace(RUNS, escapesOf) : text);

const escapesOf = (run: string): string =>
  [...run].map((char) => SHORT[char] ?? `\\u{${char.codePointAt(0)!.toString(16).toUpperCase()}}`).join('');
