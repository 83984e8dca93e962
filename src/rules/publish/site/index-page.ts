import { tactics } from '../../attack/techniques.ts';
import { severities } from '../../rule.ts';
import { type Html, html } from './html.ts';
import { pageText } from './page.ts';
import { type Entry, ruleTable, tacticWords } from './parts.ts';

/** The first page: all rules, to search and to choose from. */
export function indexPage(entries: readonly Entry[], site: string): string {
  const body = html`<h1>${site}</h1>
<p class="lead">${summaryOf(entries)}</p>
${filter(entries)}
<p class="count" id="shown" role="status">${entries.length} rules</p>
<p id="none" class="card" hidden>No rule fits. Take a word or a choice away.</p>
${ruleTable(entries, '', 'All rules')}`;
  return pageText({ title: site, site, up: '', body, script: 'search', part: 'rules' });
}

function summaryOf(entries: readonly Entry[]): string {
  const techniques = new Set(entries.flatMap(({ rule }) => rule.techniques)).size;
  const words = [`${entries.length} rules for ${techniques} techniques of ATT&CK`];
  const looked = entries.filter(({ standing }) => standing.verdict !== undefined);
  const proved = looked.filter(({ standing }) => standing.verdict === 'proved').length;
  if (looked.length > 0) words.push(`${proved} of them proved by their tests`);
  return `${words.join(', ')}.`;
}

type Choice = readonly [value: string, words: string];

function filter(entries: readonly Entry[]): Html {
  const rules = entries.map(({ rule }) => rule);
  const techniques = new Map(entries.flatMap((entry) => entry.techniques.map(({ id, name }) => [id, name] as const)));
  const choices: readonly (readonly [name: string, words: string, choices: readonly Choice[]])[] = [
    [
      'tactic',
      'Tactic',
      inUse(
        tactics,
        rules.flatMap((rule) => rule.tactics),
      ).map((one) => [one, tacticWords(one)]),
    ],
    ['technique', 'Technique', [...techniques].toSorted(byFirst).map(([id, name]) => [id, `${id} ${name}`.trim()])],
    [
      'severity',
      'Severity',
      inUse(
        severities.toReversed(),
        rules.map(({ severity }) => severity),
      ).map((one) => [one, one]),
    ],
    [
      'kind',
      'Kind',
      inUse(
        ['scheduled', 'nrt', 'hunting'],
        rules.map(({ kind }) => kind),
      ).map((one) => [one, one]),
    ],
  ];
  return html`<form id="filter" class="card" role="search" hidden>
<label>Search<input type="search" name="search" placeholder="Words, tables, techniques" autocomplete="off"></label>
${choices.map(([name, words, list]) => select(name, words, list))}<button type="reset">Clear</button>
</form>`;
}

const byFirst = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : 1);

/** Those of the known words that are used, in their order. */
const inUse = (known: readonly string[], used: readonly (string | undefined)[]): readonly string[] =>
  known.filter((word) => used.includes(word));

const select = (name: string, words: string, choices: readonly Choice[]): Html =>
  html`<label>${words}<select name="${name}"><option value="">All</option>${choices.map(([value, shown]) => html`<option value="${value}">${shown}</option>`)}</select></label>
`;
