import { safePage } from '../../investigate/index.ts';
import type { Comparison, HeldGroup, Replay, RuleTally, Simulation } from '../../policy/index.ts';
import { type Html, html } from '../../rules/index.ts';
import {
  answerWords,
  byAuthor,
  carrierCell,
  carrierWords,
  changesOf,
  count,
  deeds,
  gapsOf,
  heldMail,
  letGo,
  mendWords,
  mixedWords,
  percent,
  senderSide,
  shortDeed,
  sizeWords,
  verdictCell,
  verdictWords,
} from './simulation-words.ts';

/** A replay as one HTML file: no script, nothing remote, everything of the messages escaped. */
export function replayHtml({ simulations, comparison }: Replay): string {
  const names = simulations.map(({ policy }) => policy).join(' and ');
  return safePage(
    html`Replay: ${names}`,
    html`<header>
<p class="kind">mailhunt policy simulate</p>
<h1>${names}</h1>
${simulations.map(lead)}
</header>
<main>
${simulations.map((one) => simulationParts(one, simulations.length > 1))}
${comparison !== undefined && comparisonPart(comparison)}
</main>
<footer><p>Made by mailhunt on ${simulations[0]?.until.slice(0, 19).replace('T', ' ') ?? ''} UTC. Texts of messages are shown as they are and lead nowhere.</p></footer>`,
  );
}

const timeOf = (iso: string): string => iso.slice(0, 16).replace('T', ' ');

function lead(simulation: Simulation): Html {
  const { policy, mode, messages, from, until } = simulation;
  const { innocent, unclear, guilty, unseenMessages, sum } = heldMail(simulation);
  return html`<p class="lead">${policy}${mode === 'Enforce' ? '' : ` (${mode}, shown as it would be in Enforce)`}: ${count(messages, 'inbound message')}, ${timeOf(from)} to ${timeOf(until)} UTC</p>
<p class="marks"><span class="mark ${innocent.length > 0 ? 'warn' : 'good'}">${held(sum(innocent))} innocent</span>
${unclear.length > 0 && html`<span class="mark warn">${count(sum(unclear), 'held message')} unclear</span>`}
<span class="mark bad">${held(sum(guilty))} forged</span>
${unseenMessages > 0 && html`<span class="mark">${count(unseenMessages, 'message')} not looked at</span>`}</p>`;
}

/** `1,234 held messages look` */
const held = (messages: number): string => `${count(messages, 'held message')} ${messages === 1 ? 'looks' : 'look'}`;

function simulationParts(simulation: Simulation, isNamed: boolean): Html {
  const { policy, messages, answers, rules } = simulation;
  const { innocent, unclear, guilty, unseen } = heldMail(simulation);
  const of = isNamed ? ` (${policy})` : '';
  const gaps = gapsOf(simulation);
  return html`${table(
    `What SMTP would have answered${of}`,
    ['Messages', 'Share', 'Answer'],
    answers.map((one) => [
      number(one.messages.toLocaleString('en')),
      number(percent(one.messages, messages)),
      answerWords(one),
    ]),
  )}
${table(`Rules${of}`, ['Matched', 'Rule', 'Exceptions'], rules.map(ruleRow))}
${gaps.length > 0 && html`<section><h2>What could not be told${of}</h2><ul>${gaps.map((words) => html`<li>${words}</li>`)}</ul></section>`}
${authorsPart(`Looks innocent, by sender domain${of}`, innocent)}
${authorsPart(`Unclear, by sender domain${of}`, unclear)}
${heldTable(`Looks forged${of}`, guilty)}
${heldTable(`Not looked at${of}`, unseen)}`;
}

const ruleRow = (rule: RuleTally): readonly Cell[] => [
  number(rule.matched.toLocaleString('en')),
  rule.rule,
  capital(letGo(rule).join('; ')),
];

const authorsPart = (title: string, groups: readonly HeldGroup[]): Html | false =>
  groups.length > 0 &&
  html`<section><h2>${title}</h2>${byAuthor(groups).map(
    ([author, own]) => html`<section><h3>${author}</h3>${own.map(groupPart)}</section>`,
  )}</section>`;

