import { techniqueOf } from '../../attack/techniques.ts';
import { type Covered, coverageOf } from '../coverage.ts';
import { grouped } from '../grouped.ts';
import { html } from './html.ts';
import { pageText } from './page.ts';
import { attackLink, type Entry, ruleTable, tacticWords, techniquePage } from './parts.ts';

/** The page of a technique: the rules that look for it. */
export function techniqueText(id: string, entries: readonly Entry[], site: string): string {
  const technique = techniqueOf(id);
  const words =
    technique === undefined ? 'ATT&CK has no technique of this id.' : technique.tactics.map(tacticWords).join(', ');
  const body = html`<h1>${id} ${technique?.name ?? ''}</h1>
<p class="lead">${words} · ${attackLink(id)}${technique?.successor !== undefined && html` · now ${attackLink(technique.successor)}`}</p>
<p class="count">${entries.length === 1 ? '1 rule' : `${entries.length} rules`}</p>
${ruleTable(entries, '../', `Rules for ${id}`)}`;
  return pageText({ title: `${id} ${technique?.name ?? ''}`.trim(), site, up: '../', body, part: 'techniques' });
}

/** What the rules cover, by tactic. */
export function coverageText(entries: readonly Entry[], site: string): string {
  const byTactic = grouped(coverageOf(entries.map(({ rule }) => rule)), ({ tactic }) => tactic);
  const body = html`<h1>Techniques</h1>
<p class="lead">What the rules look for, by tactic of ATT&amp;CK, with the number of rules.</p>
<div class="tactics">${[...byTactic].map(
    ([
      tactic,
      covered,
    ]) => html`<section class="card"><h2>${tacticWords(tactic)}</h2><ul>${covered.map(item)}</ul></section>
`,
  )}</div>`;
  return pageText({ title: 'Techniques', site, up: '../', body, part: 'techniques' });
}

const item = ({ technique, name, rules }: Covered) =>
  html`<li><a href="${techniquePage(technique)}">${technique} ${name}</a><span class="chip">${rules.length}</span></li>`;
