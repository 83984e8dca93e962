import { innerLink } from './link-rewriters.ts';
import { linksIn } from './links-in-text.ts';
import { type Url, urlOf } from './url.ts';

/** Where a link leads. */
export interface Link extends Url {
  /** The host that its text names, where that is another one. */
  readonly shownDomain?: string;
  /** What known services rewrote, undone step by step: the last one is where it ends up. */
  readonly inner: readonly Url[];
}

/** Rewritten links inside each other. */
const CHAIN = 5;

/**
 * Reads one link as a person should see it; undefined where it leads to no other machine (`mailto:`, `javascript:`).
 *
 * @param shown the link's text
 * @example readLink('https://evil.example/', 'www.contoso.com')?.shownDomain // 'www.contoso.com'
 */
export function readLink(target: string, shown = ''): Link | undefined {
  const url = urlOf(target);
  if (url === undefined) return undefined;
  const inner = innerLinks(url);
  // Who rewrote a link has not changed where it leads: its text may name any step of the way.
  const others = [url, ...inner].map(({ domain }) => otherHost(shown, domain));
  const shownDomain = others.every((one) => one !== undefined) ? others[0] : undefined;
  return { ...url, ...(shownDomain !== undefined && { shownDomain }), inner };
}

/** What known services rewrote, undone step by step. */
export function innerLinks(url: Url): Url[] {
  const inner: Url[] = [];
  for (let at = url; inner.length < CHAIN; ) {
    const text = innerLink(at.url, at.domain);
    const next = text === undefined ? undefined : urlOf(text);
    if (next === undefined || next.url === at.url) break;
    inner.push(next);
    at = next;
  }
  return inner;
}

/** The host that a link's text names, where it is another one; `www.` makes no difference. */
export function otherHost(shown: string, domain: string): string | undefined {
  const link = shown.includes('.') || shown.includes(':') ? linksIn(shown)[0] : undefined;
  const named = link === undefined ? undefined : urlOf(link.url)?.domain;
  const bare = (host: string): string => (host.startsWith('www.') ? host.slice(4) : host);
  return named === undefined || bare(named) === bare(domain) ? undefined : named;
}
