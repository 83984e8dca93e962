import { fenced } from '../../rules/index.ts';
import type { Investigation } from '../investigation.ts';
import { oneLine } from '../plain-text.ts';
import { factsOf, percent, reasonsOf, type Section, storyOf, wordTitles } from './sections.ts';

/**
 * A hostile text inside a line of Markdown: nothing in it is markup, and no address in it becomes a link.
 *
 * @example markdownText('[click](https://x.example)') // '\\[click\\](https\\://x.example)'
 */
export const markdownText = (text: string): string =>
  oneLine(text, 2000)
    .replace(/[\\`*_[\]<>|#~@&!]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}\\.`)
    .replace(/^([-+=])(?=[\s=-]|$)/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');

/** The report as Markdown: nothing that the message holds is markup in it, or leads anywhere. */
export function reportMarkdown(investigation: Investigation): string {
  const { evidence, verdict, why, nextSteps, letter } = investigation;
  const title = evidence.message.subject === '' ? '(no subject)' : evidence.message.subject;
  const parts = [
    `# ${markdownText(title)}`,
    `**${wordTitles[verdict.word]}** (${percent(verdict.confidence)}). ${markdownText(verdict.summary)}`,
    `**Risk: ${verdict.risk.level}.** ${verdict.risk.reasons.map(markdownText).join(' ')}`.trim(),
    ...sectionText(factsOf(investigation)),
    '## Why authentication came out so',
    bullets(why),
    ...sectionText(reasonsOf(investigation)),
    ...storyOf(investigation).flatMap(sectionText),
    '## What to do',
    nextSteps
      .map(({ words, query, text }, i) =>
        [`${i + 1}. ${markdownText(words)}`, query && block(query, 'kql'), text && block(text, '')]
          .filter(Boolean)
          .join('\n\n'),
      )
      .join('\n\n'),
    ...(letter?.record === undefined
      ? []
      : [
          '## The record to publish',
          fenced(`${letter.record.name} ${letter.record.type} "${oneLine(letter.record.value, 4000)}"`, ''),
        ]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const bullets = (items: readonly string[]): string => items.map((item) => `- ${markdownText(item)}`).join('\n');

/** A block below an item of a list. */
const block = (text: string, language: string): string =>
  fenced(text, language)
    .split('\n')
    .map((line) => `   ${line}`)
    .join('\n');

function sectionText(section: Section): readonly string[] {
  const heading = `## ${markdownText(section.title)}`;
  if (section.kind === 'facts')
    return [heading, section.facts.map(([name, value]) => `- **${name}**: ${markdownText(value)}`).join('\n')];
  if (section.kind === 'sentences') return [heading, bullets(section.sentences)];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rows = [
    line(section.columns),
    line(section.columns.map(() => '---')),
    ...section.rows.map((row) => line(row.map(markdownText))),
  ];
  return [heading, rows.join('\n'), ...(section.more > 0 ? [`… and ${section.more} more.`] : [])];
}
