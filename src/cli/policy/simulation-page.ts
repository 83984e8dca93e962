import { safePage } from '../../investigate/index.ts';
import type { Comparison, HeldGroup, Replay, RuleTally, Simulation } from '../../policy/index.ts';
import { type Html, html } from '../../rules/index.ts';
import {
  answerWords,
  byAuthor,
  carrierWords,
  count,
  deeds,
  gapsOf,
  heldMail,
  letGo,
  percent,
  senderSide,
  sizeWords,
  verdictTitles,
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
  const { innocent, guilty, unseenMessages, sum } = heldMail(simulation);
  return html`<p class="lead">${policy}${mode === 'Enforce' ? '' : ` (${mode}, shown as it would be in Enforce)`}: ${count(messages, 'inbound message')}, ${timeOf(from)} to ${timeOf(until)} UTC</p>
<p class="marks"><span class="mark ${innocent.length > 0 ? 'warn' : 'good'}">${count(sum(innocent), 'message')} would be held and look innocent</span>
<span class="mark bad">${count(sum(guilty), 'message')} look forged</span>
${unseenMessages > 0 && html`<span class="mark">${count(unseenMessages, 'message')} not looked at</span>`}</p>`;
}

function simulationParts(simulation: Simulation, isNamed: boolean): Html {
  const { policy, messages, answers, rules } = simulation;
  const { innocent, guilty, unseen } = heldMail(simulation);
  const of = isNamed ? ` (${policy})` : '';
  const gaps = gapsOf(simulation);
  return html`${table(
    `What SMTP would have answered${of}`,
    ['Messages', 'Share', 'Answer'],
    answers.map((one) => [one.messages.toLocaleString('en'), percent(one.messages, messages), answerWords(one)]),
  )}
${table(`Rules${of}`, ['Matched', 'Rule', 'Let go'], rules.map(ruleRow))}
${gaps.length > 0 && html`<section><h2>What could not be told${of}</h2><ul>${gaps.map((words) => html`<li>${words}</li>`)}</ul></section>`}
${innocent.length > 0 && html`<section><h2>Looks innocent, by sender domain${of}</h2></section>`}
${byAuthor(innocent).map(([author, groups]) => html`<section><h2>${author}</h2>${groups.map(innocentPart)}</section>`)}
${heldTable(`Looks forged${of}`, guilty)}
${heldTable(`Not looked at${of}`, unseen)}`;
}

const ruleRow = (rule: RuleTally): readonly string[] => [
  rule.matched.toLocaleString('en'),
  rule.rule,
  letGo(rule)
    .map(([exception, messages]) => `exception ${exception}: ${messages.toLocaleString('en')}`)
    .join(', '),
];

function innocentPart(group: HeldGroup): Html {
  const { words, record } = senderSide(group);
  const { look, mend } = group;
  return html`<p class="marks"><span class="mark warn">${verdictWords(group)}</span> <span class="mark">${count(group.messages, 'message')} ${deeds[group.action]}</span></p>
<p>${capital(carrierWords(group))}. ${sizeWords(group)}</p>
${look !== undefined && html`<p>${look.summary}</p><ul>${look.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}
<p><b>The sender’s side</b></p>
${words.map((one) => html`<p>${one}</p>`)}
${record !== undefined && html`<pre>${record}</pre>`}
${
  mend !== undefined &&
  html`<p><b>Your side</b></p><p>${mend.isSafe ? '' : 'No exception. '}${mend.words}</p>
${mend.setting !== undefined && html`<p class="quiet">In mailhunt.yaml</p><pre>${mend.setting}</pre>`}
${mend.exception !== undefined && html`<p class="quiet">Below unless of “${mend.rule}”</p><pre>${mend.exception}</pre>`}`
}
<p class="quiet">Examples: ${group.examples.join(', ')}</p>`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const heldTable = (title: string, groups: readonly HeldGroup[]): Html | false =>
  groups.length > 0 &&
  table(
    title,
    ['Messages', 'Author', 'Handed over by', 'Would be', 'Looks like', 'Last', 'Example'],
    groups.map((one) => [
      one.messages.toLocaleString('en'),
      one.author,
      one.carrier,
      deeds[one.action],
      one.look === undefined
        ? ''
        : `${verdictTitles[one.look.word] ?? one.look.word} ${Math.round(one.look.confidence * 100)} %`,
      timeOf(one.last),
      one.examples[0] ?? '',
    ]),
  );

const comparisonPart = ({
  from,
  to,
  same,
  differing,
  groups,
}: Comparison): Html => html`<section><h2>From “${from}” to “${to}”</h2>
<p>${count(differing, 'message')} would meet something else, ${same.toLocaleString('en')} the same.</p></section>
${
  groups.length > 0 &&
  table(
    'Whose mail',
    ['Messages', 'Author', 'Handed over by', 'From', 'To', 'Example'],
    groups.map((one) => [
      one.messages.toLocaleString('en'),
      one.author,
      one.carrier,
      one.from,
      one.to,
      one.examples[0] ?? '',
    ]),
  )
}`;

function table(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): Html {
  const head = columns.map((name) => html`<th scope="col">${name}</th>`);
  const body = rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`);
  return html`<section><h2>${title}</h2><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div></section>`;
}
