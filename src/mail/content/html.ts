import { decodeHTML, decodeHTMLAttribute } from 'entities';

/** What in an HTML document leads somewhere. */
export interface HtmlLink {
  /** Entities decoded, otherwise as written. */
  readonly target: string;
  /** `form` where input is sent, `resource` where the reader's program fetches by itself: images, styles, frames. */
  readonly kind: 'link' | 'form' | 'resource';
  /** What is shown for it, where it is an `<a>`: the first 2,000 characters. */
  readonly shown?: string;
}

export interface HtmlContent {
  /** In order. */
  readonly links: readonly HtmlLink[];
  /** What is shown outside of links; blocks are lines. */
  readonly text: string;
  /** What stands in `<script>`. */
  readonly scripts: readonly string[];
  /** The last word on what relative links are relative to: the first `<base href>`. */
  readonly base: string | undefined;
}

type Kind = HtmlLink['kind'];

/** Attributes whose value is a link, whatever the tag, and what kind of link. Outlook's VML uses `href` and `src` too. */
const ATTRIBUTES: ReadonlyMap<string, Kind | 'style' | 'content' | 'srcset'> = new Map([
  ['href', 'link'],
  ['xlink:href', 'link'],
  ['action', 'form'],
  ['formaction', 'form'],
  ['src', 'resource'],
  ['background', 'resource'],
  ['poster', 'resource'],
  ['data', 'resource'],
  ['srcset', 'srcset'],
  ['style', 'style'],
  ['content', 'content'],
]);

/** Elements whose content is text up to their own end tag (HTML, "parsing HTML fragments"), and is shown or not. */
const RAW_TEXT: ReadonlyMap<string, 'shown' | 'hidden' | 'script'> = new Map([
  ['script', 'script'],
  ['style', 'hidden'],
  ['title', 'hidden'],
  ['textarea', 'shown'],
  ['xmp', 'shown'],
  ['iframe', 'hidden'],
  ['noembed', 'hidden'],
  ['noframes', 'hidden'],
]);

/** Elements inside a line: all others end it. */
const INLINE = new Set(
  'a abbr b bdi bdo big cite code em font i ins kbd mark q s small span strike strong sub sup tt u wbr'.split(' '),
);

/** Characters of a link's text that are kept; more than that is no label but an `<a>` that was not closed. */
const LONGEST_LABEL = 2000;

/** Conditional comments inside each other that are read; Outlook reads one level. */
const COMMENT_DEPTH = 2;

/**
 * Finds what leads somewhere in an HTML document, in one pass without a tree. Tags, attributes, comments and raw text are
 * taken apart as browsers do (HTML standard, "tokenization"), so that what a reader sees as a link is one here. The
 * content of `<!--[if …]>` comments is read as well: Outlook shows it. Never throws; linear in the length.
 *
 * @example readHtml('<a href="https://example.com/">our site</a>').links[0].target // 'https://example.com/'
 */
export function readHtml(html: string): HtmlContent {
  const scan = new Scan();
  scan.read(html, 0);
  return scan.content();
}

/** What an HTML document says without its tags, labels of links included. */
export function htmlText(html: string): string {
  const { links, text } = readHtml(html);
  return [text, ...links.flatMap(({ shown = '' }) => shown || [])].join('\n');
}

/** What a character ends, as bits; characters beyond ASCII end nothing. */
const SPACE = 1;
const NAME_END = 2;
const ATTRIBUTE_NAME_END = 4;
const UNQUOTED_END = 8;
const CLASSES = new Uint8Array(128);
for (const space of '\t\n\f\r ') CLASSES[space.charCodeAt(0)] = SPACE | NAME_END | ATTRIBUTE_NAME_END | UNQUOTED_END;
CLASSES['/'.charCodeAt(0)] = NAME_END | ATTRIBUTE_NAME_END;
CLASSES['>'.charCodeAt(0)] = NAME_END | ATTRIBUTE_NAME_END | UNQUOTED_END;
CLASSES['='.charCodeAt(0)] = ATTRIBUTE_NAME_END;

const COMMENT_END = /--!?>/g;

class Scan {
  readonly #links: HtmlLink[] = [];
  readonly #texts: string[] = [];
  readonly #scripts: string[] = [];
  #base: string | undefined;
  /** The `<a>` that is open: its place in `#links`, and where its text begins in `#texts`. */
  #anchor: { readonly link: number; readonly text: number } | undefined;

