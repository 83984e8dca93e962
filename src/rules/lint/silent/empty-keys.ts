import type { SyntaxNode } from '../../../kql/index.ts';
import type { Lint } from '../lint.ts';
import { argumentsOf, calledName, comparisonsOf, nodesOfKind } from '../nodes.ts';
import type { JoinSight, Rows } from './rows.ts';
import { traceOf } from './trace.ts';

/** Columns that are empty in many rows, joined with each other. */
export const emptyKeys: Lint = {
  id: 'MH208',
  name: 'empty-joins-empty',
  group: 'silent',
  severity: 'warning',
  summary: 'Both sides of a join have rows with an empty key, and these are joined with each other.',
  why: [
    'A text column has no null in Kusto: what is not known is `""`, and `""` equals `""`. Files without a hash (removed attachments, folders, files',
    'too large) join all other files without one: 200 attachments and 5,000 file events with an empty SHA256 give 1,000,000 rows',
    'that say nothing. Put `| where isnotempty(SHA256)` before the join on one side at least.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/scalar-data-types/null-values',
  examples: [
    {
      wrong: 'EmailAttachmentInfo | join kind=inner DeviceFileEvents on SHA256 | project FileName, DeviceName',
      right:
        'EmailAttachmentInfo | where isnotempty(SHA256) | join kind=inner DeviceFileEvents on SHA256 | project FileName, DeviceName',
    },
    {
      wrong:
        'EmailEvents | join kind=inner DeviceNetworkEvents on $left.SenderIPv4 == $right.RemoteIP | project SenderIPv4, DeviceName',
      right:
        'EmailEvents | where isnotempty(SenderIPv4) | join kind=inner DeviceNetworkEvents on $left.SenderIPv4 == $right.RemoteIP | project SenderIPv4, DeviceName',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    for (const join of traceOf(reading.root).joins) {
      const [only, second] = join.keys;
      if (only === undefined || second !== undefined || /anti/.test(join.kind)) continue;
      if (!mayBeEmpty(join.left, only.left) || !mayBeEmpty(join.right, only.right)) continue;
      if (isFilledLater(reading.root, join, [only.left, only.right, `${only.right}1`])) continue;
      yield {
        span: only.node.span,
        message: `${nameOf(join.left, only.left)} and ${nameOf(join.right, only.right)} are both empty in some rows, and the join makes a row of each pair of these.`,
      };
    }
  },
};

const files = [
  'EmailAttachmentInfo',
  'DeviceFileEvents',
  'DeviceEvents',
  'DeviceProcessEvents',
  'DeviceImageLoadEvents',
  'AlertEvidence',
];

/** Columns that the documentation or their nature leaves empty in many rows, with the tables where it is so. */
const empties: Readonly<Record<string, readonly string[]>> = {
  SHA256: files,
  SHA1: files,
  MD5: files,
  SenderIPv4: ['EmailEvents'],
  SenderIPv6: ['EmailEvents'],
  SenderObjectId: ['EmailEvents', 'EmailAttachmentInfo'],
  RecipientObjectId: ['EmailEvents', 'EmailAttachmentInfo'],
  RemoteIP: ['DeviceNetworkEvents', 'DeviceEvents', 'DeviceLogonEvents', 'AlertEvidence'],
  FileOriginIP: ['DeviceFileEvents', 'DeviceEvents'],
  FileOriginUrl: ['DeviceFileEvents', 'DeviceEvents'],
  RemoteUrl: ['DeviceNetworkEvents', 'DeviceEvents', 'AlertEvidence'],
  AccountObjectId: ['AlertEvidence', 'IdentityLogonEvents'],
  NetworkMessageId: ['AlertEvidence', 'UrlClickEvents'],
};

/** Columns whose filter chooses a kind of event, or files that FileProfile knows, and with it whether the others are filled. */
const kinds = ['EntityType', 'Workload', 'ActionType', 'RemoteIPType', 'GlobalPrevalence', 'GlobalFirstSeen'];

function mayBeEmpty(rows: Rows, name: string): boolean {
  const origin = rows.columns.get(name)?.origin;
  if (origin === undefined || rows.filled.has(name) || rows.pinned.has(name)) return false;
  if (kinds.some((kind) => rows.filled.has(kind))) return false;
  return empties[origin.column]?.includes(origin.table) === true;
}

const nameOf = (rows: Rows, name: string): string => {
  const origin = rows.columns.get(name)?.origin;
  return origin === undefined ? name : `${origin.table}.${origin.column}`;
};

/** Whether a later filter takes the empty ones out. */
function isFilledLater(root: SyntaxNode, join: JoinSight, names: readonly string[]): boolean {
  const isAfter = (node: SyntaxNode): boolean => node.span.start > join.node.span.start;
  const asked = nodesOfKind(root, 'FunctionCallExpression').some(
    (call) => isAfter(call) && calledName(call) === 'isnotempty' && names.includes(argumentsOf(call)[0]?.text ?? ''),
  );
  const compared = comparisonsOf(root).some(
    ({ node, operator, left, right }) =>
      isAfter(node) && names.includes(left.text) && (!operator.startsWith('!') || right[0]?.literal === ''),
  );
  return asked || compared;
}
