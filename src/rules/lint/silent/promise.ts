import { membersOf, type SyntaxNode } from '../../../kql/index.ts';
import type { Rule } from '../../rule.ts';
import { constantsOf } from '../constants.ts';
import type { Finding, Lint } from '../lint.ts';
import { calledName, comparisonsOf, nodesOfKind } from '../nodes.ts';
import { hoursAgo, hoursOf } from './ago.ts';

/** A name or description that the query does not keep. */
export const promiseBroken: Lint = {
  id: 'MH220',
  name: 'name-contradicts-query',
  group: 'silent',
  severity: 'warning',
  summary: 'The name or the description says something that the query contradicts.',
  why: [
    'Who reads a result knows the name of the rule, not its query: "Top 10" with 15 rows, "last 7 days" over 30, "DKIM failures" that',
    'reads only SPF are believed as they are called. Make the one say what the other does.',
  ].join('\n'),
  source: 'https://github.com/Azure/Azure-Sentinel/wiki/Query-Style-Guide',
  examples: [
    {
      wrong: '// Top 10 senders\nEmailEvents | summarize Mails = count() by SenderFromAddress | top 15 by Mails',
      right: '// Top 15 senders\nEmailEvents | summarize Mails = count() by SenderFromAddress | top 15 by Mails',
    },
    {
      wrong: '// Inbound phishing\nEmailEvents | where EmailDirection == "Outbound" and ThreatTypes has "Phish"',
      right: '// Outbound phishing\nEmailEvents | where EmailDirection == "Outbound" and ThreatTypes has "Phish"',
    },
    {
      wrong: '// DKIM failures\nEmailEvents | where parse_json(AuthenticationDetails).SPF == "fail"',
      right: '// SPF failures\nEmailEvents | where parse_json(AuthenticationDetails).SPF == "fail"',
    },
    {
      wrong: '// Malware in the last 7 days\nEmailEvents | where Timestamp > ago(30d) and ThreatTypes has "Malware"',
      right: '// Malware in the last 30 days\nEmailEvents | where Timestamp > ago(30d) and ThreatTypes has "Malware"',
    },
  ],
  *check({ rule, reading }) {
    if (reading === undefined || reading.root.text.length > 100_000) return;
    const promise = promiseOf(rule);
    for (const broken of [brokenTop, brokenPeriod, brokenDirection, brokenDelivery, brokenMethod, brokenThreat]) {
      const finding = broken(promise, reading.root);
      if (finding !== undefined) yield finding;
    }
  },
};

/** The name, and the first line of the description or of the comment above the query. */
function promiseOf({ name, description, query }: Rule): string {
  const [comment] = /^\s*\/\/[^\n]*/.exec(query) ?? [];
  return [name, (description ?? comment ?? '').trim().split('\n')[0]].join('. ').slice(0, 1000);
}

const numbersIn = (promise: string, pattern: RegExp): readonly number[] =>
  [...promise.matchAll(pattern)].map(([, digits]) => Number(digits));

function brokenTop(promise: string, root: SyntaxNode): Finding | undefined {
  const said = numbersIn(promise, /\btop[ -](\d{1,4})\b(?!\s?%|\.\d)/gi);
  const limits = nodesOfKind(root, 'TopOperator', 'TakeOperator');
  const counts = limits.flatMap((node) => numberOf(node.child('Expression')) ?? []);
  const [first] = limits;
  if (said.length === 0 || first === undefined || counts.length !== limits.length) return undefined;
  if (said.some((number) => counts.includes(number))) return undefined;
  return { span: first.span, message: `The name says top ${said[0]}, the query gives ${counts.join(' and ')}.` };
}

