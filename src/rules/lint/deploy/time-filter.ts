import type { Span } from '../../../errors/index.ts';
import { type Reading, type SyntaxNode, walk } from '../../../kql/index.ts';
import { declarationOf } from '../constants.ts';
import { argumentsOf, bare, calledName, nodesOfKind } from '../nodes.ts';

/** The columns by which rules are given their data. */
export const timeColumns: ReadonlySet<string> = new Set(['Timestamp', 'TimeGenerated']);

/** A lower bound on the time of events: `Timestamp > ago(7d)`. */
export interface TimeFilter {
  readonly span: Span;
  readonly text: string;
  /** How far back, in milliseconds. */
  readonly back: number;
}

const units: Readonly<Record<string, number>> = {
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
  h: 3_600_000,
  hr: 3_600_000,
  hrs: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  s: 1000,
  sec: 1000,
  second: 1000,
  seconds: 1000,
};

/** Milliseconds of a literal like `7d`, also behind a `let`; undefined for what is computed otherwise. */
export function durationOf(node: SyntaxNode, depth = 0): number | undefined {
  const value = bare(node);
  const declared = value.kind === 'NameReference' && depth < 20 ? declarationOf(value) : undefined;
  if (declared !== undefined) return durationOf(declared, depth + 1);
  if (value.kind !== 'TimespanLiteralExpression') return undefined;
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)([a-z]+)$/i.exec(value.text) ?? [];
  const factor = units[unit.toLowerCase()];
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor;
}

/** How far back `ago(7d)` or `now() - 7d` goes; undefined for other expressions. */
function backOf(node: SyntaxNode, depth = 0): number | undefined {
  const value = bare(node);
  const declared = value.kind === 'NameReference' && depth < 20 ? declarationOf(value) : undefined;
  if (declared !== undefined) return backOf(declared, depth + 1);
  if (calledName(value) === 'startofday') {
    const [argument] = argumentsOf(value);
    return argument === undefined ? undefined : backOf(argument, depth + 1);
  }
  if (calledName(value) === 'ago') {
    const [argument] = argumentsOf(value);
    return argument === undefined ? undefined : durationOf(argument);
  }
  const [left, right] = [value.child('Left'), value.child('Right')];
  if (value.kind !== 'SubtractExpression' || left === undefined || right === undefined) return undefined;
  return calledName(bare(left)) === 'now' ? durationOf(right) : undefined;
}

const isTime = (node: SyntaxNode | undefined): boolean =>
  node !== undefined && bare(node).symbol?.kind === 'Column' && timeColumns.has(bare(node).symbol?.name ?? '');

const isArrival = (node: SyntaxNode | undefined): boolean =>
  node !== undefined && calledName(bare(node)) === 'ingestion_time';

/** All lower bounds on the event's time (or with `arrival`, on `ingestion_time()`) in a query, those of its parts too. */
export function timeFilters({ root }: Reading, { arrival = false } = {}): readonly TimeFilter[] {
  const kinds = [
    'GreaterThanExpression',
    'GreaterThanOrEqualExpression',
    'LessThanExpression',
    'LessThanOrEqualExpression',
  ];
  const compared = nodesOfKind(root, ...kinds, 'BetweenExpression');
  return compared.flatMap((node) => {
    const [column, bound] = sidesOf(node);
    const isFilter = arrival ? isArrival(column) : isTime(column);
    const back = isFilter && bound !== undefined ? backOf(bound) : undefined;
    return back === undefined ? [] : [{ span: node.span, text: node.text, back }];
  });
}

/** The column, and what it must be later than. */
function sidesOf(node: SyntaxNode): readonly [SyntaxNode | undefined, SyntaxNode | undefined] {
  const [left, right] = [node.child('Left'), node.child('Right')];
  if (node.kind === 'BetweenExpression') return [left, right?.child('First')];
  return node.kind.startsWith('Greater') ? [left, right] : [right, left];
}

/** Where a query compares the event's time with the clock. */
export const clockFilters = ({ root }: Reading): readonly SyntaxNode[] =>
  nodesOfKind(root, 'FilterOperator').filter((filter) => {
    const nodes = [...walk(filter)];
    return (
      nodes.some((node) => node.kind === 'NameReference' && isTime(node)) &&
      nodes.some((node) => /^(?:ago|now)$/.test(calledName(node) ?? ''))
    );
  });

/** A duration as people say it: `30 days`, `4 hours`. */
export function inWords(milliseconds: number): string {
  const [name, size] = [...steps].find(([, unit]) => milliseconds % unit === 0) ?? ['second', 1000];
  const amount = milliseconds / size;
  return `${amount} ${name}${amount === 1 ? '' : 's'}`;
}

const steps: readonly (readonly [string, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];
