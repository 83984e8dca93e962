import { type SyntaxNode, walk } from '../../../kql/index.ts';
import type { Finding, Lint, Subject } from '../lint.ts';
import { bare, comparisonOf, nodesOfKind, operandsOf } from '../nodes.ts';
import { keywordOf, listedIn, unpiped } from './pipeline.ts';

/** The first place of a kind; one is enough to be told. */
const first = (look: (subject: Subject) => Iterable<Finding>) =>
  function* (subject: Subject): Iterable<Finding> {
    if (subject.reading === undefined) return;
    for (const finding of look(subject)) {
      yield finding;
      return;
    }
  };

const nodesIn = ({ reading }: Subject, ...kinds: readonly string[]): readonly SyntaxNode[] =>
  reading === undefined ? [] : nodesOfKind(reading.root, ...kinds);

function* everything(subject: Subject): Iterable<Finding> {
  for (const node of nodesIn(subject, 'SearchOperator', 'UnionOperator', 'FindOperator')) {
    const isAll = node.kind === 'UnionOperator' ? listedIn(node).some(({ text }) => text === '*') : !namesTables(node);
    if (!isAll) continue;
    const span = node.children[0]?.span ?? node.span;
    yield {
      span,
      message: `\`${keywordOf(node)}\` reads every table that there is: name the tables that can hold it.`,
    };
  }
}

/** `search in (T)`, `find in (T)`, or a search behind a pipe. */
const namesTables = (node: SyntaxNode): boolean =>
  node.role === 'Operator' || node.child('InClause') !== undefined || node.child('DataScope') !== undefined;

/** Texts compared cheaply: by an index or by length, not letter by letter. */
const cheap = /^(?:==|!=|in|!in|=~|has|has_cs|startswith|>|<|>=|<=)$/;

function* regexFirst(subject: Subject): Iterable<Finding> {
  for (const filter of nodesIn(subject, 'FilterOperator')) {
    const condition = filter.child('Condition');
    if (condition === undefined) continue;
    const [head, ...rest] = operandsOf(bare(condition), 'AndExpression').map(bare);
    const isCheap = rest.some((operand) => cheap.test(operatorOf(operand)));
    if (head === undefined || operatorOf(head) !== 'matches regex' || !isCheap) continue;
    yield {
      span: head.span,
      message: 'This regular expression is tried on every row: put the cheaper conditions beside it first.',
    };
  }
}

const operatorOf = (node: SyntaxNode): string =>
  comparisonOf(node)?.operator ?? node.child('Operator')?.text.toLowerCase() ?? '';

/** A pipeline's operators with those before them. */
function* pipelines(subject: Subject): Iterable<readonly SyntaxNode[]> {
  for (const node of nodesIn(subject, 'PipeExpression'))
    if (node.parent?.kind !== 'PipeExpression' || node.role !== 'Expression') yield unpiped(node).operators;
}

/** Operators that give their rows an order of their own, or none. */
const unordered =
  /^(?:SummarizeOperator|JoinOperator|DistinctOperator|CountOperator|UnionOperator|MakeSeriesOperator|TopOperator|SortOperator)$/;
/** Operators for which the order before them counts. */
const ordered =
  /^(?:TakeOperator|SerializeOperator|ScanOperator|EvaluateOperator|PartitionOperator|MvApplyOperator|InvokeOperator|SampleOperator)$/;

function* lostOrder(subject: Subject): Iterable<Finding> {
  for (const operators of pipelines(subject))
    for (const [index, sort] of operators.entries()) {
      const behind = operators.slice(index + 1);
      const until = behind.findIndex(({ kind }) => unordered.test(kind));
      const isUsed =
        until < 0 || behind.slice(0, until + 1).some((operator) => ordered.test(operator.kind) || readsOrder(operator));
      if (sort.kind !== 'SortOperator' || isUsed) continue;
      const lost = keywordOf(behind[until]!);
      yield {
        span: sort.span,
        message: `The order is lost at \`${lost}\` behind it: all rows are sorted for nothing.`,
      };
    }
}

