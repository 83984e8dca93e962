import type { Lint } from '../lint.ts';
import { argumentsOf, calledName, nodesOfKind } from '../nodes.ts';
import { traceOf } from './trace.ts';

/** Plain words read as JSON. */
export const textAsJson: Lint = {
  id: 'MH224',
  name: 'plain-text-read-as-json',
  group: 'silent',
  severity: 'warning',
  summary: 'A column of plain words is read as JSON: it has no members.',
  why: [
    '`ThreatTypes` holds `Phish, Spam`, no JSON. `parse_json(ThreatTypes)` gives that text back as one value: `.Phish` and `[0]` of it are',
    'null, `mv-expand` makes one row, `bag_unpack` no column. Split it: `split(ThreatTypes, ", ")`. JSON is what `DetectionMethods`,',
    '`AuthenticationDetails` and `ConfidenceLevel` hold.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/parse-json-function',
  examples: [
    {
      wrong: 'EmailEvents | mv-expand Threat = parse_json(ThreatTypes) | summarize count() by tostring(Threat)',
      right: 'EmailEvents | mv-expand Threat = split(ThreatTypes, ", ") | summarize count() by tostring(Threat)',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    const trace = traceOf(reading.root);
    for (const call of nodesOfKind(reading.root, 'FunctionCallExpression')) {
      if (!/^(?:parse_json|todynamic|parsejson|toobject|extractjson|extract_json)$/.test(calledName(call) ?? ''))
        continue;
      const value = /^extract/.test(calledName(call) ?? '') ? argumentsOf(call)[1] : argumentsOf(call)[0];
      const origin = value === undefined ? undefined : trace.originOf(value);
      if (origin === undefined || !isPlain(origin.table, origin.column)) continue;
      yield {
        span: call.span,
        message: `${origin.column} of ${origin.table} holds plain words, no JSON: read as JSON it has no members.`,
      };
    }
  },
};

/** Columns of the mail tables that hold words, or words with commas. */
const plain = new Set([
  'ThreatTypes',
  'OriginalThreatTypes',
  'ThreatNames',
  'Subject',
  'DeliveryAction',
  'DeliveryLocation',
  'EmailAction',
  'EmailActionPolicy',
  'EmailDirection',
  'SenderFromAddress',
  'SenderMailFromAddress',
  'RecipientEmailAddress',
  'Url',
  'UrlDomain',
  'UrlLocation',
]);

const isPlain = (table: string, column: string): boolean => /^(?:Email|UrlClick)/.test(table) && plain.has(column);
