import { fileLink } from '../file-link.ts';
import { escapedXml } from '../markup.ts';
import type { ChangeKind, Feed, PastChange } from './feed.ts';

const titles: Readonly<Record<ChangeKind, string>> = { new: 'New', changed: 'Changed', moved: 'Moved', gone: 'Gone' };

/**
 * What the last imports of a feed found, as RSS 2.0 for feed readers: an item a change, the newest first, its guid the
 * same each time.
 */
export function rssOf(feed: Feed): string {
  const items = feed.history.map((change) => item(feed, change));
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0">
<channel>
${element('title', `Rules of ${feed.name}`)}
${element('link', linkOf(feed) ?? 'https://mailhunt.invalid/')}
${element('description', `What is new, changed, moved or gone among the rules of ${feed.repository ?? feed.name}`)}
${element('lastBuildDate', dateOf(feed.importedAt))}
${element('generator', 'mailhunt')}
${items.join('')}</channel>
</rss>
`;
}

function item(feed: Feed, change: PastChange): string {
  const link = linkOf(feed, change);
  return `<item>
${element('title', `${titles[change.kind]}: ${change.name}`)}
${link === undefined ? '' : `${element('link', link)}\n`}<guid isPermaLink="false">${escapedXml(change.guid)}</guid>
${element('pubDate', dateOf(change.at))}
${element('category', change.kind)}
${element('description', descriptionOf(change))}
</item>
`;
}

/** HTML within the XML, as readers show it: escaped once for each. */
function descriptionOf({ path, before, diff }: PastChange): string {
  const parts = [
    path && `<p>${escapedXml(path)}</p>`,
    before && `<p>It was ${escapedXml(before)}.</p>`,
    diff && `<pre>${escapedXml(diff)}</pre>`,
  ];
  return parts.filter((part) => part !== undefined && part !== '').join('');
}

/** A page for people: the file at that commit, where the repository's host shows files so. */
function linkOf({ repository }: Feed, change?: PastChange): string | undefined {
  if (repository === undefined || change === undefined) return repository;
  if (change.kind === 'gone' || change.path === '' || change.commit === undefined) return repository;
  return fileLink(repository, change.commit, change.path);
}

/** An element of XML with a text in it. */
export const element = (name: string, text: string): string => `<${name}>${escapedXml(text)}</${name}>`;

/** RFC 822, as RSS 2.0 asks: `Sat, 18 Jul 2026 14:00:00 GMT`. */
const dateOf = (iso: string): string => new Date(iso).toUTCString();
