import type { Comparison, HeldGroup, Replay, RuleTally, Simulation } from '../../policy/index.ts';
import { harmless } from '../harmless.ts';
import { behind, inset } from '../investigate-section.ts';
import { cut, padded, widthOf } from '../width.ts';
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

/** Rows of a list on a terminal; the page and the JSON have all. */
const MOST = 30;
/** Reasons of a verdict. */
const REASONS = 3;
const WIDEST = 120;
const INDENT = '  ';

interface Page {
  readonly isTerminal: boolean;
  readonly width: number;
}

/** A replay as a terminal shows it: no line holds anything that the terminal would act upon. */
export function replayText({ simulations, comparison }: Replay, page: Page): string {
  const width = Math.min(page.width, WIDEST);
  const writer = new Writer(width, page.isTerminal);
  for (const [at, simulation] of simulations.entries()) {
    if (at > 0) writer.lines.push('', '─'.repeat(width), '');
    writeSimulation(writer, simulation);
  }
  if (comparison !== undefined) {
    writer.lines.push('', '─'.repeat(width), '');
    writeComparison(writer, comparison);
  }
  return `${writer.lines.join('\n')}\n`;
}

/** Lines of a report, each harmless and no wider than the page. */
class Writer {
  readonly lines: string[] = [];
  readonly width: number;
  readonly #isTerminal: boolean;

