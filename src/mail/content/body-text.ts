import type { Content } from './content.ts';
import { readHtml } from './html.ts';

/** Characters of either form that are looked at. */
const LONGEST = 1 << 18;

/**
 * The words of a message's body as a reader has them before him: of its HTML what is shown, labels of links behind the
 * rest, else its plain text. Where both forms are there they may say different things; `both` gives the one after the
 * other. Hostile text.
 *
 * @example bodyTextOf(contentOf(message)) // 'Dear Anna,\nyour mailbox is full. …'
 */
export function bodyTextOf({ text, html }: Pick<Content, 'text' | 'html'>, { both = false } = {}): string {
  const plain = text.slice(0, LONGEST);
  if (html === undefined) return plain;
  const shown = shownText(html.slice(0, LONGEST));
  if (both && plain !== '') return `${shown}\n${plain}`;
  return shown.trim() === '' ? plain : shown;
}

function shownText(html: string): string {
  const { text, links } = readHtml(html);
  return [text, ...links.flatMap(({ shown }) => shown ?? [])].join('\n');
}
