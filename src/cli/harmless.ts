/**
 * What a terminal would act upon instead of showing: C0 and C1 control characters (escape sequences, OSC, backspace),
 * and Unicode's overrides and isolates of writing direction, invisible marks and line separators.
 */
const active = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;

const shown: Readonly<Record<string, string>> = { '\n': '⏎', '\r': '␍', '\t': ' ' };

/** A zero width joiner between pictures (👩‍💻) belongs to the picture. */
const joiner = /(?<=\p{Extended_Pictographic}\uFE0F?)\u200d(?=\p{Extended_Pictographic})/gu;

/**
 * A text from data as a terminal may show it, on one line: what it would act upon becomes a visible sign.
 *
 * @example harmless('\u001b[2Jbye\nnow') // "␛[2Jbye⏎now"
 */
export const harmless = (text: string): string =>
  text
    .split(joiner)
    .map((part) => part.replace(active, visible))
    .join('\u200d');

function visible(char: string): string {
  const code = char.charCodeAt(0);
  if (char in shown) return shown[char]!;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '␡' : `\\u${code.toString(16).padStart(4, '0')}`;
}

/**
 * JSON text with the same characters escaped; they can only stand inside its strings, so the value stays the same.
 *
 * @example harmlessJson('["\u202e"]') // '["\\u202e"]'
 */
export const harmlessJson = (json: string): string =>
  json.replace(active, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The same of JSON on several lines: line breaks stand between its parts only, those within its texts are escaped already. */
export const harmlessJsonLines = (json: string): string => json.split('\n').map(harmlessJson).join('\n');

/** A value as JSON for programs and terminals, over several lines, the last one ended. */
export const printedJson = (value: unknown): string => `${harmlessJsonLines(JSON.stringify(value, null, 2))}\n`;
