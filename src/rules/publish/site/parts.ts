import { techniqueOf } from '../../attack/techniques.ts';
import type { Description } from '../description.ts';
import { type Html, html, outside } from './html.ts';

/** A rule as the site shows it. */
export interface Entry extends Description {
  /** The name of its page, without ending. */
  readonly page: string;
}

const TECHNIQUE = /^T\d{4}(?:\.\d{3})?$/;

/** The page of a technique, as it is called in the folder `techniques`; a rule may name what is none. */
export const techniquePage = (id: string): string =>
  TECHNIQUE.test(id) ? `${id}.html` : `other-${id.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 40)}.html`;

/** `InitialAccess` in words: `Initial Access`. */
export const tacticWords = (tactic: string): string =>
  tactic.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').replace(/ (And|Of) /, (word) => word.toLowerCase());

const verdicts = ['proved', 'unproved', 'failing', 'refused'];

/** How far the rule can be trusted; nothing where nobody looked. */
export const verdictChip = ({ standing: { verdict } }: Description): Html | undefined =>
  verdict === undefined
    ? undefined
    : html`<span class="chip ${verdicts.includes(verdict) && verdict}">${verdict}</span>`;

export const severityChip = ({ rule: { severity } }: Description): Html | undefined =>
  severity === undefined ? undefined : html`<span class="chip ${severity}">${severity}</span>`;

/** Worst severity that the linter found; nothing where nobody looked or it found nothing to do. */
export function lintChip({ standing: { lint } }: Description): Html | undefined {
  const worst = (['error', 'warning'] as const).find((severity) => (lint?.[severity] ?? 0) > 0);
  if (lint === undefined || worst === undefined) return undefined;
  return html`<span class="chip ${worst}">${lint[worst]} lint ${worst}${lint[worst] > 1 && 's'}</span>`;
}

/** A technique as a link to its page; `up` leads to the folder of `techniques`. */
export function techniqueChip(id: string, up: string): Html {
  const name = techniqueOf(id)?.name ?? 'not in ATT&CK';
  return html`<a class="chip" href="${up}techniques/${techniquePage(id)}" title="${name}">${id}</a>`;
}

/** The page of a technique at MITRE; the bare id where it is none. */
export const attackLink = (id: string): Html =>
  TECHNIQUE.test(id)
    ? outside(`https://attack.mitre.org/techniques/${id.replace('.', '/')}/`, `${id} at MITRE ATT&CK`)
    : html`${id}`;

/** A text of several paragraphs. */
export const prose = (text: string): Html =>
  html`${text
    .trim()
    .split(/\n\s*\n/)
    .slice(0, 200)
    .map((paragraph) => html`<p>${paragraph}</p>`)}`;

/** The table of rules, the same wherever it stands. */
export function ruleTable(entries: readonly Entry[], up: string, caption: string): Html {
  const judged = entries.some((entry) => verdictChip(entry) ?? lintChip(entry));
  return html`<div class="card table"><table id="rules" class="rows" aria-label="${caption}">
<thead><tr><th scope="col">Rule</th><th scope="col">Severity</th><th scope="col">Kind</th><th scope="col">Techniques</th>${judged && html`<th scope="col">Proof</th>`}</tr></thead>
<tbody>
${entries.map((entry) => row(entry, up, judged))}</tbody>
</table></div>`;
}

const kinds = { hunting: 'hunt', scheduled: 'scheduled', nrt: 'each event' } as const;

function row(entry: Entry, up: string, judged: boolean): Html {
  const { rule, tables, page } = entry;
  const more = [...tables.map(({ name }) => name), ...rule.tactics, ...rule.tags, rule.story.hypothesis ?? ''].join(
    ' ',
  );
  const facts = html`data-severity="${rule.severity ?? ''}" data-kind="${rule.kind}" data-tactic="${rule.tactics.join(' ')}" data-technique="${rule.techniques.join(' ')}" data-more="${more.slice(0, 1000)}"`;
  return html`<tr ${facts}><td><a class="name" href="${up}rules/${page}.html">${rule.name}</a><small>${short(rule.description ?? '')}</small></td><td class="inline">${severityChip(entry)}</td><td class="inline"><span class="chip">${kinds[rule.kind]}</span></td><td class="inline">${rule.techniques.map((id) => techniqueChip(id, up))}</td>${judged && html`<td class="inline">${verdictChip(entry)}${lintChip(entry)}</td>`}</tr>
`;
}

/** The first words of a text. */
function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= 180 ? line : `${line.slice(0, 178).replace(/\s\S*$/, '')} …`;
}
