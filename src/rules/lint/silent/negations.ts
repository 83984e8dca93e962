import type { SyntaxNode } from '../../../kql/index.ts';
import { constantsOf } from '../constants.ts';
import type { Lint } from '../lint.ts';
import { bare, type Comparison, comparisonOf, nodesOfKind, operandsOf } from '../nodes.ts';

/** Exclusions joined by `or`: each lets in what the others keep out. */
export const negationsWithOr: Lint = {
  id: 'MH218',
  name: 'exclusions-joined-by-or',
  group: 'silent',
  severity: 'error',
  summary: 'Exclusions of the same column are joined by `or`: each lets in what the other keeps out.',
  why: [
    '`Subject !has "newsletter" or Subject !has "digest"` is false only for a subject that has both: of 1,000 newsletters and 1,000',
    'digests all 2,000 pass. With `!=` nothing at all is kept out. "Neither … nor" is `and`: `Subject !has "newsletter" and Subject !has "digest"`, or',
    '`not(Subject has_any ("newsletter", "digest"))`, `!in (…)`.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/logical-operators',
  examples: [
    {
      wrong: 'EmailEvents | where SenderFromDomain != "contoso.com" or SenderFromDomain != "fabrikam.com"',
      right: 'EmailEvents | where SenderFromDomain != "contoso.com" and SenderFromDomain != "fabrikam.com"',
    },
    {
      wrong: 'EmailEvents | where Subject !has "newsletter" or Subject !has "digest"',
      right: 'EmailEvents | where not(Subject has_any ("newsletter", "digest"))',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    for (const node of nodesOfKind(reading.root, 'OrExpression')) {
      if (node.parent?.kind === 'OrExpression') continue;
      const pair = pairOf(operandsOf(node, 'OrExpression').map(bare));
      if (pair === undefined) continue;
      const [a, b] = pair;
      yield {
        span: node.span,
        message: `${a.node.text} lets in what ${b.node.text} keeps out and the other way round: together they keep out ${a.operator === '!=' || a.operator === '!in' ? 'nothing' : 'only what has both'}.`,
      };
    }
  },
};

function pairOf(alternatives: readonly SyntaxNode[]): readonly [Comparison, Comparison] | undefined {
  const negative = alternatives.flatMap((node) => {
    const comparison = comparisonOf(node);
    return comparison?.operator.startsWith('!') && constant(comparison) !== '' ? [comparison] : [];
  });
  for (const [index, a] of negative.entries()) {
    const b = negative
      .slice(index + 1)
      .find(
        (other) => other.left.text === a.left.text && other.operator === a.operator && constant(other) !== constant(a),
      );
    if (b !== undefined) return [a, b];
  }
  return undefined;
}

/** The texts that are kept out, joined; empty where they are not known. */
const constant = ({ right }: Comparison): string =>
  right.flatMap((node) => constantsOf(node).map(({ text }) => text)).join('\n');
