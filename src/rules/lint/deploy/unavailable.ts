import type { SyntaxNode } from '../../../kql/index.ts';
import type { Finding, Lint, LintTarget, Subject } from '../lint.ts';
import { calledName, nodesOfKind } from '../nodes.ts';
import { pipelineOf, tablesRead } from './pipeline.ts';

/** Where something of KQL is not offered, and why. */
interface Unavailable {
  readonly targets: readonly LintTarget[];
  readonly reason: string;
}

const everywhere: readonly LintTarget[] = ['defender', 'sentinel', 'mailhunt'];
const portals: readonly LintTarget[] = ['defender', 'sentinel'];

const out: Unavailable = {
  targets: everywhere,
  reason: 'it calls out of the service, which only a cluster of one’s own allows',
};
const code: Unavailable = { targets: everywhere, reason: 'it runs code, which only a cluster of one’s own allows' };
const foreign: Unavailable = { targets: ['defender', 'mailhunt'], reason: 'a rule reads the tables of its own portal' };
const xdr: Unavailable = { targets: ['sentinel'], reason: 'it is a function of advanced hunting in Defender' };

/** Functions and plugins of Kusto, and of one portal, that the other does not have. */
const unavailable: Readonly<Record<string, Unavailable>> = {
  http_request: out,
  http_request_post: out,
  sql_request: out,
  mysql_request: out,
  postgresql_request: out,
  cosmosdb_sql_request: out,
  azure_digital_twins_query_request: out,
  ai_embed_text: out,
  ai_embeddings: out,
  ai_chat_completion: out,
  external_table: out,
  python: code,
  r: code,
  cluster: { targets: portals, reason: 'a rule reads the tables of its own portal' },
  adx: { targets: everywhere, reason: 'rules cannot read other clusters; only a query by hand can' },
  arg: { targets: everywhere, reason: 'rules cannot read Azure Resource Graph; only a query by hand can' },
  app: foreign,
  resource: foreign,
  workspace: foreign,
  fileprofile: xdr,
  devicefromip: xdr,
  seenby: xdr,
  assignedipaddresses: xdr,
};

/** What a query by hand can read and a rule cannot. */
const byHand: ReadonlySet<string> = new Set(['adx', 'arg']);

const portalNames: Readonly<Record<LintTarget, string>> = {
  defender: 'Defender',
  sentinel: 'Sentinel',
  mailhunt: 'mailhunt',
};

function* unavailableCalls({ reading, rule, target }: Subject): Iterable<Finding> {
  if (reading === undefined) return;
  for (const call of nodesOfKind(reading.root, 'FunctionCallExpression')) {
    const name = calledName(call) ?? '';
    const known = Object.hasOwn(unavailable, name) && !isOwn(call) ? unavailable[name] : undefined;
    const isByHand = rule.kind === 'hunting' && byHand.has(name);
    if (known?.targets.includes(target) && !isByHand)
      yield {
        span: call.child('Name')?.span ?? call.span,
        message: `${portalNames[target]} does not offer ${name}(): ${known.reason}.`,
      };
  }
}

/** A function that the query declares itself may have any name. */
function isOwn(call: SyntaxNode): boolean {
  let root = call;
  while (root.parent !== undefined) root = root.parent;
  const identity = call.child('Name')?.symbol?.identity;
  return nodesOfKind(root, 'LetStatement').some(
    (statement) => identity !== undefined && statement.child('Name')?.symbol?.identity === identity,
  );
}

function* watchlists({ reading, rule }: Subject): Iterable<Finding> {
  if (reading === undefined || rule.kind === 'hunting') return;
  const [call] = nodesOfKind(reading.root, 'FunctionCallExpression').filter((node) =>
    /^_getwatchlist/.test(calledName(node) ?? ''),
  );
  if (call === undefined) return;
  const message =
    'Watchlists are there for a custom detection only where a Sentinel workspace is connected to the Defender portal.';
  yield { span: call.span, message };
}

function* rendered({ reading, rule }: Subject): Iterable<Finding> {
  if (reading === undefined || rule.kind === 'hunting') return;
  for (const operator of nodesOfKind(reading.root, 'RenderOperator'))
    yield { span: operator.span, message: 'A rule draws nothing: `render` is ignored.' };
}

function* noTable({ reading, rule }: Subject): Iterable<Finding> {
  if (reading === undefined || rule.kind === 'hunting') return;
  if (tablesRead(reading).length > 0 || reading.diagnostics.some(({ severity }) => severity === 'Error')) return;
  const source = pipelineOf(reading)?.source;
  if (source?.kind !== 'PrintOperator' && source?.kind !== 'DataTableExpression' && source?.kind !== 'RangeOperator')
    return;
  yield { span: source.span, message: 'The rule reads no table: it finds the same whatever happens.' };
}

const queryPage = 'https://learn.microsoft.com/defender-xdr/advanced-hunting-query-language';

export const unavailableLints: readonly Lint[] = [
  {
    id: 'MH370',
    name: 'function-not-offered',
    group: 'deploy',
    severity: 'error',
    summary: 'The query calls a function or plugin that the target does not offer.',
    why: 'Kusto has plugins that call out or run code, and functions that read other clusters; the portals turn them off, for rules at least. FileProfile and its like are Defender’s own.',
    source: queryPage,
    examples: [
      {
        wrong: 'EmailUrlInfo\n| take 1\n| evaluate http_request("https://lists.example.com/")',
        right: 'EmailUrlInfo\n| take 1',
      },
      {
        wrong: 'DeviceFileEvents\n| invoke FileProfile(SHA1, 100)\n| where GlobalPrevalence < 10',
        right: 'DeviceFileEvents\n| where FileName endswith ".iso"',
        target: 'sentinel',
      },
    ],
    check: unavailableCalls,
  },
  {
    id: 'MH371',
    name: 'render-ignored',
    group: 'deploy',
    severity: 'note',
    summary: 'A rule ends in `render`, which only a person’s query shows.',
    why: 'A chart is for who runs the query by hand. In a rule it does nothing, and what is aggregated for it is seldom what an alert needs.',
    source: 'https://learn.microsoft.com/kusto/query/render-operator',
    examples: [
      {
        wrong:
          'EmailEvents\n| where ThreatTypes has "Phish"\n| summarize count() by bin(Timestamp, 1d)\n| render timechart',
        right: 'EmailEvents\n| where ThreatTypes has "Phish"\n| summarize count() by bin(Timestamp, 1d)',
        kind: 'scheduled',
      },
    ],
    check: rendered,
  },
  {
    id: 'MH372',
    name: 'watchlist-needs-workspace',
    group: 'deploy',
    severity: 'note',
    summary: 'A custom detection reads a watchlist of Sentinel.',
    why: '_GetWatchlist() is known in the Defender portal only where a workspace of Sentinel is connected to it.',
    source: 'https://learn.microsoft.com/azure/sentinel/watchlists',
    targets: ['defender'],
    examples: [
      {
        wrong: "EmailEvents\n| where SenderFromDomain in ((_GetWatchlist('domains') | project SearchKey))",
        right: 'EmailEvents\n| where SenderFromDomain in ("contoso.com")',
        kind: 'scheduled',
      },
    ],
    check: watchlists,
  },
  {
    id: 'MH373',
    name: 'no-table',
    group: 'deploy',
    severity: 'warning',
    summary: 'The rule reads no table at all.',
    why: 'What it finds does not depend on any event: it alerts always, or never.',
    source: queryPage,
    examples: [{ wrong: 'print x = 1', right: 'EmailEvents\n| where UrlCount > 0', kind: 'scheduled' }],
    check: noTable,
  },
];
