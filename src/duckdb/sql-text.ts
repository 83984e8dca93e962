/**
 * A text as a SQL string literal. A quote is doubled; NUL, which ends a statement's text, is spelt `chr(0)`; half of a
 * surrogate pair, which UTF-8 cannot hold, becomes U+FFFD.
 *
 * @example sqlText("it's") // "'it''s'"
 * @example sqlText('a\0b') // "('a' || chr(0) || 'b')"
 */
export function sqlText(text: string): string {
  const parts = text.toWellFormed().replaceAll("'", "''").split('\0');
  if (parts.length === 1) return `'${parts[0]}'`;
  return `(${parts.map((part) => `'${part}'`).join(' || chr(0) || ')})`;
}
