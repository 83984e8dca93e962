/** A pattern that is wrong, or that this engine has no words for. */
export class PatternError extends Error {}

const controls: Readonly<Record<string, string>> = { a: '\x07', f: '\f', t: '\t', n: '\n', r: '\r', v: '\v' };

/** The character that stands behind a backslash, and how much of the text spells it. */
export function escapedCharacter(text: string): { character: string; length: number } {
  const [hex, ...digits] =
    /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[xuU]\{([0-9a-fA-F]{1,6})\})/.exec(text) ?? [];
  if (hex !== undefined) {
    const code = Number.parseInt(digits.find((part) => part !== undefined) as string, 16);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw new PatternError(`\\${hex} is no character`);
    return { character: String.fromCodePoint(code), length: hex.length };
  }
  const first = text[0] ?? '';
  if (first === '') throw new PatternError('a backslash stands at the end');
  if (/[0-9]/.test(first)) throw new PatternError('references to groups are not supported');
  const control = controls[first];
  if (control !== undefined) return { character: control, length: 1 };
  if (!/[\0-\x7f]/.test(first) || /[A-Za-z<>]/.test(first)) throw new PatternError(`\\${first} is not known`);
  return { character: first, length: 1 };
}
