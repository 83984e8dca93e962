import { isCalledAsArgument, kindOf, listOf, type Syntax } from '../../parse/index.ts';

/** What an expression without a name is called: a column by its name, `a.b` and `a[0]` by their parts, `split(a, …)` as a. */
export function ownName(node: Syntax): string | undefined {
  if (kindOf(node) === 'NameReference') return String(node.SimpleName);
  if (isCalledAsArgument(node)) return ownName(listOf(node.ArgumentList.Expressions)[0]);
  if (kindOf(node) !== 'PathExpression' && kindOf(node) !== 'ElementExpression') return undefined;
  const base = ownName(node.Expression);
  const key = kindOf(node) === 'PathExpression' ? node.Selector.SimpleName : node.Selector.Expression.LiteralValue;
  return base === undefined ? String(key) : `${base}_${key}`;
}
