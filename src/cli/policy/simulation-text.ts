import type { Replay } from '../../policy/index.ts';
import { harmless } from '../harmless.ts';
import { behind, inset } from '../investigate-section.ts';
import { cut, padded, widthOf } from '../width.ts';
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
    writeSimulation(writer, simulationWords(simulation));
  }
  if (comparison !== undefined) {
    writer.lines.push('', '─'.repeat(width), '');
    writeComparison(writer, comparisonWords(comparison));
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

function writeSimulation(writer: Writer, words: SimulationWords): void {
  writer.title(words.title);
  writer.words(words.span, '');
  writer.heading('What SMTP would have answered');
  for (const { messages, share, answer } of words.answers)
    writer.behind(`${amount(messages)}${share.padStart(7)}${INDENT}`, answer);
  writer.heading('Rules');
  for (const { matched, rule, exceptions } of words.rules) {
    writer.behind(amount(matched), rule);
    for (const exception of exceptions) writer.words(exception, ' '.repeat(amount('').length));
  }
  if (words.gaps.length > 0) writer.heading('What could not be told');
  for (const gap of words.gaps) writer.words(gap);
  writeHeld(writer, words);
}

/** A number before a line, in a column of its own. */
const amount = (messages: string): string => `${INDENT}${messages.padStart(9)}${INDENT}`;

function writeHeld(writer: Writer, { innocent, unclear, guilty, unseen, messages }: SimulationWords): void {
  writeByAuthor(writer, `Looks innocent: ${count(messages.innocent, 'message')}, by sender domain`, innocent);
  writeByAuthor(writer, `Unclear: ${count(messages.unclear, 'message')}, by sender domain`, unclear);
  if (guilty.length > 0) {
    writer.heading(`Looks forged: ${count(messages.guilty, 'message')}`);
    writer.table(guilty.map(cells), 1);
  }
  if (unseen.length > 0 || messages.unseen > 0) {
    writer.heading(`Not looked at: ${count(messages.unseen, 'message')} (--look N looks at more groups)`);
    writer.table(unseen.map(cells), 1);
  }
  if (innocent.length + unclear.length + guilty.length + unseen.length === 0)
    writer.heading('Everything would have been delivered.');
}

function writeByAuthor(writer: Writer, heading: string, authors: readonly AuthorWords[]): void {
  if (authors.length === 0) return;
  writer.heading(heading);
  for (const [author, groups] of authors) {
    writer.gap();
    writer.title(`${INDENT}${author}`);
    for (const group of groups) writeGroup(writer, group);
  }
}

const cells = ({ messages, author, carrier, deed, verdict }: HeldRow): readonly string[] => [
  messages,
  author,
  carrier,
  deed,
  verdict,
];

function writeGroup(writer: Writer, { verdict, carrier, size, mixed, reasons, mend, examples }: GroupWords): void {
  const indent = INDENT.repeat(2);
  writer.words(`${verdict}; ${carrier}`, indent);
  writer.words(size, indent);
  if (mixed !== undefined) writer.words(mixed, indent);
  for (const reason of reasons.slice(0, REASONS)) writer.behind(`${indent}- `, reason);
  if (mend !== undefined) writeMends(writer, mend);
  for (const id of mixed === undefined ? [examples[0]] : [examples[0], examples.at(-1)])
    writer.words(`Example: mailhunt investigate ${id ?? ''}`, indent);
  writer.gap();
}

function writeMends(writer: Writer, { sender, ours, setting, exception, rule }: MendWords): void {
  const indent = INDENT.repeat(2);
  writer.words('The sender’s side:', indent);
  for (const one of sender.words) writer.words(one, indent + INDENT);
  if (sender.record !== undefined) writer.paste(sender.record, indent + INDENT);
  writer.words(`Your side: ${ours}`, indent);
  if (setting !== undefined) {
    writer.words('in mailhunt.yaml', indent + INDENT);
    writer.paste(setting, indent + INDENT.repeat(2));
  }
  if (exception !== undefined) {
    writer.words(`below unless of “${rule}”`, indent + INDENT);
    writer.paste(exception, indent + INDENT.repeat(2));
  }
}

function writeComparison(writer: Writer, { title, sum, changes, groups, more }: ComparisonWords): void {
  writer.title(title);
  writer.words(sum, '');
  if (groups.length === 0) return;
  writer.heading('What changes');
  for (const { messages, from, to } of changes) writer.behind(amount(messages), `${from} → ${to}`);
  writer.heading('Whose mail');
  writer.table(
    groups.map((one) => [one.messages, one.author, one.carrier, `${one.from} → ${one.to}`, one.example]),
    1,
  );
  if (more !== undefined) writer.words(more);
}
