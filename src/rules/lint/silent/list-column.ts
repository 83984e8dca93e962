import { constantsOf } from '../constants.ts';
import type { Finding, Fix, Lint } from '../lint.ts';
import { type Comparison, comparisonsOf } from '../nodes.ts';
import type { Origin } from './rows.ts';
import { traceOf } from './trace.ts';

/** Equality on a column that holds several words. */
export const listColumn: Lint = {
  id: 'MH204',
  name: 'list-column-equality',
  group: 'silent',
  severity: 'warning',
  summary: 'A column that lists several words is compared as if it held one.',
  why: [
    '`ThreatTypes` holds all verdicts of a message in one text: `Phish`, but also `Phish, Spam` or `Malware, Phish`. `== "Phish"` and',
    '`in ("Phish", "Malware")` leave out every message with two verdicts, which are the worse ones; `!= "Phish"` lets them in.',
    'Write `has "Phish"`, `has_any ("Phish", "Malware")`, `!has "Phish"`.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-emailevents-table',
  examples: [
    { wrong: 'EmailEvents | where ThreatTypes == "Phish"', right: 'EmailEvents | where ThreatTypes has "Phish"' },
    {
      wrong: 'EmailEvents | where ThreatTypes in ("Phish", "Malware")',
      right: 'EmailEvents | where ThreatTypes has_any ("Phish", "Malware")',
    },
    {
      wrong: 'EmailEvents | where DetectionMethods == "Spoof DMARC"',
      right: 'EmailEvents | where DetectionMethods has "Spoof DMARC"',
    },
    { wrong: 'EmailEvents | where ThreatTypes != "Phish"', right: 'EmailEvents | where ThreatTypes !has "Phish"' },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    const trace = traceOf(reading.root);
    for (const comparison of comparisonsOf(reading.root)) {
      if (!replacements.has(comparison.operator)) continue;
      const origin = trace.originOf(comparison.left);
      if (origin === undefined || !isList(origin)) continue;
      const finding = findingOf(comparison, origin);
      if (finding !== undefined) yield finding;
    }
  },
};

/** What says of a list what these operators say of one word; undefined: nothing in one operator. */
const replacements: ReadonlyMap<string, string | undefined> = new Map([
  ['==', 'has'],
  ['=~', 'has'],
  ['!=', '!has'],
  ['!~', '!has'],
  ['startswith', 'has'],
  ['in', 'has_any'],
  ['in~', 'has_any'],
  ['!in', undefined],
  ['!in~', undefined],
]);

/** The verdict of a click is one word; those of messages and files are lists, and so are the methods that found them. */
const isList = ({ table, column }: Origin): boolean =>
  /^(?:Original)?(?:ThreatTypes|DetectionMethods)$/.test(column) &&
  ['EmailEvents', 'EmailAttachmentInfo', 'EmailPostDeliveryEvents'].includes(table);

function findingOf(comparison: Comparison, { column }: Origin): Finding | undefined {
  const texts = comparison.right.flatMap((node) => constantsOf(node).map(({ text }) => text));
  // A query that spells out the combinations knows that it is a list.
  const isKnown = texts.length === 0 || texts.some((text) => /[,[{]/.test(text));
  const words = texts.filter((text) => /^[A-Za-z][\w -]*$/.test(text));
  const [word] = words;
  if (isKnown || word === undefined) return undefined;
  const fix = words.length === texts.length ? fixOf(comparison) : undefined;
  return {
    span: comparison.node.span,
    message: `${column} ${contentOf(column)}: ${effectOf(comparison.operator, column, word)}.`,
    ...(fix === undefined ? {} : { fix }),
  };
}

const contentOf = (column: string): string =>
  column.endsWith('Methods') ? 'holds JSON with all methods' : 'lists all verdicts in one text';

function effectOf(operator: string, column: string, word: string): string {
  const verb = operator.startsWith('!') ? 'lets in' : 'leaves out';
  if (column.endsWith('Methods')) return `${operator} ${verb} {"Phish":["${word}"]}`;
  const other = word === 'Spam' ? 'Phish' : 'Spam';
  return `${operator} ${verb} "${operator === 'startswith' ? `${other}, ${word}` : `${word}, ${other}`}"`;
}

function fixOf({ node, operator }: Comparison): readonly Fix[] | undefined {
  const [token, text] = [node.child('Operator'), replacements.get(operator)];
  return token === undefined || text === undefined ? undefined : [{ span: token.span, text }];
}