  content(): HtmlContent {
    this.#closeAnchor();
    const text = this.#texts.join('');
    return { links: this.#links, text: decoded(text), scripts: this.#scripts, base: this.#base };
  }

  read(html: string, depth: number): void {
    let shown = 0;
    for (let at = html.indexOf('<'); at >= 0; ) {
      const next = html.charCodeAt(at + 1);
      if (!isLetter(next) && next !== 47 && next !== 33 && next !== 63) {
        at = html.indexOf('<', at + 1);
        continue;
      }
      if (at > shown) this.#texts.push(html.slice(shown, at));
      shown = isLetter(next)
        ? this.#startTag(html, at + 1)
        : next === 47
          ? this.#endTag(html, at + 2)
          : this.#markup(html, at + 2, depth);
      at = html.indexOf('<', shown);
    }
    if (shown < html.length) this.#texts.push(html.slice(shown));
  }

  /** `<!…>` and `<?…>`. */
  #markup(html: string, at: number, depth: number): number {
    if (html.charCodeAt(at - 1) !== 33 || !html.startsWith('--', at)) return behind(html, '>', at);
    if (html[at + 2] === '>') return at + 3;
    if (html.startsWith('->', at + 2)) return at + 4;
    COMMENT_END.lastIndex = at + 2;
    const end = COMMENT_END.exec(html);
    const close = end === null ? html.length : end.index;
    if (depth < COMMENT_DEPTH && /^\s{0,9}\[if\b/i.test(html.slice(at + 2, at + 20))) {
      const condition = html.indexOf(']>', at + 2);
      if (condition >= 0 && condition < close) this.read(html.slice(condition + 2, close), depth + 1);
    }
    return end === null ? html.length : end.index + end[0].length;
  }

  #endTag(html: string, at: number): number {
    if (!isLetter(html.charCodeAt(at))) return behind(html, '>', at);
    const nameEnd = endOf(NAME_END, html, at);
    const name = html.slice(at, Math.min(nameEnd, at + 12)).toLowerCase();
    if (name === 'a') this.#closeAnchor();
    else if (!INLINE.has(name)) this.#texts.push('\n');
    return html[nameEnd] === '>' ? nameEnd + 1 : endOfTag(html, nameEnd, undefined);
  }