  constructor(width: number, isTerminal: boolean) {
    [this.width, this.#isTerminal] = [width, isTerminal];
  }

  title(text: string): void {
    for (const line of inset(harmless(text), this.width, '')) this.lines.push(this.#bold(line));
  }

  heading(text: string): void {
    this.gap();
    this.title(text);
  }

  /** One empty line, and no more. */
  gap(): void {
    if (this.lines.at(-1) !== '') this.lines.push('');
  }

  words(text: string, indent = INDENT): void {
    this.lines.push(...inset(harmless(text), this.width, indent));
  }

  behind(mark: string, text: string): void {
    this.lines.push(...behind(mark, harmless(text), this.width));
  }

  /** What is to be pasted stays whole. */
  paste(text: string, indent: string): void {
    for (const line of text.split('\n')) this.lines.push(`${indent}${harmless(line)}`);
  }

  /** Columns: numbers first, to the right; the last gives way. */
  table(rows: readonly (readonly string[])[], numbers: number): void {
    const shown = rows.slice(0, MOST).map((row) => row.map(harmless));
    const columns = shown[0]?.length ?? 0;
    const wanted = Array.from({ length: columns }, (_, i) => Math.max(...shown.map((row) => widthOf(row[i] ?? ''))));
    const room = this.width - INDENT.length * columns;
    for (let over = wanted.reduce((sum, one) => sum + one, 0) - room; over > 0; over -= 1) {
      const widest = wanted.indexOf(Math.max(...wanted.slice(numbers)), numbers);
      if (wanted[widest]! <= 8) break;
      wanted[widest]! -= 1;
    }
    for (const row of shown) {
      const cells = row.map((cell, i) => padded(cut(cell, wanted[i]!), wanted[i]!, i < numbers ? 'right' : 'left'));
      this.lines.push(cut(`${INDENT}${cells.join(INDENT)}`.trimEnd(), this.width));
    }
    if (rows.length > MOST) this.lines.push(`${INDENT}… and ${rows.length - MOST} more`);
  }

  #bold = (text: string): string => (this.#isTerminal ? `\u001b[1m${text}\u001b[0m` : text);
}

function writeSimulation(writer: Writer, simulation: Simulation): void {
  const { policy, mode, messages, from, until, answers, rules } = simulation;
  writer.title(mode === 'Enforce' ? policy : `${policy} (${mode}), as it would be in Enforce`);
  writer.words(
    `${count(messages, 'inbound message')}, ${from.slice(0, 16).replace('T', ' ')} to ${until.slice(0, 16).replace('T', ' ')} UTC`,
    '',
  );
  writer.heading('What SMTP would have answered');
  for (const one of answers)
    writer.behind(
      `${INDENT}${one.messages.toLocaleString('en').padStart(9)}  ${percent(one.messages, messages).padStart(7)}  `,
      answerWords(one),
    );
  writer.heading('Rules');
  for (const rule of rules) writeRule(writer, rule);
  const gaps = gapsOf(simulation);
  if (gaps.length > 0) writer.heading('What could not be told');
  for (const gap of gaps) writer.words(gap);
  writeHeld(writer, simulation);
}

function writeRule(writer: Writer, rule: RuleTally): void {
  writer.behind(`${INDENT}${rule.matched.toLocaleString('en').padStart(9)}  `, rule.rule);
  for (const words of letGo(rule)) writer.words(words, ' '.repeat(13));
}

function writeHeld(writer: Writer, simulation: Simulation): void {
  const { innocent, unclear, guilty, unseen, unseenMessages, sum } = heldMail(simulation);
  writeByAuthor(writer, `Looks innocent: ${count(sum(innocent), 'message')}, by sender domain`, innocent);
  writeByAuthor(writer, `Unclear: ${count(sum(unclear), 'message')}, by sender domain`, unclear);
  if (guilty.length > 0) {
    writer.heading(`Looks forged: ${count(sum(guilty), 'message')}`);
    writer.table(guilty.map(row), 1);
  }
  if (unseen.length > 0 || unseenMessages > 0) {
    writer.heading(`Not looked at: ${count(unseenMessages, 'message')} (--look N looks at more groups)`);
    writer.table(unseen.map(row), 1);
  }
  if (innocent.length + unclear.length + guilty.length + unseen.length === 0)
    writer.heading('Everything would have been delivered.');
}

function writeByAuthor(writer: Writer, heading: string, groups: readonly HeldGroup[]): void {
  if (groups.length === 0) return;
  writer.heading(heading);
  for (const [author, own] of byAuthor(groups)) {
    writer.gap();
    writer.title(`${INDENT}${author}`);
    for (const group of own) writeGroup(writer, group);
  }
}

const row = (group: HeldGroup): readonly string[] => [
  group.messages.toLocaleString('en'),
  group.author,
  carrierCell(group),
  deeds[group.action],
  verdictCell(group),
];

function writeGroup(writer: Writer, group: HeldGroup): void {
  const indent = INDENT.repeat(2);
  const { look, earlier, examples } = group;
  writer.words(`${earlier === undefined ? verdictWords(look) : 'Not alike'}; ${carrierWords(group)}`, indent);
  writer.words(sizeWords(group), indent);
  if (earlier !== undefined) writer.words(mixedWords(group), indent);
  for (const reason of look?.reasons.slice(0, REASONS) ?? []) writer.behind(`${indent}- `, reason);
  if (group.mend !== undefined) writeMends(writer, group, group.mend);
  for (const id of earlier === undefined ? [examples[0]] : [examples[0], examples.at(-1)])
    writer.words(`Example: mailhunt investigate ${id ?? ''}`, indent);
  writer.gap();
}

function writeMends(writer: Writer, group: HeldGroup, mend: NonNullable<HeldGroup['mend']>): void {
  const indent = INDENT.repeat(2);
  const { words, record } = senderSide(group);
  writer.words('The sender’s side:', indent);
  for (const one of words) writer.words(one, indent + INDENT);
  if (record !== undefined) writer.paste(record, indent + INDENT);
  writer.words(`Your side: ${mendWords(group, mend)}`, indent);
  if (mend.setting !== undefined) {
    writer.words('in mailhunt.yaml', indent + INDENT);
    writer.paste(mend.setting, indent + INDENT.repeat(2));
  }
  if (mend.exception !== undefined) {
    writer.words(`below unless of “${mend.rule}”`, indent + INDENT);
    writer.paste(mend.exception, indent + INDENT.repeat(2));
  }
}

function writeComparison(writer: Writer, comparison: Comparison): void {
  const { from, to, same, differing, groups, ungrouped } = comparison;
  writer.title(`From “${from}” to “${to}”`);
  writer.words(`${count(differing, 'message')} would meet something else, ${same.toLocaleString('en')} the same.`, '');
  if (groups.length === 0) return;
  writer.heading('What changes');
  for (const [before, after, messages] of changesOf(comparison))
    writer.behind(`${INDENT}${messages.toLocaleString('en').padStart(9)}  `, `${before} → ${after}`);
  writer.heading('Whose mail');
  writer.table(
    groups.map((one) => [
      one.messages.toLocaleString('en'),
      one.author,
      one.carrier,
      `${shortDeed(one.from)} → ${shortDeed(one.to)}`,
      one.examples[0] ?? '',
    ]),
    1,
  );
  if (ungrouped > 0) writer.words(`… and ${count(ungrouped, 'message')} more`);
}
