import { type HtmlLink, readHtml } from './html.ts';
import type { ContentLimits, Defects } from './limits.ts';
import { linksIn } from './links-in-text.ts';
import { innerLinks, otherHost } from './read-link.ts';
import { type Url, urlOf } from './url.ts';

/** Where in the message a URL is: the words of Defender's UrlLocation. */
export type UrlLocation = 'Body' | 'Subject' | 'Attachment' | 'QRCode' | 'Header';

/** How a URL is in the message: `text` is running text, `inner` stands inside a link that was rewritten. */
export type UrlKind = HtmlLink['kind'] | 'text' | 'inner';

/** One URL of a message. */
export interface FoundUrl extends Url {
  readonly location: UrlLocation;
  readonly kind: UrlKind;
  /** The host that the reader sees, where the link's text names another one than it leads to. */
  readonly shownDomain?: string;
  /** Links with the same number are one chain: 0 is what stands in the message, 1 what that link says it leads to, … */
  readonly chain?: { readonly id: number; readonly position: number };
}

/**
 * Collects a message's URLs, each once a location, in order, within the limits.
 *
 * What is a URL here: links (`a`, `area`, Outlook's VML), form targets, `meta refresh`, images and other resources that a
 * reader's program fetches (Defender lists those of images and tracking pixels too; `kind` tells them apart), links in
 * running text, harmless forms made live. Text inside a link is none of its own: nobody can follow it; where it names
 * another host, that is `shownDomain`. A link that a known service rewrote stays as it is, and the one inside is added.
 */
export class UrlCollection {
  readonly #limits: ContentLimits;
  readonly #defects: Defects;
  readonly #found = new Map<string, FoundUrl>();
  #chains: number;

  /** @param chains chains that the message has already: ids go on behind */
  constructor(limits: ContentLimits, defects: Defects, chains = 0) {
    this.#chains = chains;
    this.#limits = limits;
    this.#defects = defects;
  }

  /** In the order in which they were found. */
  urls(): FoundUrl[] {
    return [...this.#found.values()];
  }

  /** Running text. */
  addText(text: string, location: UrlLocation): void {
    for (const { url } of linksIn(this.#withinLimit(text))) this.#add(urlOf(url), location, 'text');
  }

  /**
   * An HTML document. @param scripts whether links in scripts count: they do where a browser would open the document,
   * not in a body, whose scripts no mail reader runs
   * @returns the targets that are no URLs but may matter: `cid:…`, `data:…`
   */
  addHtml(html: string, location: UrlLocation, scripts = false): readonly string[] {
    const content = readHtml(this.#withinLimit(html));
    const base = content.base === undefined ? undefined : urlOf(content.base)?.url;
    const others: string[] = [];
    for (const { target, kind, shown } of content.links) {
      const url = urlOf(target, base);
      if (url === undefined) {
        others.push(target);
        if (shown !== undefined) this.addText(shown, location);
      } else this.#add(url, location, kind, shown === undefined ? undefined : otherHost(shown, url.domain));
    }
    this.addText(content.text, location);
    if (scripts) for (const script of content.scripts) this.addText(script, location);
    return others;
  }

  /** One link by itself, such as what a QR code says. */
  addLink(target: string, location: UrlLocation): void {
    this.#add(urlOf(target), location, 'link');
  }

  /** URLs that were found before, such as those of a message inside, each at the place given. */
  addFound(urls: readonly FoundUrl[], location: UrlLocation): void {
    for (const { url, domain, kind, shownDomain } of urls) {
      if (kind !== 'inner') this.#add({ url, domain }, location, kind, shownDomain);
    }
  }

  #add(found: Url | undefined, location: UrlLocation, kind: UrlKind, shownDomain?: string): void {
    if (found === undefined) return;
    const url = this.#cut(found);
    const key = `${location} ${url.url}`;
    const known = this.#found.get(key);
    if (known !== undefined) {
      if (known.shownDomain === undefined && shownDomain !== undefined) this.#found.set(key, { ...known, shownDomain });
      return;
    }
    const inner = innerLinks(found);
    const id = inner.length === 0 ? 0 : ++this.#chains;
    const entry = { ...url, location, kind, ...(shownDomain === undefined ? {} : { shownDomain }) };
    this.#put(key, inner.length === 0 ? entry : { ...entry, chain: { id, position: 0 } });
    for (const [index, one] of inner.entries()) {
      const cut = this.#cut(one);
      const innerKey = `${location} ${cut.url}`;
      if (this.#found.has(innerKey)) continue;
      this.#put(innerKey, { ...cut, location, kind: 'inner', chain: { id, position: index + 1 } });
    }
  }

  #put(key: string, url: FoundUrl): void {
    if (this.#found.size < this.#limits.urls) this.#found.set(key, url);
    else this.#defects.add('too many URLs');
  }

  #cut(url: Url): Url {
    if (url.url.length <= this.#limits.urlLength) return url;
    this.#defects.add('URL too long');
    return { url: url.url.slice(0, this.#limits.urlLength), domain: url.domain };
  }

  #withinLimit(text: string): string {
    if (text.length <= this.#limits.textLength) return text;
    this.#defects.add('text too long');
    return text.slice(0, this.#limits.textLength);
  }
}
