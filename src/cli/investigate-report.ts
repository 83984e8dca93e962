import type { Investigation, Overview } from '../investigate/index.ts';
import { reportSections, timeText, wordTitles } from '../investigate/index.ts';
import { harmless } from './harmless.ts';
import { cut } from './width.ts';
import { wrapped } from './wrap.ts';

const bold = (text: string, isTerminal: boolean): string => (isTerminal ? `\u001b[1m${text}\u001b[0m` : text);

/** Rows of a list on a terminal. */
const MOST = 30;
const INDENT = '  ';

interface Page {
  readonly isTerminal: boolean;
  readonly width: number;
}

/** An investigation as a terminal shows it: no line holds anything that the terminal would act upon. */
export function investigationText(investigation: Investigation, page: Page): string {
  const { evidence, verdict, why, nextSteps } = investigation;
  const width = Math.min(page.width, 110);
  const heading = (text: string): string => `\n${bold(harmless(text), page.isTerminal)}`;
  const words = (text: string, before = INDENT): readonly string[] => inset(harmless(text), width, before);
  const { facts, reasons, story } = reportSections(investigation);
  const lines = [
    bold(harmless(evidence.message.subject || '(no subject)'), page.isTerminal),
    `${wordTitles[verdict.word]}, ${Math.round(verdict.confidence * 100)} % sure. Risk: ${verdict.risk.level}.`,
    ...inset(harmless(verdict.summary), width, ''),
    ...inset(harmless(verdict.risk.reasons.join(' ')), width, ''),
    heading(facts.title),
    ...facts.facts.map(([name, value]) => cut(`${INDENT}${name.padEnd(17)} ${harmless(value)}`, width)),
    heading('Why authentication came out so'),
    ...why.flatMap((one) => words(one)),
    heading(reasons.title),
    ...reasons.rows.flatMap(([points = '', seen = '', signal = '']) =>
      inset(`${harmless(seen)} [${harmless(signal)}]`, width, ' '.repeat(8)).map((line, i) =>
        i === 0 ? `${INDENT}${points.padStart(5)} ${line.trimStart()}` : line,
      ),
    ),
    ...story.flatMap((section) => [
      heading(section.title),
      ...(section.kind === 'table'
        ? [
            ...section.rows
              .slice(0, MOST)
              .map((row) => cut(`${INDENT}${row.filter(Boolean).map(harmless).join('  ')}`, width)),
            ...(section.rows.length + section.more > MOST
              ? [`${INDENT}… and ${section.rows.length + section.more - MOST} more`]
              : []),
          ]
        : section.kind === 'sentences'
          ? section.sentences.flatMap((one) => words(one))
          : []),
    ]),
    heading('What to do'),
    ...nextSteps.flatMap(({ words: what, query, text }, i) => [
      ...inset(harmless(what), width, '     ').map((line, at) =>
        at === 0 ? `${INDENT}${i + 1}. ${line.trimStart()}` : line,
      ),
      ...[query, text].flatMap((one) =>
        one === undefined ? [] : ['', ...one.split('\n').map((line) => `       ${harmless(line)}`), ''],
      ),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

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
    ...messages.map((one) =>
      cut(
        [
          INDENT.slice(1),
          one.risk.padEnd(8),
          `${one.word} ${Math.round(one.confidence * 100)} %`.padEnd(26),
          timeText(one.at).slice(0, 16),
          one.clicks > 0 ? `${one.clicks} clicked` : '',
          harmless(one.senderFromAddress),
          harmless(one.subject),
          one.networkMessageId,
        ]
          .filter(Boolean)
          .join(' '),
        width,
      ),
    ),
    '',
    bold('By sender', page.isTerminal),
    ...senders
      .slice(0, MOST)
      .map((one) =>
        cut(
          `${INDENT}${String(one.messages).padStart(4)} ${harmless(one.sender)}: ${one.recipients} recipients, ${one.sources} ${one.sources === 1 ? 'source' : 'sources'}, ${timeText(one.first).slice(0, 10)} to ${timeText(one.last).slice(0, 10)}, ${one.words.join(', ')}`,
          width,
        ),
      ),
  ];
  return `${lines.join('\n')}\n`;
}

/** Words over several lines, each behind the same margin. */
function inset(text: string, width: number, margin: string): readonly string[] {
  const room = Math.max(30, width - margin.length);
  return wrapped(text, room, room).map((line) => `${margin}${line}`);
}
