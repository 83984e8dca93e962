import { membersOf, type Reading, type SyntaxNode } from '../../../kql/index.ts';
import type { Finding, Fix, Lint } from '../lint.ts';
import { type Analysis, analysisOf } from './analysis.ts';
import type { Judgement } from './judge.ts';
import { holdsOf, literalsSaying, quoted, rightSpelling, textAt } from './telling.ts';

type DeadMember = Extract<Judgement, { readonly kind: 'dead member' }>;

export const deadMember: Lint = {
  id: 'MH105',
  name: 'dead-member',
  group: 'logic',
  severity: 'warning',
  summary: 'A member of a list that matches nothing the column can hold.',
  why:
    'The other members hide that this one does not work: what its author wanted to find, or to leave out, is not. Write ' +
    'it as the column has it, or take it out.',
  source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-emailevents-table',
  examples: [
    {
      wrong: 'EmailEvents\n| where EmailDirection in ("Inbound", "IntraOrg")',
      right: 'EmailEvents\n| where EmailDirection in ("Inbound", "Intra-org")',
    },
    {
      wrong: 'EmailEvents\n| where AuthenticationDetails has_any ("dmarc=fail", "fail")',
      right: 'EmailEvents\n| where AuthenticationDetails has_any ("fail")',
    },
  ],
  *check(subject) {
    const analysis = analysisOf(subject);
    for (const judgement of analysis?.judgements ?? [])
      if (judgement.kind === 'dead member') yield tell(judgement, analysis!, subject.reading!);
  },
};

function tell(judgement: DeadMember, analysis: Analysis, reading: Reading): Finding {
  const { call, member } = judgement;
  const [literal, ...others] = literalsSaying(member, reading, call.span);
  const right = rightSpelling(member, call, analysis);
  const reason = holdsOf(call, analysis) || 'what it is compared with is never so';
  const advice = right === undefined ? '' : `; write ${quoted(right)}`;
  const message = `${quoted(member)} in ${textAt(reading, call)} matches nothing: ${reason}${advice}`;
  const span = literal?.span ?? call.span;
  const fix = literal === undefined || others.length > 0 ? undefined : fixOf(literal, right);
  return { ...(span && { span }), message, ...(fix && { fix }) };
}

/** The right word in its place, or, where there is none or it is there already, nothing. */
function fixOf(literal: SyntaxNode, right: string | undefined): readonly Fix[] | undefined {
  const isThere = (text: string): boolean => siblingsOf(literal).some((sibling) => sibling.literal === text);
  if (right !== undefined && !isThere(right)) return [{ span: literal.span, text: quoted(right) }];
  return withoutMember(literal);
}

const siblingsOf = (literal: SyntaxNode): readonly SyntaxNode[] => membersOf(literal.parent?.parent);

/** A list without one of its members and the comma that goes with it; undefined where that would leave an empty list. */
export function withoutMember(member: SyntaxNode): readonly Fix[] | undefined {
  const elements = member.parent?.parent?.children ?? [];
  const index = elements.findIndex(({ span }) => span.start === member.parent?.span.start);
  const [before, after] = [elements[index - 1], elements[index + 1]];
  if (index < 0 || member.parent?.kind !== 'SeparatedElement') return undefined;
  const end = member.span.start + member.span.length;
  if (after !== undefined)
    return [{ span: { start: member.span.start, length: after.span.start - member.span.start }, text: '' }];
  const start =
    before?.children[0] === undefined ? undefined : before.children[0].span.start + before.children[0].span.length;
  return start === undefined ? undefined : [{ span: { start, length: end - start }, text: '' }];
}
