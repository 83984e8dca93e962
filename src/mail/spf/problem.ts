/** What is wrong with a text, in words that follow "has": `{ problem: 'two redirect= modifiers' }`. */
export interface Problem {
  readonly problem: string;
}

const SHOWN_MAX = 100;

/**
 * Text of a sender as it may stand in a reason: the beginning of it, in printable US-ASCII.
 *
 * @example shown('a\u001b[2Jb') // 'a?[2Jb'
 */
export function shown(text: string): string {
  const short = text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}...` : text;
  return short.replace(/[^\x20-\x7e]/g, '?');
}

export function quoted(text: string): string {
  return `"${shown(text)}"`;
}
