import { type Html, html } from '../../rules/index.ts';
import type { Investigation, NextStep, VerdictWord } from '../investigation.ts';
import { accuses } from '../verdict/words.ts';
import { safePage } from './safe-page.ts';
import { factsOf, percent, pointsText, reasonsOf, type Section, storyOf, wordTitles } from './sections.ts';

/**
 * The report as one HTML file: no script, nothing remote, no link, everything of the message escaped. It may be mailed,
 * printed and kept.
 */
export function reportHtml(investigation: Investigation): string {
  const { evidence, verdict, why, nextSteps, letter, asOf } = investigation;
  const subject = evidence.message.subject === '' ? '(no subject)' : evidence.message.subject;
  return safePage(
    html`${wordTitles[verdict.word]}: ${subject}`,
    html`<header>
<p class="kind">mailhunt investigation</p>
<h1>${subject}</h1>
<p class="marks"><span class="mark ${tone(verdict.word)}">${wordTitles[verdict.word]}</span> <span class="mark">${percent(verdict.confidence)} sure</span>
<span class="mark risk-${verdict.risk.level}">Risk: ${verdict.risk.level}</span></p>
<p class="lead">${verdict.summary}</p>
${verdict.risk.reasons.length > 0 && html`<p class="quiet">${verdict.risk.reasons.join(' ')}</p>`}
</header>
<main>
${section(factsOf(investigation))}
<section><h2>Why authentication came out so</h2><ul>${why.map((words) => html`<li>${words}</li>`)}</ul></section>
<section><h2>Verdicts by points</h2>${ranking(verdict.ranking)}</section>
${section(reasonsOf(investigation))}
<section><h2>What to do</h2><ol>${nextSteps.map(step)}</ol></section>
${letter?.record !== undefined && html`<section><h2>The record to publish</h2><pre>${letter.record.name} ${letter.record.type} "${letter.record.value}"</pre></section>`}
${storyOf(investigation).map(section)}
</main>
<footer><p>Made by mailhunt on ${asOf.slice(0, 19).replace('T', ' ')} UTC. Texts of the message are shown as they are and lead nowhere.</p></footer>`,
  );
}

const tone = (word: VerdictWord): string => (accuses(word) ? 'bad' : word === 'legitimate' ? 'good' : 'warn');

const WIDTH = 240;

/** Bars are drawn as pictures: the page's policy lets no style attribute in. */
function ranking(words: Investigation['verdict']['ranking']): Html {
  const most = Math.max(1, ...words.map(({ points }) => points));
  const row = ({ word, points }: (typeof words)[number]): Html => {
    const width = Math.round((Math.max(0, points) / most) * WIDTH);
    return html`<tr><th scope="row">${wordTitles[word]}</th><td class="number">${pointsText(points)}</td>
<td class="bar"><svg width="${WIDTH}" height="10" aria-hidden="true"><rect class="${tone(word)}" width="${width}" height="10" rx="2"/></svg></td></tr>`;
  };
  return html`<div class="scroll"><table class="ranking"><tbody>${words.map(row)}</tbody></table></div>`;
}

const step = ({ words, query, text }: NextStep): Html =>
  html`<li><p>${words}</p>${query !== undefined && html`<pre class="kql">${query}</pre>`}${text !== undefined && html`<pre>${text}</pre>`}</li>`;

function section(one: Section): Html {
  const heading = html`<h2>${one.title}</h2>`;
  if (one.kind === 'facts')
    return html`<section>${heading}<dl>${one.facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>`;
  if (one.kind === 'sentences')
    return html`<section>${heading}<ul>${one.sentences.map((words) => html`<li>${words}</li>`)}</ul></section>`;
  const head = one.columns.map((name) =>
    name === '' ? html`<td class="word"></td>` : html`<th scope="col">${name}</th>`,
  );
  const cellOf = (cell: string, at: number): Html =>
    one.columns[at] === '' ? html`<td class="word">${cell}</td>` : html`<td>${cell}</td>`;
  const rows = one.rows.map((row) => html`<tr>${row.map(cellOf)}</tr>`);
  return html`<section>${heading}<div class="scroll" tabindex="0" role="region" aria-label="${one.title}"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>
${one.more > 0 && html`<p class="quiet">… and ${one.more} more.</p>`}</section>`;
}
