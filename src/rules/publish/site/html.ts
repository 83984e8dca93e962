import { escapedMarkup } from '../../markup.ts';

/** A text that is HTML already. Only {@link html} and {@link constant} make one. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: texts are escaped, HTML is not, lists are put together, nothing is nothing. */
export type Part = Html | string | number | undefined | false | readonly Part[];

/** What a page would not show, or would turn the writing of what follows: controls and Unicode's overrides. */
const active =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

const escaped = (text: string): string => escapedMarkup(text.toWellFormed().replaceAll(active, '\ufffd'));

function written(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  return typeof part === 'object' ? part.map(written).join('') : escaped(String(part));
}

/**
 * HTML with texts in it, each escaped for content and for attributes within `"`.
 *
 * @example html`<p title="${name}">${name}</p>` // a name `"><script>` stays a name
 */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(strings.reduce((text, string, i) => text + written(parts[i - 1]) + string));

/** The program's own HTML, script or style: never a text from a rule. */
export const constant = (text: string): Html => new Html(text);

/** A link to somewhere else: only to an address of the web; anything else stays a text. */
export function outside(address: string, words: Part = address): Html {
  const url = /^https?:\/\/[^\s"'<>\\]{1,2000}$/.test(address) ? URL.parse(address) : null;
  if (url === null || url.username !== '' || url.password !== '') return html`${words}`;
  return html`<a href="${url.href}" rel="noopener noreferrer">${words}</a>`;
}
