import { type SyntaxNode, walk } from '../syntax/node.ts';

/** What Sentinel and Defender call the time of an event. */
const timeColumns: ReadonlySet<string> = new Set(['Timestamp', 'TimeGenerated']);

const comparisons = /^(GreaterThan|LessThan|GreaterThanOrEqual|LessThanOrEqual|Equal|Between)Expression$/;

/**
 * True where a text compares the time of its rows with something in a filter: who asks for the last week beside it should
 * know that both hold.
 *
 * @example `EmailEvents | where Timestamp > ago(30d)` // true
 */
export const limitsTime = (root: SyntaxNode): boolean =>
  [...walk(root)].some((node) => comparisons.test(node.kind) && isInFilter(node) && namesTime(node));

const namesTime = (node: SyntaxNode): boolean =>
  [...walk(node)].some(({ kind, text }) => kind === 'NameReference' && timeColumns.has(text));

function isInFilter(node: SyntaxNode): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent)
    if (at.kind === 'FilterOperator' || at.kind === 'FindOperator' || at.kind === 'SearchOperator') return true;
  return false;
}
