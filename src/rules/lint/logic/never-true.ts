import type { CallScalar, Reading } from '../../../kql/index.ts';
import type { Finding, Lint, Subject } from '../lint.ts';
import { type Analysis, analysisOf } from './analysis.ts';
import { possible } from './decide.ts';
import { textsOf } from './formula.ts';
import type { Judgement } from './judge.ts';
import { holdsOf, memberPredicate, replacing, rightSpelling, textAt } from './telling.ts';
import { TRUE } from './truth.ts';

/** The operator that asks the same without looking at case. */
const caseless: Readonly<Record<string, string>> = {
  '==': '=~',
  in: 'in~',
  has_cs: 'has',
  contains_cs: 'contains',
  startswith_cs: 'startswith',
  endswith_cs: 'endswith',
};

type Certain = Extract<Judgement, { readonly kind: 'never' | 'always' }>;
type Why = 'case' | 'range' | 'null' | 'values';

/** Why a predicate is true on no row. */
function whyOf({ call }: Certain, { leaves }: Analysis): Why {
  const [first] = call.args;
  if (call.name === 'isnull') return 'null';
  if (first?.type !== 'string' && first?.type !== 'dynamic') return 'range';
  const name = caseless[call.name];
  const isCase = name !== undefined && (possible({ ...call, name }, [], leaves) & TRUE) !== 0;
  return isCase ? 'case' : 'values';
}

/** A list that a `let` keeps for its reader to fill finds nothing until then, and is meant so. */
const asksEmptyList = ({ args: [, list, ...more] }: CallScalar): boolean =>
  more.length === 0 && list?.kind === 'literal' && Array.isArray(list.value) && list.value.length === 0;

/** The findings of a lint that tells predicates which are true on no row. */
const telling = (why: Why, tell: (call: CallScalar, analysis: Analysis, reading: Reading) => Finding) =>
  function* check(subject: Subject): Iterable<Finding> {
    const analysis = analysisOf(subject);
    for (const judgement of analysis?.judgements ?? [])
      if (judgement.kind === 'never' && !asksEmptyList(judgement.call) && whyOf(judgement, analysis!) === why)
        yield tell(judgement.call, analysis!, subject.reading!);
  };

function tellValues(call: CallScalar, analysis: Analysis, reading: Reading): Finding {
  const texts = textsOf(call.args.slice(1)) ?? [];
  const [text] = texts;
  const right = texts.length === 1 ? rightSpelling(text!, call, analysis) : undefined;
  const member = texts.length === 1 ? memberPredicate(call, text!, analysis, reading) : undefined;
  const advice = right === undefined ? member : JSON.stringify(right);
  const reason = emptyReason(call, analysis) || holdsOf(call, analysis) || 'what it reads never is so';
  const message = `${textAt(reading, call)} is never true: ${reason}${advice === undefined ? '' : `; write ${advice}`}`;
  return { ...(call.span && { span: call.span }), message, ...fixOf(call, { text, right, member }, reading) };
}

function fixOf(
  call: CallScalar,
  { text, right, member }: { text: string | undefined; right: string | undefined; member: string | undefined },
  reading: Reading,
): Pick<Finding, 'fix'> {
  if (right !== undefined) return replacing(text!, right, reading, call.span);
  const isSearch = call.name === 'has' || call.name === 'contains' || call.name === 'has_any';
  return member !== undefined && isSearch && call.span !== undefined
    ? { fix: [{ span: call.span, text: member }] }
    : {};
}

/** Where what is compared is always empty. */
function emptyReason(call: CallScalar, { leaves }: Analysis): string {
  const [first] = call.args;
  if (first?.kind !== 'call' || first.type !== 'string') return '';
  const isFound: CallScalar = { kind: 'call', name: 'isnotempty', type: 'bool', args: [first] };
  return (possible(isFound, [], leaves) & TRUE) === 0
    ? `what it compares is always empty, for ${first.name} finds nothing`
    : '';
}

const schema = 'https://learn.microsoft.com/defender-xdr/advanced-hunting-emailevents-table';
const operators = 'https://learn.microsoft.com/kusto/query/datatypes-string-operators';

export const neverTrue: Lint = {
  id: 'MH101',
  name: 'never-true',
  group: 'logic',
  severity: 'error',
  summary: 'A predicate asks for a value that its column never holds.',
  why:
    'The query is valid and finds nothing, however much of what it looks for is there. Ask for a value that the column ' +
    'holds: `EmailDirection == "Intra-org"`. `AuthenticationDetails` holds JSON such as ' +
    '`{"SPF":"pass","DKIM":"pass","DMARC":"fail","CompAuth":"fail"}` and never the `dmarc=fail` of a mail header: write ' +
    '`parse_json(AuthenticationDetails).DMARC == "fail"`.',
  source: schema,
  examples: [
    {
      wrong: 'EmailEvents\n| where AuthenticationDetails has "dmarc=fail"',
      right: 'EmailEvents\n| where parse_json(AuthenticationDetails).DMARC == "fail"',
    },
    {
      wrong: 'EmailEvents\n| where EmailDirection == "IntraOrg"',
      right: 'EmailEvents\n| where EmailDirection == "Intra-org"',
    },
    {
      wrong: 'EmailEvents\n| summarize Mails = countif(DeliveryAction == "Quarantined") by SenderFromDomain',
      right: 'EmailEvents\n| summarize Mails = countif(DeliveryLocation == "Quarantine") by SenderFromDomain',
      target: 'sentinel',
    },
    {
      wrong: 'EmailAttachmentInfo\n| where SHA256 == "d41d8cd98f00b204e9800998ecf8427e"',
      right:
        'EmailAttachmentInfo\n| where SHA256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"',
    },
  ],
  check: telling('values', tellValues),
};

