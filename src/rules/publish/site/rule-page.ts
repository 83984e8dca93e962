import type { FalsePositive, ResponseStep } from '../../rule.ts';
import { lintWords, scheduleWords } from '../rule-markdown.ts';
import { type Html, html, outside, type Part } from './html.ts';
import { kqlMarks } from './kql-marks.ts';
import { pageText } from './page.ts';
import {
  attackLink,
  type Entry,
  lintChip,
  prose,
  severityChip,
  tacticWords,
  techniqueChip,
  verdictChip,
} from './parts.ts';

/** The page of a rule: all that `rules show` says. */
export function rulePage(entry: Entry, pages: ReadonlyMap<string, string>, site: string): string {
  const { rule } = entry;
  const body = html`<h1>${rule.name}</h1>
<p class="lead">${rule.description ?? ''}</p>
<p class="chips">${severityChip(entry)}<span class="chip">${rule.kind}</span>${verdictChip(entry)}${lintChip(entry)}${rule.techniques.map((id) => techniqueChip(id, '../'))}</p>
<div class="two">
<div>
${sectionsOf(entry, pages)}
</div>
<aside class="card" aria-label="Facts">
<dl>${factsOf(entry).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
</aside>
</div>`;
  return pageText({ title: rule.name, site, up: '../', body, script: 'copy', part: 'rules' });
}

const section = (heading: string, body: Html): Html =>
  body.text === ''
    ? body
    : html`<section class="card"><h2>${heading}</h2>${body}</section>
`;

const list = (items: readonly Part[]): Html =>
  items.length === 0 ? html`` : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;

const maybe = (text: string | undefined): Html => (text === undefined ? html`` : prose(text));

function sectionsOf({ rule, missing }: Entry, pages: ReadonlyMap<string, string>): readonly Html[] {
  const { story } = rule;
  const companion = (name: string): Html => {
    const page = pages.get(name);
    return page === undefined ? html`${name}` : html`<a href="${page}.html">${name}</a>`;
  };
  return [
    section('Hypothesis', maybe(story.hypothesis)),
    section('Query', code('query', rule.query, true)),
    section('Why this severity', maybe(story.severityReason)),
    section('Known false positives', list((story.falsePositives ?? []).map(falsePositive))),
    section('Response', html`${(story.response ?? []).map(step)}`),
    section('Investigation', questions(story.investigation ?? [])),
    section('Tuning', list(story.tuning ?? [])),
    section('Try it', atomicTest(story.atomicTest)),
    section('Companions', list((story.companions ?? []).map(companion))),
    section('References', list((story.references ?? []).map((one) => outside(one)))),
    section('What it does not say', list(missing)),
  ];
}

/** A block of code with a button that copies it. */
const code = (id: string, text: string, isKql: boolean): Html =>
  html`<div class="code"><button class="copy" type="button" aria-controls="${id}" hidden>Copy</button><pre tabindex="0"><code id="${id}">${isKql ? kqlMarks(text.trimEnd()) : text.trimEnd()}</code></pre></div>`;

const falsePositive = ({ description, watchlist }: FalsePositive): Html =>
  html`${description}${watchlist !== undefined && html` <span class="chip" title="A watchlist">${watchlist}</span>`}`;

const step = ({ action, when, how }: ResponseStep): Html =>
  html`<div class="step"><strong>${action}</strong><div><p>When ${when}:</p><p class="quiet">${how}</p></div></div>`;

/** Questions in order; below the words of each, the KQL that answers. */
function questions(texts: readonly string[]): Html {
  if (texts.length === 0) return html``;
  return html`<ol>${texts.map((text, i) => {
    const [first = '', ...kql] = text.trim().split('\n');
    return html`<li>${first}${kql.length > 0 && code(`question-${i + 1}`, kql.join('\n'), true)}</li>`;
  })}</ol>`;
}

function atomicTest(test: Entry['rule']['story']['atomicTest']): Html {
  if (test === undefined) return html``;
  const commands = test.steps.map((one) => one.replaceAll(/\s+/g, ' ')).join('\n');
  return html`<p>The scenario <strong>${test.scenario}</strong> of the lab makes it fire:</p>${code('try-it', commands, false)}`;
}

function factsOf(entry: Entry): readonly (readonly [string, Part])[] {
  const { rule, standing, tables, columns, watchlists, source, techniques } = entry;
  const { provenance, story } = rule;
  const facts: readonly (readonly [string, Part])[] = [
    ['Proof', standing.verdict],
    ['Lint', standing.lint && lintWords(standing.lint)],
    ['Confidence', story.confidence],
    ['Tactics', rule.tactics.map(tacticWords).join(', ')],
    [
      'ATT&CK',
      lines(
        techniques.map(
          ({ id, name }) => html`${attackLink(id)}${name !== '' && html`<br><span class="quiet">${name}</span>`}`,
        ),
      ),
    ],
    ['When it runs', scheduleWords(rule)],
    [
      'Reads',
      lines(
        tables.map(
          ({ name, connector }) =>
            html`${name}${connector !== '' && html`<br><span class="quiet">${connector}</span>`}`,
        ),
      ),
    ],
    ['Watchlists', watchlists.join(', ')],
    ['Returns', columns.map(({ name }) => name).join(', ')],
    ['Source', source === undefined ? provenance.path : outside(source, provenance.path)],
    ['Retrieved', provenance.retrievedAt],
    ['Version', rule.version],
    ['Id', rule.id],
  ];
  return facts.filter(([, value]) => value !== undefined && value !== '');
}

const lines = (items: readonly Html[]): Part =>
  items.length === 0 ? '' : items.map((item) => html`<div>${item}</div>`);
