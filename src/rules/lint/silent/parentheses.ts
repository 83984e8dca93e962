import type { SyntaxNode } from '../../../kql/index.ts';
import type { Lint } from '../lint.ts';
import { comparisonOf, nodesOfKind, operandsOf } from '../nodes.ts';
import { columnNamesIn } from './operators.ts';

/** `and` and `or` on one level, where the reader groups otherwise than the language. */
export const mixedAndOr: Lint = {
  id: 'MH215',
  name: 'and-or-without-parentheses',
  group: 'silent',
  severity: 'warning',
  summary: '`and` binds closer than `or`: a condition that seems to hold for all alternatives holds for one.',
  why: [
    '`EmailDirection == "Inbound" and Subject has "invoice" or Subject has "payment"` is read as `(Inbound and invoice) or payment`: every',
    'outgoing mail with "payment" in its subject is found too. Put the alternatives in parentheses, or use `has_any`, `in`.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/logical-operators',
  examples: [
    {
      wrong:
        'EmailEvents | where EmailDirection == "Inbound" and Subject has "invoice" or Subject has "payment" | project Subject',
      right:
        'EmailEvents | where EmailDirection == "Inbound" and (Subject has "invoice" or Subject has "payment") | project Subject',
    },
    {
      wrong:
        'EmailEvents | where Timestamp > ago(1d) and SenderFromDomain has "fabrikam" or SenderDisplayName has "Fabrikam"',
      right:
        'EmailEvents | where Timestamp > ago(1d) and (SenderFromDomain has "fabrikam" or SenderDisplayName has "Fabrikam")',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    for (const node of nodesOfKind(reading.root, 'OrExpression')) {
      if (node.parent?.kind === 'OrExpression') continue;
      const found = strayOf(operandsOf(node, 'OrExpression'));
      if (found === undefined) continue;
      yield {
        span: node.span,
        message: `and binds closer than or: ${brief(found.condition.text)} holds only together with ${brief(found.beside.text)}, not with ${brief(found.alone.text)}.`,
      };
    }
  },
};

interface Stray {
  /** What the `and` says of one alternative only. */
  readonly condition: SyntaxNode;
  readonly beside: SyntaxNode;
  readonly alone: SyntaxNode;
}

/** An alternative that the condition beside its neighbour seems to hold for, and does not. */
function strayOf(alternatives: readonly SyntaxNode[]): Stray | undefined {
  for (const [index, alternative] of alternatives.entries()) {
    if (alternative.kind !== 'AndExpression') continue;
    const conjuncts = operandsOf(alternative, 'AndExpression');
    const [first, last] = [conjuncts[0], conjuncts.at(-1)];
    if (first === undefined || last === undefined) continue;
    const stray =
      strayBeside(first, last, alternatives[index + 1]) ?? strayBeside(last, first, alternatives[index - 1]);
    if (stray !== undefined) return stray;
  }
  return undefined;
}

/**
 * @param condition the outer conjunct, `EmailDirection == "Inbound"`
 * @param beside the inner one, next to `or`
 * @param alone what stands on the other side of `or`
 */
function strayBeside(condition: SyntaxNode, beside: SyntaxNode, alone: SyntaxNode | undefined): Stray | undefined {
  if (alone === undefined || alone.kind === 'ParenthesizedExpression' || isAlike(condition, alone)) return undefined;
  if (refines(condition, beside)) return undefined;
  const [frame] = columnNamesIn(condition);
  const isFrame = frame !== undefined && frames.has(frame) && !columnNamesIn(alone).includes(frame);
  return isAlike(beside, alone) || isFrame ? { condition, beside, alone } : undefined;
}

/** `Ip startswith "172." and toint(split(Ip, ".")[1]) between (16 .. 31)`: what follows says more of the same column. */
function refines(condition: SyntaxNode, beside: SyntaxNode): boolean {
  const names = columnNamesIn(beside);
  const isBehind = condition.span.start > beside.span.start;
  const isExclusion = /^not\b/.test(condition.text) || /^!/.test(condition.child('Operator')?.text ?? '');
  return isBehind && !isExclusion && columnNamesIn(condition).some((name) => names.includes(name));
}

/** Columns that say which mail a hunt is about at all: their condition is meant for all alternatives. */
const frames = new Set(['Timestamp', 'TimeGenerated', 'EmailDirection', 'DeliveryAction', 'LatestDeliveryAction']);

/** Whether both are comparisons of the same single column by the same operator. */
function isAlike(a: SyntaxNode | undefined, b: SyntaxNode | undefined): boolean {
  const [one, other] = [a, b].map((node) => (node === undefined ? undefined : comparisonOf(node)));
  if (one === undefined || other === undefined || one.operator !== other.operator) return false;
  return one.left.text === other.left.text && columnNamesIn(one.left).length === 1;
}

const brief = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 57)}…`);