export const wrongCase: Lint = {
  id: 'MH104',
  name: 'wrong-case',
  group: 'logic',
  severity: 'error',
  summary: 'A case-sensitive operator compares with a text that its column spells in another case.',
  why:
    '`==`, `in` and the operators that end in `_cs` look at case. Write the value as the column has it, which is also ' +
    'faster than `=~`.',
  source: operators,
  examples: [
    {
      wrong: 'EmailEvents\n| where EmailDirection == "inbound"',
      right: 'EmailEvents\n| where EmailDirection == "Inbound"',
    },
    {
      wrong: 'EmailEvents\n| where tostring(parse_json(AuthenticationDetails).DMARC) == "Fail"',
      right: 'EmailEvents\n| where tostring(parse_json(AuthenticationDetails).DMARC) == "fail"',
    },
    {
      wrong: 'EmailEvents\n| where tolower(Subject) == "Invoice"',
      right: 'EmailEvents\n| where tolower(Subject) == "invoice"',
    },
  ],
  check: telling('case', (call, analysis, reading) => {
    const texts = textsOf(call.args.slice(1)) ?? [];
    const spelled = texts.map((text) => [text, rightSpelling(text, call, analysis) ?? folded(text, call)] as const);
    const right = spelled.flatMap(([, by]) => (by === undefined ? [] : [JSON.stringify(by)]));
    const reason =
      holdsOf(call, analysis) || `${call.args[0]?.kind === 'call' ? call.args[0].name : 'it'} gives texts of one case`;
    const advice = right.length === 0 ? `; write ${caseless[call.name]}` : `; write ${right.join(', ')}`;
    const fixes = spelled.map(([text, by]) => (by === undefined ? {} : replacing(text, by, reading, call.span)));
    const fix = fixes.flatMap((one) => one.fix ?? []);
    return {
      ...(call.span && { span: call.span }),
      message: `${textAt(reading, call)} is never true, for ${call.name} looks at case: ${reason}${advice}`,
      ...(fix.length === texts.length && fix.length > 0 && { fix }),
    };
  }),
};

/** The text in the case that `tolower` or `toupper` gives. */
function folded(text: string, { args: [first] }: CallScalar): string | undefined {
  if (first?.kind !== 'call') return undefined;
  if (first.name === 'tolower') return text.toLowerCase();
  return first.name === 'toupper' ? text.toUpperCase() : undefined;
}

export const emptyRange: Lint = {
  id: 'MH109',
  name: 'empty-range',
  group: 'logic',
  severity: 'error',
  summary: 'No number or time satisfies this comparison.',
  why: 'Mostly the ends of a range stand in the wrong order: `between` wants the smaller, or the earlier, first.',
  source: 'https://learn.microsoft.com/kusto/query/between-operator',
  examples: [
    {
      wrong: 'EmailEvents\n| where Timestamp between (now() .. ago(7d))',
      right: 'EmailEvents\n| where Timestamp between (ago(7d) .. now())',
    },
    {
      wrong: 'EmailEvents\n| summarize Mails = count() by SenderFromDomain\n| where Mails < 0',
      right: 'EmailEvents\n| summarize Mails = count() by SenderFromDomain\n| where Mails > 0',
    },
  ],
  check: telling('range', (call, _, reading) => ({
    ...(call.span && { span: call.span }),
    message: `${textAt(reading, call)} is never true: no value lies there`,
  })),
};

export const nullText: Lint = {
  id: 'MH116',
  name: 'text-is-never-null',
  group: 'logic',
  severity: 'warning',
  summary: 'A text is asked whether it is null.',
  why:
    'In KQL a string is never null: what is missing is the empty text. So `isnotnull` leaves no row out and `isnull` ' +
    'leaves none in. Write `isnotempty` or `isempty`.',
  source: 'https://learn.microsoft.com/kusto/query/scalar-data-types/null-values',
  examples: [
    {
      wrong: 'EmailEvents\n| where isnotnull(ThreatTypes)',
      right: 'EmailEvents\n| where isnotempty(ThreatTypes)',
    },
    { wrong: 'UrlClickEvents\n| where isnull(AccountUpn)', right: 'UrlClickEvents\n| where isempty(AccountUpn)' },
  ],
  *check(subject) {
    for (const { kind, call } of analysisOf(subject)?.judgements ?? []) {
      if ((kind !== 'never' && kind !== 'always') || !isNullTest(call)) continue;
      const name = call.name === 'isnull' ? 'isempty' : 'isnotempty';
      const said = kind === 'never' ? 'never true' : 'always true';
      const message = `${textAt(subject.reading!, call)} is ${said}: a text is never null; write ${name}`;
      yield { ...(call.span && { span: call.span }), message };
    }
  },
};

export const isNullTest = ({ name, args }: CallScalar): boolean =>
  (name === 'isnull' || name === 'isnotnull') && args[0]?.type === 'string';
