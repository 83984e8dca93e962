import { safePage } from '../../investigate/index.ts';
import type { Replay } from '../../policy/index.ts';
import { type Html, html } from '../../rules/index.ts';
import {
  type AuthorWords,
  type ComparisonWords,
  comparisonWords,
  type GroupWords,
  type HeldRow,
  type MendWords,
  type SimulationWords,
  simulationWords,
} from './replay-words.ts';
import { count } from './simulation-words.ts';

/** A replay as one HTML file: no script, nothing remote, everything of the messages escaped. */
export function replayHtml({ simulations, comparison }: Replay): string {
  const all = simulations.map(simulationWords);
  const names = all.map(({ policy }) => policy).join(' and ');
  return safePage(
    html`Replay: ${names}`,
    html`<header>
<p class="kind">mailhunt policy simulate</p>
<h1>${names}</h1>
${all.map(lead)}
</header>
<main>
${all.map((one) => simulationParts(one, all.length > 1))}
${comparison !== undefined && comparisonPart(comparisonWords(comparison))}
</main>
<footer><p>Made by mailhunt on ${simulations[0]?.until.slice(0, 19).replace('T', ' ') ?? ''} UTC. Texts of messages are shown as they are and lead nowhere.</p></footer>`,
  );
}

function lead({ title, span, messages: { innocent, unclear, guilty, unseen } }: SimulationWords): Html {
  return html`<p class="lead">${title}: ${span}</p>
<p class="marks"><span class="mark ${innocent > 0 ? 'warn' : 'good'}">${held(innocent)} innocent</span>
${unclear > 0 && html`<span class="mark warn">${count(unclear, 'held message')} unclear</span>`}
<span class="mark bad">${held(guilty)} forged</span>
${unseen > 0 && html`<span class="mark">${count(unseen, 'message')} not looked at</span>`}</p>`;
}

/** `1,234 held messages look` */
const held = (messages: number): string => `${count(messages, 'held message')} ${messages === 1 ? 'looks' : 'look'}`;

function simulationParts(words: SimulationWords, isNamed: boolean): Html {
  const { policy, answers, rules, gaps, innocent, unclear, guilty, unseen } = words;
  const of = isNamed ? ` (${policy})` : '';
  return html`${table(
    `What SMTP would have answered${of}`,
    ['Messages', 'Share', 'Answer'],
    answers.map(({ messages, share, answer }) => [number(messages), number(share), answer]),
  )}
${table(
  `Rules${of}`,
  ['Matched', 'Rule', 'Exceptions'],
  rules.map(({ matched, rule, exceptions }) => [number(matched), rule, capital(exceptions.join('; '))]),
)}
${gaps.length > 0 && html`<section><h2>What could not be told${of}</h2><ul>${gaps.map((gap) => html`<li>${gap}</li>`)}</ul></section>`}
${authorsPart(`Looks innocent, by sender domain${of}`, innocent)}
${authorsPart(`Unclear, by sender domain${of}`, unclear)}
${heldTable(`Looks forged${of}`, guilty)}
${heldTable(`Not looked at${of}`, unseen)}`;
}

const authorsPart = (title: string, authors: readonly AuthorWords[]): Html | false =>
  authors.length > 0 &&
  html`<section><h2>${title}</h2>${authors.map(
    ([author, groups]) => html`<section><h3>${author}</h3>${groups.map(groupPart)}</section>`,
  )}</section>`;

function groupPart({ verdict, deed, carrier, size, mixed, summary, reasons, mend, examples }: GroupWords): Html {
  return html`<p class="marks"><span class="mark warn">${verdict}</span> <span class="mark">${deed}</span></p>
<p>${capital(carrier)}. ${size}</p>
${mixed !== undefined && html`<p>${mixed}</p>`}
${summary !== undefined && html`<p>${summary}</p><ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}
${mend !== undefined && mendsPart(mend)}
<p class="quiet">Examples, newest first: ${examples.join(', ')}</p>`;
}

function mendsPart({ sender, ours, setting, exception, rule }: MendWords): Html {
  return html`<h4>The sender’s side</h4>
${sender.words.map((one) => html`<p>${one}</p>`)}
${sender.record !== undefined && html`<pre>${sender.record}</pre>`}
<h4>Your side</h4>
<p>${ours}</p>
${setting !== undefined && html`<p class="quiet">In mailhunt.yaml</p><pre>${setting}</pre>`}
${exception !== undefined && html`<p class="quiet">Below unless of “${rule}”</p><pre>${exception}</pre>`}`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const heldTable = (title: string, rows: readonly HeldRow[]): Html | false =>
  rows.length > 0 &&
  table(
    title,
    ['Messages', 'Author', 'Handed over by', 'Would be', 'Looks like', 'Last', 'Example'],
    rows.map((row) => [
      number(row.messages),
      row.author,
      row.carrier,
      row.deed,
      row.verdict,
      row.last,
      id(row.example),
    ]),
  );

function comparisonPart(words: ComparisonWords): Html {
  return html`<section><h2>${words.title}</h2>
<p>${words.sum}</p></section>
${words.groups.length > 0 && comparisonTables(words)}`;
}

const comparisonTables = ({ changes, groups, more }: ComparisonWords): Html => html`${table(
  'What changes',
  ['Messages', 'From', 'To'],
  changes.map(({ messages, from, to }) => [number(messages), from, to]),
)}
${table(
  'Whose mail',
  ['Messages', 'Author', 'Handed over by', 'From', 'To', 'Example'],
  groups.map((one) => [number(one.messages), one.author, one.carrier, one.from, one.to, id(one.example)]),
)}
${more !== undefined && html`<p>${more}.</p>`}`;

/** A cell: a text, or one with the class that lays it out. */
type Cell = string | { readonly text: string; readonly class: 'number' | 'id' };

const number = (text: string): Cell => ({ text: text.replaceAll(' ', '\u00a0'), class: 'number' });
const id = (text: string): Cell => ({ text, class: 'id' });
const classOf = (cell: Cell | undefined): string => (typeof cell === 'object' ? cell.class : '');
const textOf = (cell: Cell): string => (typeof cell === 'object' ? cell.text : cell);

function table(title: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Html {
  const head = columns.map((name, at) => html`<th scope="col" class="${classOf(rows[0]?.[at])}">${name}</th>`);
  const body = rows.map(
    (row) => html`<tr>${row.map((cell) => html`<td class="${classOf(cell)}">${textOf(cell)}</td>`)}</tr>`,
  );
  return html`<section><h2>${title}</h2><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="cells"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div></section>`;
}
