import { element } from '../../feed/rss.ts';
import { nameGuid } from '../../guid.ts';
import type { Entry } from './parts.ts';

/**
 * The rules as RSS 2.0: an item a rule, whose guid changes with what the rule says, so that readers show it anew.
 *
 * @param url where the site stands; without it items have no links
 */
export function siteFeed(entries: readonly Entry[], site: string, url: string | undefined): string {
  const base = url?.replace(/\/?$/, '/');
  const items = entries.map((entry) => item(entry, base));
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0">
<channel>
${element('title', site)}
${element('link', base ?? 'https://mailhunt.invalid/')}
${element('description', `${entries.length} detection rules`)}
${element('generator', 'mailhunt')}
${items.join('')}</channel>
</rss>
`;
}

function item({ rule, page }: Entry, base: string | undefined): string {
  const said = JSON.stringify([rule.id, rule.name, rule.version, rule.query, rule.severity, rule.description]);
  const lines = [
    element('title', rule.name),
    ...(base === undefined ? [] : [element('link', `${base}rules/${page}.html`)]),
    `<guid isPermaLink="false">${nameGuid(said)}</guid>`,
    ...rule.tactics.map((tactic) => element('category', tactic)),
    element('description', rule.description ?? ''),
  ];
  return `<item>\n${lines.join('\n')}\n</item>\n`;
}
