import type { CallScalar, Reading } from '../../../kql/index.ts';
import type { Finding, Lint } from '../lint.ts';
import { type Analysis, analysisOf } from './analysis.ts';
import type { AbsentMember } from './resolve.ts';
import { holdsOf, nodeAt, onlyLeaf, textAt } from './telling.ts';

export const absentMember: Lint = {
  id: 'MH107',
  name: 'absent-member',
  group: 'logic',
  severity: 'error',
  summary: 'A member is read that the JSON of the column never has.',
  why:
    'The names of members are case-sensitive: `parse_json(AuthenticationDetails).dmarc` is null on each row, and ' +
    'nothing says so. The members are `SPF`, `DKIM`, `DMARC` and `CompAuth`.',
  source: 'https://learn.microsoft.com/kusto/query/scalar-data-types/dynamic',
  examples: [
    {
      wrong: 'EmailEvents\n| where parse_json(AuthenticationDetails).dmarc == "fail"',
      right: 'EmailEvents\n| where parse_json(AuthenticationDetails).DMARC == "fail"',
    },
    {
      wrong:
        'EmailEvents\n| extend Auth = parse_json(AuthenticationDetails)\n| extend Composite = tostring(Auth["compauth"])',
      right:
        'EmailEvents\n| extend Auth = parse_json(AuthenticationDetails)\n| extend Composite = tostring(Auth["CompAuth"])',
    },
  ],
  *check(subject) {
    const analysis = analysisOf(subject);
    for (const absent of once(analysis?.absent ?? [])) yield tellAbsent(absent, analysis!, subject.reading!);
  },
};

/** A function's body, or a table that is read twice, is looked at several times. */
const once = (absent: readonly AbsentMember[]): Iterable<AbsentMember> =>
  new Map(absent.map((one) => [`${one.call.span?.start} ${one.key}`, one])).values();

function tellAbsent({ call, key, bag }: AbsentMember, { leaves }: Analysis, reading: Reading): Finding {
  const { origin, facts } = leaves.of(bag.name)!;
  const keys = facts?.kind === 'bag' ? Object.keys(facts.bag.members) : [];
  const right = keys.find((known) => known.toLowerCase() === key.toLowerCase());
  const advice = right === undefined ? `it has ${keys.join(', ')}` : `write ${right}`;
  const message = `${textAt(reading, call)} is null on each row: ${origin?.table}.${origin?.column} has no member ${key}; ${advice}`;
  const selector = nodeAt(reading, call.span)?.child('Selector');
  const isName = selector?.text === key;
  return {
    ...(call.span && { span: call.span }),
    message,
    ...(isName && right !== undefined && { fix: [{ span: selector.span, text: right }] }),
  };
}

export const blindPattern: Lint = {
  id: 'MH108',
  name: 'blind-pattern',
  group: 'logic',
  severity: 'error',
  summary: 'A pattern is looked for in a column that never holds anything like it.',
  why:
    '`extract` gives the empty text on each row, and what is compared with it later is never true. ' +
    '`AuthenticationDetails` holds JSON, not the text of the header: read its members.',
  source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-emailevents-table',
  examples: [
    {
      wrong: 'EmailEvents\n| extend SPFResult = extract(@"spf=([a-z]+)", 1, AuthenticationDetails)',
      right: 'EmailEvents\n| extend SPFResult = tostring(parse_json(AuthenticationDetails).SPF)',
    },
  ],
  *check(subject) {
    const analysis = analysisOf(subject);
    for (const { kind, call } of analysis?.judgements ?? [])
      if (kind === 'blind') yield tellBlind(call, analysis!, subject.reading!);
  },
};

function tellBlind(call: CallScalar, analysis: Analysis, reading: Reading): Finding {
  const right = memberInstead(call, analysis, reading);
  const advice = right === undefined ? '' : `; write ${right}`;
  return {
    ...(call.span && { span: call.span }),
    message: `${textAt(reading, call)} is empty on each row: ${holdsOf(call, analysis)}${advice}`,
    ...(right !== undefined && call.span && { fix: [{ span: call.span, text: right }] }),
  };
}

/** `spf=([a-z]+)` asks for the member SPF. */
function memberInstead(call: CallScalar, analysis: Analysis, reading: Reading): string | undefined {
  const facts = onlyLeaf(call, analysis)?.facts;
  const [pattern, , source] = call.args;
  if (facts?.kind !== 'bag' || pattern?.kind !== 'literal' || source === undefined) return undefined;
  const found = /^\W*([a-z]+)(?:\\s\*)?[=:](?:\\s\*)?\([^()]+\)\W*$/i.exec(String(pattern.value));
  const key = Object.keys(facts.bag.members).find((known) => known.toLowerCase() === found?.[1]?.toLowerCase());
  const written = nodeAt(reading, call.span)?.child('ArgumentList')?.child('Expressions')?.children[2]
    ?.children[0]?.text;
  return key === undefined || written === undefined ? undefined : `tostring(parse_json(${written}).${key})`;
}
