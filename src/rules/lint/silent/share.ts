import type { SyntaxNode } from '../../../kql/index.ts';
import type { Lint } from '../lint.ts';
import { argumentsOf, bare, calledName, nodesOfKind } from '../nodes.ts';

/** A share computed with whole numbers. */
export const integerShare: Lint = {
  id: 'MH209',
  name: 'integer-share',
  group: 'silent',
  severity: 'error',
  summary: 'A share is computed by dividing whole numbers, which drops what follows the point.',
  why: [
    'Both sides of `countif(…) / count()` are `long`, so the quotient is `long`: 999 failures of 1,000 are 0, and `* 100` after it is',
    'still 0; a threshold such as `> 0.5` is met only at 1. Make one side real first: `1.0 * countif(…) / count()`, `todouble(a) / b`,',
    '`100.0 * a / b`. With `100 * a / b` the percentage is cut to a whole number, and `round(…, 2)` around it rounds nothing.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/numerical-operators',
  examples: [
    {
      wrong:
        'EmailEvents | summarize Failed = countif(DeliveryAction == "Blocked") / count() * 100 by SenderFromDomain',
      right:
        'EmailEvents | summarize Failed = 1.0 * countif(DeliveryAction == "Blocked") / count() * 100 by SenderFromDomain',
    },
    {
      wrong:
        'EmailEvents | summarize All = count(), Bad = countif(ThreatTypes != "") by SenderFromDomain | where Bad / All > 0.5',
      right:
        'EmailEvents | summarize All = count(), Bad = countif(ThreatTypes != "") by SenderFromDomain | where 1.0 * Bad / All > 0.5',
    },
    {
      wrong: 'EmailEvents | summarize All = count(), Bad = countif(ThreatTypes != "") | extend BadRatio = Bad / All',
      right:
        'EmailEvents | summarize All = count(), Bad = countif(ThreatTypes != "") | extend BadRatio = 1.0 * Bad / All',
    },
    {
      wrong:
        'EmailEvents | summarize All = count(), Bad = countif(ThreatTypes != "") | extend Bad = todouble(Bad / All)',
      right:
        'EmailEvents | summarize All = count(), Bad = countif(ThreatTypes != "") | extend Bad = todouble(1.0 * Bad / All)',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    for (const division of nodesOfKind(reading.root, 'DivideExpression')) {
      const [left, right] = [division.child('Left'), division.child('Right')];
      if (left === undefined || right === undefined || !isWhole(left) || !isWhole(right)) continue;
      const use = isConstant(right) ? undefined : readerOf(division, left);
      if (use === undefined) continue;
      yield {
        span: division.span,
        message: `${brief(left.text)} and ${brief(right.text)} are whole numbers, so their quotient is cut to one: ${use}.`,
        fix: [{ span: { start: left.span.start, length: 0 }, text: '1.0 * ' }],
      };
    }
  },
};

const isWhole = ({ type }: SyntaxNode): boolean => type === 'long' || type === 'int';

const isConstant = (node: SyntaxNode): boolean => /^(?:Long|Int)LiteralExpression$/.test(bare(node).kind);

/** What shows that a share is meant, and what comes of it; undefined where whole numbers may be meant. */
function readerOf(division: SyntaxNode, left: SyntaxNode): string | undefined {
  const around = outside(division);
  const isScaled = /^100\b|\*\s*100$/.test(bare(left).text);
  if (around.kind === 'MultiplyExpression' && /\b100(?:\.0*)?\b/.test(around.text))
    return 'a share below 1 is 0 before it is multiplied';
  if (calledName(around) === 'round' && argumentsOf(around).length === 2) return 'there is nothing left to round';
  if (isScaled) return undefined;
  if (/^to(?:double|real|decimal)$/.test(calledName(around) ?? '')) return 'it is made real when it is too late';
  const other = [around.child('Left'), around.child('Right')].find(
    (side) => side !== undefined && bare(side) !== division,
  );
  if (/^(?:Less|Greater)Than/.test(around.kind) && other !== undefined && bare(other).kind === 'RealLiteralExpression')
    return `it is compared with ${other.text}`;
  if (
    around.kind === 'SimpleNamedExpression' &&
    /ratio|share|percent|pct|rate$|fraction/i.test(around.child('Name')?.text ?? '')
  )
    return 'a share below 1 is 0';
  return undefined;
}

/** What stands around an expression, parentheses and the commas of lists left out. */
function outside(node: SyntaxNode): SyntaxNode {
  let up = node.parent;
  while (
    up !== undefined &&
    ['ParenthesizedExpression', 'SeparatedElement', 'List', 'ExpressionList'].includes(up.kind)
  )
    up = up.parent;
  return up ?? node;
}

const brief = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 37)}…`);
