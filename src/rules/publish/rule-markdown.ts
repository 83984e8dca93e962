import { plural } from '../lint/report/text.ts';
import type { FalsePositive, ResponseStep, Rule } from '../rule.ts';
import type { Description } from './description.ts';

/** A heading with what stands below it; left out where that is empty. */
type Section = readonly [heading: string, body: string];

/**
 * A rule as a page: what it looks for and why, the query, what it needs, what to do when it fires, how far it can be trusted.
 *
 * @example ruleMarkdown(describeRule(rule, now)).split('\n')[0] // '# DMARC failure delivered to an inbox'
 */
export function ruleMarkdown(description: Description): string {
  const { rule } = description;
  const sections = sectionsOf(description).filter(([, body]) => body !== '');
  const pages = [
    `# ${plain(rule.name)}`,
    factsOf(description),
    ...sections.map(([heading, body]) => `## ${heading}\n\n${body}`),
  ];
  return `${pages.filter((text) => text !== '').join('\n\n')}\n`;
}

/** Markdown's own signs in a line of text. */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|#]/g, '\\$&');
/**
 * A text of several lines, in which it may write paragraphs and lists: no HTML, and nothing that reaches beyond it or leads
 * away from the page (headings, fences, tables, links, images).
 */
const prose = (text: string): string =>
  text
    .trim()
    .replace(/</g, '&lt;')
    .replace(/\]\(/g, '\\](')
    .replace(/!\[/g, '!\\[')
    .replace(/^([ \t]*(?:[-*+>][ \t]+|\d{1,9}[.)][ \t]+)*)(#|=|-{2,}|_{2,}|\*{2,}|`{3,}|~{3,}|\[|\|)/gm, '$1\\$2');

const bullets = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** A code block whose fence no line of the text ends. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

function factsOf({ rule, standing, techniques }: Description): string {
  const { kind, severity, tactics, story, version, id } = rule;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Kind', kind],
    ['Severity', severity],
    ['Confidence', story.confidence],
    ['Tactics', tactics.join(', ')],
    ['Techniques', techniques.map((one) => `${one.id} ${one.name}`.trim()).join(', ')],
    ['Proof', standing.verdict],
    ['Lint', standing.lint && lintWords(standing.lint)],
    ['Version', version],
    ['Id', id],
  ];
  const known = facts.filter(([, value]) => value !== undefined && value !== '');
  return bullets(known.map(([name, value]) => `**${name}**: ${plain(value!)}`));
}

/** How many findings of each severity, in words. */
export function lintWords(counts: Readonly<Record<string, number>>): string {
  const found = Object.entries(counts).filter(([, count]) => count > 0);
  return found.length === 0
    ? 'nothing found'
    : found.map(([name, count]) => `${count} ${name}${count === 1 ? '' : 's'}`).join(', ');
}

const sectionsOf = (description: Description): readonly Section[] => {
  const { rule, tables, columns, watchlists, source, missing } = description;
  const { story } = rule;
  return [
    ['Hypothesis', prose(story.hypothesis ?? '')],
    ['What it finds', prose(rule.description ?? '')],
    ['Query', fenced(rule.query, 'kusto')],
    ['Why this severity', prose(story.severityReason ?? '')],
    [
      'What it reads',
      bullets(tables.map(({ name, connector }) => (connector === '' ? name : `${name} (${plain(connector)})`))),
    ],
    ['Watchlists', bullets(watchlists.map(plain))],
    ['What it returns', columns.map(({ name, type }) => `${plain(name)}: ${type}`).join(', ')],
    ['When it runs', scheduleWords(rule)],
    ['Known false positives', bullets((story.falsePositives ?? []).map(falsePositive))],
    ['Response', bullets((story.response ?? []).map(step))],
    ['Investigation', (story.investigation ?? []).map(question).join('\n')],
    ['Tuning', bullets((story.tuning ?? []).map(plain))],
    ['Try it', atomicTest(rule)],
    ['Companions', bullets((story.companions ?? []).map(plain))],
    ['References', bullets((story.references ?? []).map(link))],
    ['Source', bullets(sourceLines(rule, source))],
    ['What it does not say', bullets(missing)],
  ];
};

const falsePositive = ({ description, watchlist }: FalsePositive): string =>
  `${plain(description)}${watchlist === undefined ? '' : `: left out by the watchlist ${plain(watchlist)}`}`;

const step = ({ action, when, how }: ResponseStep): string => `**${action}** when ${plain(when)}: ${plain(how)}`;

/** Words, and below them the KQL that answers. */
function question(text: string, i: number): string {
  const [first = '', ...kql] = text.trim().split('\n');
  const head = `${i + 1}. ${plain(first)}`;
  if (kql.length === 0) return head;
  const code = fenced(kql.join('\n'), 'kusto');
  return `${head}\n\n${code.replace(/^/gm, '   ')}\n`;
}

function atomicTest({ story: { atomicTest: test } }: Rule): string {
  if (test === undefined) return '';
  const commands = test.steps.map((one) => one.replace(/\s+/g, ' ')).join('\n');
  return `The scenario ${plain(test.scenario)} of the lab makes it fire:\n\n${fenced(commands, 'sh')}`;
}

const link = (text: string): string => (/^https:\/\/[^\s<>()]+$/.test(text) ? `<${text}>` : plain(text));

const sourceLines = ({ provenance }: Rule, source: string | undefined): string[] => [
  source === undefined ? plain(provenance.path) : link(source),
  ...(provenance.retrievedAt === undefined ? [] : [`retrieved ${plain(provenance.retrievedAt)}`]),
];

const units: readonly (readonly [number, string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
];

/** `90 min`, `2 h`, `14 d`. */
export function durationWords(milliseconds: number): string {
  const [size, unit] = units.find(([length]) => milliseconds % length === 0 && milliseconds >= length) ?? [1000, 's'];
  return `${milliseconds / size} ${unit}`;
}

const thresholds = { gt: 'more than', lt: 'fewer than', eq: 'exactly', ne: 'any number but' } as const;

/** When a rule runs and over what, in words; empty for a hunt. */
export function scheduleWords({ kind, schedule }: Rule): string {
  if (kind === 'nrt') return 'over each event as it arrives';
  if (schedule?.frequency === undefined) return '';
  const { frequency, period, triggerOperator, triggerThreshold } = schedule;
  return [
    `every ${durationWords(frequency)}`,
    period === undefined ? '' : `over ${durationWords(period)}`,
    triggerOperator === undefined
      ? ''
      : `fires at ${thresholds[triggerOperator]} ${plural(triggerThreshold ?? 0, 'row')}`,
  ]
    .filter((words) => words !== '')
    .join(', ');
}
