/** Where something can stand in an HTML document so that it is shown. Offsets in its text. */
export interface HtmlPlaces {
  /** Behind `<body …>`, or where the document begins. */
  readonly top: number;
  /** Before `</body>`, or the end. */
  readonly bottom: number;
}

/** Elements whose content is no markup (HTML Standard, section 13.2.5): a tag in there is none. */
const TEXT_ONLY = ['script', 'style', 'title', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript'];

/**
 * Finds where a banner can stand in an HTML document; undefined where something is left open to its end (a comment, a
 * script, a tag), so that what stands behind it is not shown. Takes time linear in the text.
 *
 * @example htmlPlaces('<html><!-- <body> --><body>Hi</body></html>') // { top: 27, bottom: 29 }
 */
export function htmlPlaces(html: string): HtmlPlaces | undefined {
  const lower = html.toLowerCase();
  let top: number | undefined;
  let bottom: number | undefined;
  for (let at = lower.indexOf('<'); at >= 0; at = lower.indexOf('<', at)) {
    const end = endOfMarkup(lower, at);
    if (end === undefined) return undefined;
    if (isTag(lower, at, 'body')) top ??= end;
    if (isTag(lower, at, '/body')) bottom = at;
    if (isTag(lower, at, 'plaintext') || isTag(lower, at, 'template')) return undefined;
    at = end;
  }
  return { top: top ?? 0, bottom: bottom ?? html.length };
}

/** Where what begins with `<` at a place ends; undefined where it does not. */
function endOfMarkup(lower: string, at: number): number | undefined {
  if (lower.startsWith('<!--', at)) return after(lower, '-->', at + 2);
  if (!/[a-z/!?]/.test(lower[at + 1] ?? '')) return at + 1;
  const end = endOfTag(lower, at);
  const name = end === undefined ? undefined : TEXT_ONLY.find((one) => isTag(lower, at, one));
  if (name === undefined) return end;
  return after(lower, `</${name}`, end!);
}

const after = (text: string, what: string, from: number): number | undefined => {
  const at = text.indexOf(what, from);
  return at < 0 ? undefined : at + what.length;
};

/** Behind the `>` that is in no quoted attribute. */
function endOfTag(lower: string, start: number): number | undefined {
  let quote = '';
  /** The last character that was no blank. */
  let before = '';
  for (let at = start + 1; at < lower.length; at++) {
    const character = lower[at]!;
    if (quote !== '') quote = character === quote ? '' : quote;
    else if ((character === '"' || character === "'") && before === '=') quote = character;
    else if (character === '>') return at + 1;
    if (!/\s/.test(character)) before = character;
  }
  return undefined;
}

const isTag = (lower: string, at: number, name: string): boolean =>
  lower.startsWith(name, at + 1) && /[\s>/]/.test(lower[at + 1 + name.length] ?? '');