  #startTag(html: string, at: number): number {
    const nameEnd = endOf(NAME_END, html, at);
    const name = html.slice(at, Math.min(nameEnd, at + 12)).toLowerCase();
    if (name === 'a') this.#closeAnchor();
    else if (!INLINE.has(name)) this.#texts.push('\n');
    const found = html[nameEnd] === '>' ? undefined : ([] as Attribute[]);
    const end = found === undefined ? nameEnd + 1 : endOfTag(html, nameEnd, found);
    // A tag that the document's end cuts off is none (HTML, "eof-in-tag").
    if (end > html.length) return html.length;
    if (found !== undefined && found.length > 0) this.#take(name, found);
    const raw = RAW_TEXT.get(name);
    return raw === undefined ? end : this.#rawText(html, name, end, raw);
  }

  #take(name: string, attributes: readonly Attribute[]): void {
    const seen = new Set<string>();
    for (const attribute of attributes) {
      // The first of a name counts.
      if (seen.has(attribute.name)) continue;
      seen.add(attribute.name);
      const value = attribute.value.includes('&') ? decodeHTMLAttribute(attribute.value) : attribute.value;
      const kind = ATTRIBUTES.get(attribute.name)!;
      if (kind === 'style') this.#addStyle(value);
      else if (kind === 'content') this.#addContent(name, value);
      else if (kind === 'srcset')
        for (const one of value.split(/,\s/)) this.#add(one.trim().split(/\s/)[0]!, 'resource');
      else if (name === 'base') this.#base ??= value;
      else this.#add(value, name === 'link' ? 'resource' : kind, name === 'a' && attribute.name !== 'src');
    }
  }

  #add(target: string, kind: Kind, isAnchor = false): void {
    if (target === '') return;
    if (isAnchor) this.#anchor = { link: this.#links.length, text: this.#texts.length };
    this.#links.push({ target, kind });
  }

  #addStyle(style: string): void {
    if (!/url\(/i.test(style)) return;
    for (const [, target] of style.matchAll(/url\(\s{0,9}["']?([^"')\s]+)/gi)) this.#add(target!, 'resource');
  }

  /** `<meta http-equiv="refresh" content="0; url=…">`; nothing else has a `content` of that form. */
  #addContent(name: string, value: string): void {
    if (name !== 'meta') return;
    const target = /^\s{0,9}[\d.]{0,9}\s{0,9}[;,]?\s{0,9}url\s{0,9}=\s{0,9}["']?([^"']+)/i.exec(value)?.[1];
    if (target !== undefined) this.#add(target.trim(), 'link');
  }

  #rawText(html: string, name: string, at: number, kind: 'shown' | 'hidden' | 'script'): number {
    const end = endOfRawText(html, name, at);
    if (kind === 'shown') this.#texts.push(html.slice(at, end), '\n');
    if (kind === 'script') this.#scripts.push(html.slice(at, end));
    return end;
  }

  #closeAnchor(): void {
    if (this.#anchor === undefined) return;
    const { link, text } = this.#anchor;
    this.#anchor = undefined;
    let length = 0;
    for (let at = text; at < this.#texts.length && length <= LONGEST_LABEL; at++) length += this.#texts[at]!.length;
    if (length > LONGEST_LABEL) return;
    const shown = decoded(this.#texts.splice(text).join('')).trim();
    // What stands on either side of the link are two words.
    this.#texts.push(' ');
    if (shown !== '') this.#links[link] = { ...this.#links[link]!, shown };
  }
}

interface Attribute {
  /** Lower case. */
  readonly name: string;
  /** As written. */
  readonly value: string;
}

/** Reads attributes up to the tag's `>` and returns the place behind it: past the end where there is none. */
function endOfTag(html: string, from: number, found: Attribute[] | undefined): number {
  for (let at = from; at < html.length; ) {
    const code = html.charCodeAt(at);
    if (code === 62) return at + 1;
    if (code === 47 || isSpace(code)) {
      at++;
      continue;
    }
    // A `=` that begins a name belongs to it.
    const nameEnd = endOf(ATTRIBUTE_NAME_END, html, at + 1);
    const equals = behindSpace(html, nameEnd);
    if (html.charCodeAt(equals) !== 61) {
      at = nameEnd;
      continue;
    }
    const valueAt = behindSpace(html, equals + 1);
    const quote = html.charCodeAt(valueAt);
    const quoted = quote === 34 || quote === 39;
    const start = quoted ? valueAt + 1 : valueAt;
    const end = quoted ? html.indexOf(quote === 34 ? '"' : "'", start) : endOf(UNQUOTED_END, html, start);
    if (end < 0) return html.length + 1;
    if (found !== undefined && maybeLink(html, at, nameEnd)) {
      const name = html.slice(at, nameEnd).toLowerCase();
      if (ATTRIBUTES.has(name)) found.push({ name, value: html.slice(start, end) });
    }
    at = quoted ? end + 1 : end;
  }
  return html.length + 1;
}

function behindSpace(html: string, from: number): number {
  let at = from;
  while (isSpace(html.charCodeAt(at))) at++;
  return at;
}

/** The place of the end tag that closes raw text, or the end. */
function endOfRawText(html: string, name: string, from: number): number {
  for (let at = html.indexOf('</', from); at >= 0; at = html.indexOf('</', at + 2)) {
    const end = at + 2 + name.length;
    if (html.slice(at + 2, end).toLowerCase() === name && /[\t\n\f\r />]/.test(html[end] ?? '>')) return at;
  }
  return html.length;
}

/** The next character that ends what is read, or the text's end. */
function endOf(mark: number, text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128 && (CLASSES[code]! & mark) !== 0) return at;
  }
  return text.length;
}

function behind(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + 1;
}

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13 && code !== 11);

const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;

/** First letter and length of the attributes that matter, so that few names are made into strings. */
const SHAPES = new Set([...ATTRIBUTES.keys()].map((name) => name.charCodeAt(0) * 16 + name.length));

const maybeLink = (html: string, start: number, end: number): boolean =>
  end - start < 16 && SHAPES.has((html.charCodeAt(start) | 32) * 16 + end - start);

const decoded = (text: string): string => (text.includes('&') ? decodeHTML(text) : text);