function groupPart(group: HeldGroup): Html {
  const { look, earlier, mend, examples } = group;
  return html`<p class="marks"><span class="mark warn">${earlier === undefined ? verdictWords(look) : 'Not alike'}</span> <span class="mark">${count(group.messages, 'message')} ${deeds[group.action]}</span></p>
<p>${capital(carrierWords(group))}. ${sizeWords(group)}</p>
${earlier !== undefined && html`<p>${mixedWords(group)}</p>`}
${look !== undefined && html`<p>${look.summary}</p><ul>${look.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}
${mend !== undefined && mendsPart(group, mend)}
<p class="quiet">Examples, newest first: ${examples.join(', ')}</p>`;
}

function mendsPart(group: HeldGroup, mend: NonNullable<HeldGroup['mend']>): Html {
  const { words, record } = senderSide(group);
  return html`<h4>The sender’s side</h4>
${words.map((one) => html`<p>${one}</p>`)}
${record !== undefined && html`<pre>${record}</pre>`}
<h4>Your side</h4>
<p>${mendWords(group, mend)}</p>
${mend.setting !== undefined && html`<p class="quiet">In mailhunt.yaml</p><pre>${mend.setting}</pre>`}
${mend.exception !== undefined && html`<p class="quiet">Below unless of “${mend.rule}”</p><pre>${mend.exception}</pre>`}`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const heldTable = (title: string, groups: readonly HeldGroup[]): Html | false =>
  groups.length > 0 &&
  table(
    title,
    ['Messages', 'Author', 'Handed over by', 'Would be', 'Looks like', 'Last', 'Example'],
    groups.map((one) => [
      number(one.messages.toLocaleString('en')),
      one.author,
      carrierCell(one),
      deeds[one.action],
      verdictCell(one),
      one.last.slice(0, 10),
      id(one.examples[0]),
    ]),
  );

function comparisonPart(comparison: Comparison): Html {
  const { from, to, same, differing, groups } = comparison;
  return html`<section><h2>From “${from}” to “${to}”</h2>
<p>${count(differing, 'message')} would meet something else, ${same.toLocaleString('en')} the same.</p></section>
${groups.length > 0 && comparisonTables(comparison)}`;
}

const comparisonTables = (comparison: Comparison): Html => html`${table(
  'What changes',
  ['Messages', 'From', 'To'],
  changesOf(comparison).map(([from, to, messages]) => [number(messages.toLocaleString('en')), from, to]),
)}
${table(
  'Whose mail',
  ['Messages', 'Author', 'Handed over by', 'From', 'To', 'Example'],
  comparison.groups.map((one) => [
    number(one.messages.toLocaleString('en')),
    one.author,
    one.carrier,
    shortDeed(one.from),
    shortDeed(one.to),
    id(one.examples[0]),
  ]),
)}
${comparison.ungrouped > 0 && html`<p>… and ${count(comparison.ungrouped, 'message')} more.</p>`}`;

/** A cell: a text, or one with the class that lays it out. */
type Cell = string | { readonly text: string; readonly class: 'number' | 'id' };

const number = (text: string): Cell => ({ text: text.replaceAll(' ', '\u00a0'), class: 'number' });
const id = (text = ''): Cell => ({ text, class: 'id' });
const classOf = (cell: Cell | undefined): string => (typeof cell === 'object' ? cell.class : '');
const textOf = (cell: Cell): string => (typeof cell === 'object' ? cell.text : cell);

function table(title: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Html {
  const head = columns.map((name, at) => html`<th scope="col" class="${classOf(rows[0]?.[at])}">${name}</th>`);
  const body = rows.map(
    (row) => html`<tr>${row.map((cell) => html`<td class="${classOf(cell)}">${textOf(cell)}</td>`)}</tr>`,
  );
  return html`<section><h2>${title}</h2><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="cells"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div></section>`;
}
