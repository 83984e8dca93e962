import type { Investigation, NextStep, Overview } from '../investigate/index.ts';
import { reportSections, timeText, wordTitles } from '../investigate/index.ts';
import { harmless } from './harmless.ts';
import { behind, inset, sectionLines } from './investigate-section.ts';
import { cut } from './width.ts';

const bold = (text: string, isTerminal: boolean): string => (isTerminal ? `\u001b[1m${text}\u001b[0m` : text);

/** Rows of a list on a terminal. */
const MOST = 30;
const INDENT = '  ';

/** The longest word of risk, and a gap. */
const RISK = 'critical'.length + 2;

interface Page {
  readonly isTerminal: boolean;
  readonly width: number;
}

/** An investigation as a terminal shows it: no line holds anything that the terminal would act upon. */
export function investigationText(investigation: Investigation, page: Page): string {
  const { evidence, verdict, why, nextSteps } = investigation;
  const width = Math.min(page.width, 110);
  const heading = (text: string): string => `\n${bold(harmless(text), page.isTerminal)}`;
  const { facts, reasons, story } = reportSections(investigation);
  const lines = [
    bold(harmless(evidence.message.subject || '(no subject)'), page.isTerminal),
    `${wordTitles[verdict.word]}, ${Math.round(verdict.confidence * 100)} % sure. Risk: ${verdict.risk.level}.`,
    ...inset(harmless(verdict.summary), width, ''),
    ...inset(harmless(verdict.risk.reasons.join(' ')), width, ''),
    heading(facts.title),
    ...sectionLines(facts, width),
    heading('Why authentication came out so'),
    ...why.flatMap((one) => inset(harmless(one), width, INDENT)),
    heading(reasons.title),
    ...reasons.rows.flatMap(([points = '', seen = '', signal = '']) =>
      behind(`${INDENT}${points.padStart(5)} `, `${harmless(seen)} [${harmless(signal)}]`, width),
    ),
    ...story.flatMap((section) => [heading(section.title), ...sectionLines(section, width)]),
    heading('What to do'),
    ...nextSteps.flatMap((step, i) => stepLines(step, `${INDENT}${i + 1}. `, width)),
  ];
  return `${lines.join('\n')}\n`;
}

/** What to do, with what is ready to be pasted: its lines stay whole. */
const stepLines = ({ words, query, text }: NextStep, mark: string, width: number): readonly string[] => [
  ...behind(mark, harmless(words), width),
  '',
  ...[query, text].flatMap((ready) =>
    ready === undefined ? [] : [...ready.split('\n').map((line) => `${' '.repeat(7)}${harmless(line)}`.trimEnd()), ''],
  ),
];

/** Many messages in short: the gravest first, and by sender. */
export function overviewText(overview: Overview, page: Page): string {
  const width = Math.min(page.width, 160);
  const { messages, count, verdicts, senders } = overview;
  if (messages.length === 0) return 'No such message.\n';
  const rest = count > messages.length ? `, the newest ${messages.length} of ${count}; --limit looks at more` : '';
  const lines = [
    `${messages.length === 1 ? 'One message' : `${messages.length} messages`}${rest}: ${verdicts.map((one) => `${one.messages} ${one.word}`).join(', ')}`,
    '',
    bold('The gravest first', page.isTerminal),
    ...messages.flatMap((one) => [
      cut(
        `${INDENT}${one.risk.padEnd(RISK)}${timeText(one.at).slice(0, 16)}  ${harmless(one.networkMessageId)}${one.clicks > 0 ? `  ${one.clicks} ${one.clicks === 1 ? 'click' : 'clicks'}` : ''}`,
        width,
      ),
      cut(
        `${INDENT}${' '.repeat(RISK)}${one.word} ${Math.round(one.confidence * 100)} %: ${harmless(one.senderFromAddress)}, “${harmless(one.subject)}”`,
        width,
      ),
    ]),
    '',
    bold('By sender', page.isTerminal),
    ...senders
      .slice(0, MOST)
      .map((one) =>
        cut(
          `${INDENT}${String(one.messages).padStart(4)} ${harmless(one.sender)}: ${one.recipients} ${one.recipients === 1 ? 'recipient' : 'recipients'}, ${one.sources} ${one.sources === 1 ? 'source' : 'sources'}, ${timeText(one.first).slice(0, 10)} to ${timeText(one.last).slice(0, 10)}, ${one.words.join(', ')}`,
          width,
        ),
      ),
  ];
  return `${lines.join('\n')}\n`;
}