function numberOf(node: SyntaxNode | undefined): number | undefined {
  const text = node?.text.replaceAll('_', '') ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

const hoursIn: Readonly<Record<string, number>> = { hour: 1, day: 24, week: 168 };

function brokenPeriod(promise: string, root: SyntaxNode): Finding | undefined {
  const said = [...promise.matchAll(/\b(?:last|past|previous)\s+(\d{1,3})\s+(hour|day|week)s?\b/gi)].map(
    ([words, count, unit]) => ({ words, hours: Number(count) * (hoursIn[unit?.toLowerCase() ?? ''] ?? 0) }),
  );
  const calls = nodesOfKind(root, 'FunctionCallExpression').filter((call) => calledName(call) === 'ago');
  const hours = calls.flatMap((call) => hoursAgo(call) ?? []);
  const [first] = calls;
  const [promised] = said;
  if (promised === undefined || first === undefined || hours.length !== calls.length) return undefined;
  const spans = nodesOfKind(root, 'TimespanLiteralExpression').flatMap(({ text }) => hoursOf(text) ?? []);
  if (said.some((one) => hours.includes(one.hours) || spans.includes(one.hours))) return undefined;
  return { span: first.span, message: `The name says "${promised.words}", the query looks back by ${first.text}.` };
}

function brokenDirection(promise: string, root: SyntaxNode): Finding | undefined {
  const directions = ['Inbound', 'Outbound', 'Intra-org'];
  return brokenWord(promise, root, { columns: /^EmailDirection$/, words: directions, what: 'mail' });
}

function brokenDelivery(promise: string, root: SyntaxNode): Finding | undefined {
  const words = ['Delivered', 'Blocked', 'Junked'];
  return brokenWord(promise, root, { columns: /^DeliveryAction$/, words, what: 'mail' });
}

function brokenThreat(promise: string, root: SyntaxNode): Finding | undefined {
  const words = ['Malware', 'Phish', 'Spam'];
  return brokenWord(promise, root, { columns: /^ThreatTypes$/, words, what: 'verdict' });
}

interface Vocabulary {
  readonly columns: RegExp;
  readonly words: readonly string[];
  readonly what: string;
}

/** A promise of one word of several where all comparisons of the column are about others. */
function brokenWord(promise: string, root: SyntaxNode, { columns, words, what }: Vocabulary): Finding | undefined {
  const said = words.filter((word) => new RegExp(`\\b${word}(?:ing)?\\b`, 'i').test(promise));
  const compared = comparisonsOf(root).filter(({ left }) => columns.test(left.text));
  const texts = compared.flatMap(({ right }) => right.flatMap((node) => constantsOf(node).map(({ text }) => text)));
  const [first] = compared;
  const [only] = said;
  if (first === undefined || only === undefined || said.length !== 1 || texts.length === 0) return undefined;
  if (compared.some(({ operator }) => operator.startsWith('!'))) return undefined;
  const read = words.filter((word) => texts.some((text) => text.toLowerCase().includes(word.toLowerCase())));
  // Anything else that names the word shows that the promise is kept in another way.
  if (read.length === 0 || read.includes(only) || mentions(root, only)) return undefined;
  return {
    span: first.node.span,
    message: `The name says ${only.toLowerCase()} ${what}, the query reads ${read.join(' and ')}.`,
  };
}

function brokenMethod(promise: string, root: SyntaxNode): Finding | undefined {
  const methods = ['SPF', 'DKIM', 'DMARC', 'CompAuth'];
  const said = methods.filter((method) => new RegExp(`\\b${method}\\b`, 'i').test(promise));
  const [only] = said;
  const read = only === undefined ? [] : methods.filter((method) => mentions(root, method));
  if (read.length === 0 || read.some((method) => said.includes(method))) return undefined;
  const place = mentionsOf(root, read[0] ?? '')[0];
  return place === undefined
    ? undefined
    : { span: place.span, message: `The name says ${said.join(' and ')}, the query reads ${read.join(' and ')}.` };
}

const mentions = (root: SyntaxNode, word: string): boolean => mentionsOf(root, word).length > 0;

/** Names and texts of the query in which a word stands, comments left out. */
function mentionsOf(root: SyntaxNode, word: string): readonly SyntaxNode[] {
  const pattern = new RegExp(`(?<![a-z])${word}`, 'i');
  return nodesOfKind(root, 'StringLiteralExpression', 'NameReference', 'NameDeclaration', 'BracketedExpression').filter(
    (node) => pattern.test(node.literal ?? node.text) && membersOf(node).length > 0,
  );
}
