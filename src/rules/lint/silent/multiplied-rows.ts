import { membersOf, type SyntaxNode } from '../../../kql/index.ts';
import type { Lint } from '../lint.ts';
import { argumentsOf, calledName, nodesOfKind } from '../nodes.ts';
import { mailRows, recipientColumns } from './mail-rows.ts';
import { callsIn, columnNamesIn } from './operators.ts';
import { originsOf, type Rows } from './rows.ts';
import { type Trace, traceOf } from './trace.ts';

/** A count of rows that a join has multiplied. */
export const multipliedRows: Lint = {
  id: 'MH202',
  name: 'joined-rows-counted',
  group: 'silent',
  severity: 'warning',
  summary:
    'Rows are counted after a join that makes one of each pair: recipients times URLs, recipients times attachments.',
  why: [
    'A join on `NetworkMessageId` of two tables that both have several rows a message gives a row for each pair. One message to 12',
    'people with 3 links is 36 rows of `EmailEvents | join kind=inner EmailUrlInfo`; `count()` by sender says 36 where the title says',
    'messages (1) or deliveries (12), and a newsletter with 40 links outranks every attack. `dcount(NetworkMessageId)` counts',
    'messages; `distinct` or `summarize` on the side with the links before the join keeps deliveries.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/join-inner',
  examples: [
    {
      wrong:
        'EmailEvents | join kind=inner EmailUrlInfo on NetworkMessageId | summarize Emails = count() by SenderFromDomain',
      right:
        'EmailEvents | join kind=inner EmailUrlInfo on NetworkMessageId | summarize Emails = dcount(NetworkMessageId) by SenderFromDomain',
    },
    {
      wrong:
        'EmailEvents | join kind=inner EmailUrlInfo on NetworkMessageId | summarize Bytes = sum(EmailSize) by SenderFromAddress',
      right:
        'EmailEvents | join kind=inner (EmailUrlInfo | distinct NetworkMessageId) on NetworkMessageId | summarize Bytes = sum(EmailSize) by SenderFromAddress',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    const trace = traceOf(reading.root);
    for (const operator of nodesOfKind(reading.root, 'SummarizeOperator')) {
      const input = inputOf(trace, operator);
      const pair = input === undefined ? undefined : multipliedIn(input, operator);
      if (input === undefined || pair === undefined) continue;
      for (const call of countsIn(operator, input))
        yield {
          span: call.span,
          message: `${calledName(call)} goes over a row for each pair of ${pair.join(' and ')} of a message: ${calledName(call)?.startsWith('count') ? 'it counts pairs, neither messages nor deliveries' : 'the same value is taken several times'}.`,
        };
    }
  },
};

function inputOf(trace: Trace, operator: SyntaxNode): Rows | undefined {
  const input = operator.parent?.child('Expression');
  return input === undefined || input === operator ? undefined : trace.rowsOf(input);
}

/** The things of which each row is a pair, where the groups name neither. */
function multipliedIn(input: Rows, operator: SyntaxNode): readonly string[] | undefined {
  const tables = input.grains.filter((table) => mailRows[table] !== undefined);
  if (new Set(tables).size < 2) return undefined;
  const by = operator.child('ByClause');
  const sources = by === undefined ? [] : columnNamesIn(by).flatMap((name) => input.columns.get(name) ?? []);
  const origins = sources.flatMap(originsOf).filter(({ table }) => tables.includes(table));
  const isNamed = origins.some(({ table, column }) => mailRows[table]?.differ.includes(column));
  // Where both have a row a recipient, a group that names the file or the URL still counts each recipient with each.
  const isPersonal = (table: string): boolean => mailRows[table]?.differ.includes('RecipientEmailAddress') === true;
  const isCrossed = tables.every(isPersonal) && !origins.some(({ column }) => recipientColumns.has(column));
  if (isCrossed) return tables.flatMap((table) => mailRows[table]?.several ?? []);
  return isNamed ? undefined : tables.flatMap((table) => mailRows[table]?.several ?? []);
}

/** The aggregates that a row more changes; a sum or average only of what is the message's. */
function countsIn(operator: SyntaxNode, input: Rows): readonly SyntaxNode[] {
  const calls = membersOf(operator.child('Aggregates')).flatMap((member) => callsIn(member));
  return calls.filter((call) => {
    const name = calledName(call) ?? '';
    if (name === 'count' || name === 'countif') return true;
    if (!/^(?:sum|avg)(?:if)?$/.test(name)) return false;
    const [first] = argumentsOf(call);
    const origin = first?.kind === 'NameReference' ? input.columns.get(first.text)?.origin : undefined;
    return origin?.table === 'EmailEvents' && !mailRows.EmailEvents?.differ.includes(origin.column);
  });
}
