import type { Rule } from '../../rule.ts';
import { describeRule, type Standing } from '../description.ts';
import type { ExportedFile } from '../export.ts';
import { exportNames } from '../export-names.ts';
import { grouped } from '../grouped.ts';
import { indexPage } from './index-page.ts';
import { type Entry, techniquePage } from './parts.ts';
import { rulePage } from './rule-page.ts';
import { siteFeed } from './site-feed.ts';
import { coverageText, techniqueText } from './technique-pages.ts';

export interface SiteOptions {
  /** What `now()` is for queries, datetime ticks; it stands in no page. */
  readonly now: bigint;
  readonly title: string;
  /** Where the site will stand, for the links of its feed. */
  readonly url?: string;
}

const order = ['High', 'Medium', 'Low', 'Informational', undefined];

/**
 * A catalogue of rules as pages that need no server and load nothing from outside: a first page to search, a page for each
 * rule and each technique, and an RSS feed. The same rules make the same bytes.
 *
 * @example ruleSite([[rule, {}]], { now, title: 'Our rules' })[0].path // 'index.html'
 */
export function ruleSite(
  rules: readonly (readonly [Rule, Standing])[],
  { now, title, url }: SiteOptions,
): readonly ExportedFile[] {
  const names = exportNames(rules.map(([rule]) => rule));
  const entries = rules
    .map(([rule, standing]): Entry => ({ ...describeRule(rule, now, standing), page: names.get(rule)! }))
    .toSorted((a, b) => order.indexOf(a.rule.severity) - order.indexOf(b.rule.severity) || compare(a, b));
  const pages = new Map(entries.map(({ rule, page }) => [rule.name, page]));
  const techniques = grouped(
    entries.flatMap((entry) => [...new Set(entry.rule.techniques)].map((id) => [id, entry] as const)),
    ([id]) => techniquePage(id),
  );
  return [
    { path: 'index.html', text: indexPage(entries, title) },
    ...entries.map((entry) => ({ path: `rules/${entry.page}.html`, text: rulePage(entry, pages, title) })),
    { path: 'techniques/index.html', text: coverageText(entries, title) },
    ...[...techniques].map(([page, found]) => ({
      path: `techniques/${page}`,
      text: techniqueText(
        found[0]![0],
        found.map(([, entry]) => entry),
        title,
      ),
    })),
    { path: 'feed.xml', text: siteFeed(entries, title, url) },
  ];
}

const compare = (a: Entry, b: Entry): number => (a.rule.name < b.rule.name ? -1 : a.rule.name > b.rule.name ? 1 : 0);
