import type { CallScalar, Reading } from '../../../kql/index.ts';
import type { Lint } from '../lint.ts';
import { analysisOf } from './analysis.ts';
import { isNullTest } from './never-true.ts';
import { holdsOf, literalsIn, textAt } from './telling.ts';

export const alwaysTrue: Lint = {
  id: 'MH103',
  name: 'always-true',
  group: 'logic',
  severity: 'warning',
  summary: 'A predicate leaves no row out.',
  why:
    'What a filter is there for does not happen: mostly it excludes a value that the column never holds, because the ' +
    'value is spelled in another way or is one of another column.',
  source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-emailevents-table',
  examples: [
    {
      wrong: 'EmailEvents\n| where EmailDirection != "IntraOrg"',
      right: 'EmailEvents\n| where EmailDirection != "Intra-org"',
    },
    {
      wrong: 'EmailEvents\n| where DeliveryAction !contains "Quarantine"',
      right: 'EmailEvents\n| where DeliveryLocation !contains "Quarantine"',
    },
  ],
  *check(subject) {
    const analysis = analysisOf(subject);
    for (const { kind, call } of analysis?.judgements ?? []) {
      if (kind !== 'always' || isNullTest(call) || !isWritten(call, subject.reading!)) continue;
      const reason = holdsOf(call, analysis!);
      const message = `${textAt(subject.reading!, call)} is true on each row${reason === '' ? '' : `: ${reason}`}`;
      yield { ...(call.span && { span: call.span }), message };
    }
  },
};

/** Whether the constants stand in the predicate itself: what a `let` sets is to be changed, and empty lists are to be filled. */
function isWritten(call: CallScalar, reading: Reading): boolean {
  const hasConstants = call.args.some(({ kind }) => kind === 'literal');
  return !hasConstants || literalsIn(reading, call.span).length > 0;
}

export const tautology: Lint = {
  id: 'MH115',
  name: 'tautology',
  group: 'logic',
  severity: 'error',
  summary: 'The branches of an `or` leave no row out together.',
  why: 'A value that is not this is always "not this or not that". Exclusions are joined by `and`, or are one `!in`.',
  source: 'https://learn.microsoft.com/kusto/query/logical-operators',
  examples: [
    {
      wrong: 'EmailEvents\n| where SenderFromDomain != "contoso.com" or SenderFromDomain != "fabrikam.com"',
      right: 'EmailEvents\n| where SenderFromDomain !in ("contoso.com", "fabrikam.com")',
    },
  ],
  *check(subject) {
    for (const { kind, call } of analysisOf(subject)?.judgements ?? []) {
      if (kind !== 'tautology') continue;
      const message = `${textAt(subject.reading!, call)} is true on each row: what one branch leaves out, another lets in`;
      yield { ...(call.span && { span: call.span }), message };
    }
  },
};
