import {
  childrenOf,
  mapScalarPlans,
  membersOf,
  type Plan,
  pruneColumns,
  type Reading,
  type Scalar,
  type SyntaxNode,
  walk,
} from '../../../kql/index.ts';
import type { Lint } from '../lint.ts';

export const unreadExtend: Lint = {
  id: 'MH111',
  name: 'unread-extend',
  group: 'logic',
  severity: 'warning',
  summary: 'A column is computed that nothing reads and no result shows.',
  why:
    'Mostly the test of what the rule is about is computed and never filtered by, so that it counts all rows: filter by ' +
    'it, show it, or take it out.',
  source: 'https://learn.microsoft.com/kusto/query/extend-operator',
  examples: [
    {
      wrong:
        'EmailEvents\n| extend DMARCFail = parse_json(AuthenticationDetails).DMARC == "fail"\n| summarize Mails = count() by bin(Timestamp, 1d)',
      right:
        'EmailEvents\n| where parse_json(AuthenticationDetails).DMARC == "fail"\n| summarize Mails = count() by bin(Timestamp, 1d)',
    },
    {
      wrong: 'EmailEvents\n| extend Domain = tolower(SenderFromDomain)\n| project Timestamp, SenderFromDomain',
      right: 'EmailEvents\n| extend Domain = tolower(SenderFromDomain)\n| project Timestamp, Domain',
    },
  ],
  *check({ reading }) {
    if (reading === undefined || reading.plans.length === 0) return;
    const written = extendsOf(reading.root);
    if (written.length === 0) return;
    const uses = usesOf(reading, written);
    for (const item of written) {
      const use = uses.get(item.node);
      if (use === undefined || use.unread < use.all) continue;
      yield {
        span: item.node.span,
        message: `no result depends on the column ${item.name}${item.value?.type === 'bool' ? ': rows for which it is false stay' : ''}`,
      };
    }
  },
};

/** One column of an `extend`. */
interface Extended {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly value: SyntaxNode | undefined;
}

const extendsOf = (root: SyntaxNode): Extended[] =>
  [...walk(root)]
    .filter(({ kind }) => kind === 'ExtendOperator')
    .flatMap((operator) => membersOf(operator.child('Expressions')))
    .flatMap((node) => {
      const name = node.kind === 'SimpleNamedExpression' ? node.child('Name')?.text : undefined;
      return name === undefined ? [] : [{ name, node, value: node.child('Expression') }];
    });

interface Use {
  readonly all: number;
  readonly unread: number;
}

/** How often each of them is computed in the plans, and how often in vain. */
function usesOf({ plans }: Reading, written: readonly Extended[]): Map<SyntaxNode, Use> {
  const uses = new Map<SyntaxNode, Use>();
  const count = (name: string, value: Scalar, isUnread: boolean): void => {
    const item = writtenAt(name, value, written);
    if (item === undefined) return;
    const { all, unread } = uses.get(item.node) ?? { all: 0, unread: 0 };
    uses.set(item.node, { all: all + 1, unread: unread + (isUnread ? 1 : 0) });
  };
  for (const plan of plans) compare(plan, pruneColumns(plan), count);
  return uses;
}

/** The `extend` that computes a column of a plan: at the same place, or, where a constant has none, the only one of the name. */
function writtenAt(name: string, value: Scalar, written: readonly Extended[]): Extended | undefined {
  const named = written.filter((item) => item.name === name);
  if (value.kind === 'column' && value.name === name) return undefined;
  const span = value.kind === 'call' ? value.span : undefined;
  if (span === undefined) return named.length === 1 ? named[0] : undefined;
  return named.find(
    ({ node }) => node.span.start <= span.start && span.start + span.length <= node.span.start + node.span.length,
  );
}

type Count = (name: string, value: Scalar, isUnread: boolean) => void;

/** Walks a plan beside the one without the columns that nobody reads. */
function compare(plan: Plan, pruned: Plan | undefined, count: Count): void {
  mapScalarPlans(plan, (inside) => {
    compare(inside, pruneColumns(inside), count);
    return inside;
  });
  // what has been put between is of no other shape than the union's columns; then nothing is known
  const isSame = pruned?.kind === plan.kind && !(pruned.kind === 'project' && pruned.columns.length === 0);
  if (plan.kind === 'project') {
    const read = new Set(
      isSame && pruned?.kind === 'project'
        ? pruned.columns.map(({ name }) => name)
        : plan.schema.map(({ name }) => name),
    );
    for (const { name, value } of plan.columns) count(name, value, !read.has(name));
  }
  const [own, left] = [childrenOf(plan), isSame && pruned !== undefined ? childrenOf(pruned) : []];
  for (const [i, child] of own.entries()) compare(child, left[i], count);
}
