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
${link === undefined ? '' : `${element('link', link)}\n`}<guid isPermaLink="false">${escaped(change.guid)}</guid>
${element('pubDate', dateOf(change.at))}
${element('category', change.kind)}
${element('description', descriptionOf(change))}
</item>
`;
}

/** HTML within the XML, as readers show it: escaped once for each. */
function descriptionOf({ path, before, diff }: PastChange): string {
  const parts = [
    path && `<p>${escaped(path)}</p>`,
    before && `<p>It was ${escaped(before)}.</p>`,
    diff && `<pre>${escaped(diff)}</pre>`,
  ];
  return parts.filter((part) => part !== undefined && part !== '').join('');
}

/** A page for people: the file at that commit, where the repository's host shows files so. */
function linkOf({ repository }: Feed, change?: PastChange): string | undefined {
  if (repository === undefined || change === undefined) return repository;
  if (change.kind === 'gone' || change.path === '' || change.commit === undefined) return repository;
  return `${repository}/blob/${change.commit}/${change.path.split('/').map(encodeURIComponent).join('/')}`;
}

/** An element of XML with a text in it. */
export const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as XML 1.0 may hold it: what it cannot hold at all becomes U+FFFD. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll(/[&<>"']/g, (char) => entities[char]!);

/** RFC 822, as RSS 2.0 asks: `Sat, 18 Jul 2026 14:00:00 GMT`. */
const dateOf = (iso: string): string => new Date(iso).toUTCString();
