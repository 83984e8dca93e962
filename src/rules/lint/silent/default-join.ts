import type { Lint } from '../lint.ts';
import { nodesOfKind, rootOf } from '../nodes.ts';
import { mailRows, messageKeys } from './mail-rows.ts';
import { leavesOutRecipient } from './recipients.ts';
import { isUniqueOn, type JoinSight } from './rows.ts';
import { traceOf } from './trace.ts';

/** `join` without `kind`: of the left rows that agree on the key, one is kept. */
export const defaultJoin: Lint = {
  id: 'MH201',
  name: 'default-join-drops-rows',
  group: 'silent',
  severity: 'warning',
  summary: 'A join without `kind` keeps one row a key of its left side, and the query reads what the others hold.',
  why: [
    'The default kind is `innerunique`: before it joins, Kusto removes from the left side all rows but one of each key; which',
    'one stays is not said. A row of EmailEvents is one recipient of a message, of EmailUrlInfo one URL, of EmailAttachmentInfo',
    'one file of one recipient. A message to 12 people with 3 links, joined by default on `NetworkMessageId`, gives 3 rows with one',
    'of the 12 recipients when EmailEvents stands left, and 12 rows with one of the 3 links when EmailUrlInfo does; `kind=inner`',
    'gives all 36. A filter after the join then looks only at the row that was kept. Write `kind=inner`, or make the left side',
    'unique yourself (`distinct`, `summarize … by` the key), or keep only the key on the left.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/join-innerunique',
  examples: [
    {
      wrong: 'EmailEvents | join EmailUrlInfo on NetworkMessageId | project RecipientEmailAddress, Url',
      right: 'EmailEvents | join kind=inner EmailUrlInfo on NetworkMessageId | project RecipientEmailAddress, Url',
    },
    {
      wrong: 'EmailUrlInfo | join EmailEvents on NetworkMessageId | where UrlDomain endswith ".test"',
      right: 'EmailUrlInfo | join kind=inner EmailEvents on NetworkMessageId | where UrlDomain endswith ".test"',
    },
    {
      wrong:
        'EmailUrlInfo | join EmailEvents on NetworkMessageId | where UrlDomain endswith ".test" | summarize dcount(Subject)',
      right:
        'EmailUrlInfo | where UrlDomain endswith ".test" | distinct NetworkMessageId | join EmailEvents on NetworkMessageId | summarize dcount(Subject)',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    for (const join of traceOf(reading.root).joins) {
      const lost = join.isDefault ? lostBy(join) : undefined;
      if (lost === undefined) continue;
      const keyword = join.node.child('JoinKeyword')?.span ?? join.node.span;
      yield {
        span: keyword,
        message: `A join without kind keeps one ${lost.one} for each ${keyNames(join)}: ${listed(lost.read)}, read afterwards, ${lost.read.length === 1 ? 'is' : 'are'} of whichever it is, the others are lost.`,
        ...(isSafe(join)
          ? { fix: [{ span: { start: keyword.start + keyword.length, length: 0 }, text: ' kind=inner' }] }
          : {}),
      };
    }
  },
};

/** Whether all rows of both sides are what is meant: nothing counts them, and a recipient is not joined with another's rows. */
function isSafe(join: JoinSight): boolean {
  const { span } = join.node;
  const later = [...nodesOfKind(rootOf(join.node), 'SummarizeOperator', 'MakeSeriesOperator', 'CountOperator')];
  return !later.some((operator) => operator.span.start > span.start) && !leavesOutRecipient(join);
}

interface Lost {
  readonly one: string;
  /** The columns of the left side that differ among rows of one key and are read after the join. */
  readonly read: readonly string[];
}

/** What a join that keeps one left row a key loses; undefined where the rows are unique or nobody reads what differs. */
function lostBy(join: JoinSight): Lost | undefined {
  const [table] = join.left.grains;
  const keys = join.keys.map(({ left }) => left);
  if (table === undefined || isUniqueOn(join.left, keys)) return undefined;
  if (!keys.some((key) => join.left.columns.get(key)?.origin !== undefined)) return undefined;
  const read = [...join.used.left].filter((column) => differs(join, column));
  const first = read.find((column) => !whenAndWhich.has(column));
  if (first === undefined) return undefined;
  const origin = join.left.columns.get(first)?.origin?.table ?? table;
  const owner = join.left.grains.includes(origin) ? origin : table;
  return { one: mailRows[owner]?.one ?? `row of ${owner}`, read };
}

/** Columns that differ in every row and by which no reader misses the others. */
const whenAndWhich = new Set(['Timestamp', 'TimeGenerated', 'ReportId']);

/** Whether left rows of one key may hold different values in a column. */
function differs({ left, keys }: JoinSight, name: string): boolean {
  const origin = left.columns.get(name)?.origin;
  if (origin === undefined || keys.some((key) => key.left === name) || left.pinned.has(name)) return false;
  const keyColumns = keys.map((key) => left.columns.get(key.left)?.origin?.column ?? key.left);
  const known = mailRows[origin.table];
  if (known !== undefined && keyColumns.some((key) => messageKeys.has(key)))
    return known.differ.includes(origin.column) && !keyColumns.includes(origin.column);
  return !keyColumns.some((key) => key === origin.column || firstWord(key) === firstWord(origin.column));
}

/** `Recipient` of `RecipientObjectId`: columns of the same thing go together. */
const firstWord = (name: string): string => /^[A-Z]*[a-z0-9]*/.exec(name)?.[0] ?? name;

const keyNames = ({ keys }: JoinSight): string => keys.map(({ left }) => left).join(' and ');

/** At most four names, the others counted. */
const listed = (names: readonly string[]): string =>
  names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more columns`;