/** Functions that see the rows before and behind, and lists that are made in order. */
const readsRows = /\b(?:prev|next|row_\w+|make_list\w*|make_bag\w*|make_set\w*|take_any\w*|any|arg_max|arg_min)\s*\(/i;
const readsOrder = ({ text }: SyntaxNode): boolean => readsRows.test(text);

function* expandedEarly(subject: Subject): Iterable<Finding> {
  for (const operators of pipelines(subject))
    for (const [index, expand] of operators.entries()) {
      const next = operators[index + 1];
      if (expand.kind !== 'MvExpandOperator' || next?.kind !== 'FilterOperator') continue;
      // `mv-expand Data.labels` makes a column of another name
      const before = new Set(expand.parent?.child('Expression')?.columns?.map(({ name }) => name));
      const added = (expand.columns ?? []).map(({ name }) => name).filter((name) => !before.has(name));
      const made = new Set([...namesIn(expand), ...added]);
      const read = namesIn(next.child('Condition') ?? next);
      if (read.length === 0 || read.some((name) => made.has(name))) continue;
      yield {
        span: next.span,
        message:
          'This condition does not look at what was expanded: in front of `mv-expand` it spares the rows that are multiplied and dropped.',
      };
    }
}

const namesIn = (node: SyntaxNode): readonly string[] =>
  [...walk(node)].filter(({ kind }) => kind === 'NameReference' || kind === 'NameDeclaration').map(({ text }) => text);

/** What keeps rows away. */
const choosing =
  /^(?:FilterOperator|SummarizeOperator|DistinctOperator|TakeOperator|TopOperator|JoinOperator|LookupOperator|SampleOperator|MvApplyOperator)$/;

function* wholeTables(subject: Subject): Iterable<Finding> {
  for (const operators of pipelines(subject))
    for (const [index, join] of operators.entries()) {
      if (join.kind !== 'JoinOperator') continue;
      const before = join.parent?.child('Expression');
      const [left, right] = [before, join.child('Expression')];
      if (left === undefined || right === undefined || index < 0) continue;
      if (!isWhole(left) || !isWhole(right)) continue;
      yield {
        span: join.children[0]?.span ?? join.span,
        message: 'Two whole tables are joined: filter both before, by time and by what is looked for.',
      };
    }
}

function isWhole(expression: SyntaxNode): boolean {
  const { source, operators } = unpiped(expression);
  return source.symbol?.kind === 'Table' && !operators.some(({ kind }) => choosing.test(kind));
}

/** A column that is the same in each row. */
function* constantKey(subject: Subject): Iterable<Finding> {
  for (const join of nodesIn(subject, 'JoinOperator')) {
    const keys = [...walk(join.child('ConditionClause') ?? join)].filter(
      ({ kind, symbol }) => kind === 'NameReference' && symbol?.kind === 'Column',
    );
    const [key] = keys;
    const left = join.parent?.child('Expression');
    if (key === undefined || new Set(keys.map(({ text }) => text)).size > 1 || left === undefined) continue;
    if (!isConstantIn(left, key.text)) continue;
    yield {
      span: key.span,
      message: `${key.text} is the same in every row: each row of one side is paired with each of the other.`,
    };
  }
}

function isConstantIn(expression: SyntaxNode, column: string): boolean {
  const makers = unpiped(expression)
    .operators.filter(({ kind }) => kind === 'ExtendOperator' || kind === 'ProjectOperator')
    .flatMap(listedIn)
    .filter((member) => member.child('Name')?.text === column);
  const value = makers.at(-1)?.child('Expression');
  return value !== undefined && /Literal/.test(bare(value).kind);
}

const page = 'https://learn.microsoft.com/kusto/query/best-practices';

const note = { group: 'deploy', severity: 'note', source: page } as const;

export const costLints: readonly Lint[] = [
  {
    ...note,
    id: 'MH360',
    name: 'reads-every-table',
    summary: 'The query reads every table.',
    why: 'A search without tables, or a union of `*`, reads all data of the tenant, and fails on the limits of the portal before it is done.',
    examples: [
      {
        wrong: 'search "invoice.example"',
        right: 'search in (EmailEvents, EmailUrlInfo) "invoice.example"',
      },
    ],
    check: first(everything),
  },
  {
    ...note,
    id: 'MH361',
    name: 'regex-before-filter',
    summary: 'A regular expression stands before conditions that cost less.',
    why: 'Conditions are best written from the cheap to the dear: time, `==` and `has` first, expressions last.',
    examples: [
      {
        wrong: 'EmailEvents\n| where Subject matches regex @"\\d{6}" and EmailDirection == "Inbound"',
        right: 'EmailEvents\n| where EmailDirection == "Inbound" and Subject matches regex @"\\d{6}"',
      },
    ],
    check: first(regexFirst),
  },
  {
    ...note,
    id: 'MH362',
    name: 'sorted-for-nothing',
    summary: 'Rows are sorted, and the order is lost before anybody sees it.',
    why: 'A summarize, distinct or join behind it gives its rows in no order. Sort last, or leave it out.',
    examples: [
      {
        wrong: 'EmailEvents\n| sort by Timestamp desc\n| summarize count() by SenderFromDomain',
        right: 'EmailEvents\n| summarize count() by SenderFromDomain\n| sort by count_ desc',
      },
    ],
    check: first(lostOrder),
  },
  {
    ...note,
    id: 'MH363',
    name: 'expanded-before-filter',
    summary: 'Rows are multiplied by mv-expand, and then dropped by a condition that could have stood before it.',
    why: 'A condition on a column that mv-expand leaves alone gives the same rows before it, at less cost.',
    examples: [
      {
        wrong:
          'EmailEvents\n| extend Rules = split(Subject, " ")\n| mv-expand Rules\n| where EmailDirection == "Inbound"',
        right:
          'EmailEvents\n| where EmailDirection == "Inbound"\n| extend Rules = split(Subject, " ")\n| mv-expand Rules',
      },
    ],
    check: first(expandedEarly),
  },
  {
    ...note,
    id: 'MH364',
    name: 'joins-whole-tables',
    summary: 'Two tables are joined, and neither is filtered before.',
    why: 'A join keeps one side in memory and moves both. Filter by time and by what is looked for first; the portals stop a query that takes too much.',
    examples: [
      {
        wrong: 'EmailEvents\n| join kind=inner EmailUrlInfo on NetworkMessageId\n| where UrlDomain == "login.example"',
        right: 'EmailUrlInfo\n| where UrlDomain == "login.example"\n| join kind=inner EmailEvents on NetworkMessageId',
      },
    ],
    check: first(wholeTables),
  },
  {
    ...note,
    id: 'MH365',
    name: 'constant-join-key',
    summary: 'Two tables are joined by a column that is the same in every row.',
    why: 'Each row is paired with each: a million by a thousand is a thousand million rows. For a list of a few values use `in`, for one value `toscalar`.',
    examples: [
      {
        wrong:
          'EmailEvents\n| extend k = 1\n| join kind=inner (EmailUrlInfo | where UrlDomain == "login.example" | extend k = 1) on k',
        right: 'EmailEvents\n| join kind=inner (EmailUrlInfo | where UrlDomain == "login.example") on NetworkMessageId',
      },
    ],
    check: first(constantKey),
  },
];
