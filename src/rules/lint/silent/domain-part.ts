import type { SyntaxNode } from '../../../kql/index.ts';
import { constantsOf, declarationOf } from '../constants.ts';
import type { Lint } from '../lint.ts';
import { type Comparison, calledName, comparisonsOf } from '../nodes.ts';
import { type Trace, traceOf } from './trace.ts';

/** Own or trusted domains kept out by a part of the name: the look-alike goes with them. */
export const domainExcludedByPart: Lint = {
  id: 'MH226',
  name: 'domain-excluded-by-part',
  group: 'silent',
  severity: 'warning',
  summary:
    'A domain is excluded by a part of the name: an attacker registers a name with that part and is excluded too.',
  why: [
    '`!endswith "contoso.com"` also keeps out `evilcontoso.com`, `!contains` and `!has` also `contoso.com.evil.test`: of 3 look-alikes none is',
    'found by the very hunt for look-alikes. Write `SenderFromDomain != "contoso.com" and SenderFromDomain !endswith ".contoso.com"`, for addresses',
    '`!endswith "@contoso.com"`.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/datatypes-string-operators',
  examples: [
    {
      wrong: 'EmailEvents | where SenderFromDomain has "contoso" and SenderFromDomain !endswith "contoso.com"',
      right:
        'EmailEvents | where SenderFromDomain has "contoso" and SenderFromDomain != "contoso.com" and SenderFromDomain !endswith ".contoso.com"',
    },
    {
      wrong: 'EmailEvents | where RecipientEmailAddress !contains "contoso.com"',
      right: 'EmailEvents | where RecipientEmailAddress !endswith "@contoso.com"',
    },
    {
      wrong:
        'EmailEvents | where SenderDisplayName has "Fabrikam" and not(SenderFromDomain has_any ("fabrikam.com", "contoso.com"))',
      right:
        'EmailEvents | where SenderDisplayName has "Fabrikam" and SenderFromDomain !in~ ("fabrikam.com", "contoso.com")',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    const trace = traceOf(reading.root);
    for (const comparison of comparisonsOf(reading.root)) {
      if (!/^!?(?:has|contains|endswith)(?:_cs)?$|^has_any$/.test(comparison.operator)) continue;
      if (!isExclusion(comparison)) continue;
      const domain = partOf(trace, comparison);
      // Beside an `or` it keeps out nothing by itself.
      if (domain === undefined || isAlternative(comparison.node)) continue;
      const like = comparison.operator.includes('endswith') ? `evil${domain}` : `${domain}.evil.test`;
      yield {
        span: comparison.node.span,
        message: `${isNegated(comparison.node) ? 'not(…) of ' : ''}${comparison.operator} "${domain}" keeps out ${like} as well.`,
      };
    }
  },
};

/** Domains found by a part of the name. */
export const domainMatchedByPart: Lint = {
  id: 'MH227',
  name: 'domain-matched-by-part',
  group: 'silent',
  severity: 'note',
  summary: 'A domain of a list is looked for as a part of the name: others that contain it are found too.',
  why: [
    '`UrlDomain has "t.example"` is true for `t.example`, `www.t.example`, but also for `t.example.other.test` and `at-t.example`, which belong to others; `contains` and',
    '`endswith` without a dot also take `not.example` for `t.example`. Write `UrlDomain in~ (Domains)`, and for sub-domains',
    '`UrlDomain == d or UrlDomain endswith strcat(".", d)`.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/datatypes-string-operators',
  examples: [
    {
      wrong: 'EmailUrlInfo | where UrlDomain has_any ("evil.example", "bad.test")',
      right: 'EmailUrlInfo | where UrlDomain in~ ("evil.example", "bad.test")',
    },
    {
      wrong: 'EmailEvents | where SenderFromDomain endswith "evil.example"',
      right: 'EmailEvents | where SenderFromDomain =~ "evil.example" or SenderFromDomain endswith ".evil.example"',
    },
    {
      wrong:
        'let Feed = externaldata(Domain: string)["https://feeds.example/domains.csv"]; EmailUrlInfo | where UrlDomain has_any (Feed)',
      right:
        'let Feed = externaldata(Domain: string)["https://feeds.example/domains.csv"]; EmailUrlInfo | where UrlDomain in~ (Feed)',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    const trace = traceOf(reading.root);
    for (const comparison of comparisonsOf(reading.root)) {
      if (!/^(?:has|contains|endswith)(?:_cs)?$|^has_any$/.test(comparison.operator)) continue;
      if (isExclusion(comparison)) continue;
      const domain = partOf(trace, comparison) ?? listOf(trace, comparison);
      if (domain === undefined) continue;
      yield {
        span: comparison.node.span,
        message: `${comparison.operator} ${domain} also finds names that only contain ${isDomain(domain) ? 'it' : 'one of its domains'}: ${comparison.operator.startsWith('endswith') ? 'not' : ''}${example(domain)}${comparison.operator.startsWith('endswith') ? '' : '.other.test'}.`,
      };
    }
  },
};

/** Whether what it finds is kept out: `!has`, `not(… has …)`. */
const isExclusion = ({ operator, node }: Comparison): boolean => operator.startsWith('!') !== isNegated(node);

function isNegated(node: SyntaxNode): boolean {
  let negated = false;
  for (let up = node.parent; up !== undefined && !up.kind.endsWith('Operator'); up = up.parent)
    if (calledName(up) === 'not') negated = !negated;
  return negated;
}

function isAlternative(node: SyntaxNode): boolean {
  let up = node.parent;
  while (up?.kind === 'ParenthesizedExpression' || up?.kind === 'AndExpression') up = up.parent;
  return up?.kind === 'OrExpression';
}

const example = (domain: string): string => (isDomain(domain) ? domain : 'evil.example');

const isDomain = (text: string): boolean => /^(?:[a-z\d-]{1,63}\.){1,5}[a-z]{2,24}$/i.test(text);

const isNameOfDomain = (column: string): boolean => /^(?:Sender(?:From|MailFrom)|Recipient|Url)Domain$/.test(column);

/** The whole domain that a column of domains or addresses is compared with in part. */
function partOf(trace: Trace, { left, operator, right, node }: Comparison): string | undefined {
  const column = trace.originOf(left)?.column;
  if (column === undefined) return undefined;
  const isAddress = /Address$/.test(column) && isExclusion({ left, operator, right, node });
  if (!isNameOfDomain(column) && !isAddress) return undefined;
  return right.flatMap((side) => constantsOf(side).map(({ text }) => text)).find(isDomain);
}

/** A list that is computed or comes from outside, as it is called. */
function listOf(trace: Trace, { left, operator, right }: Comparison): string | undefined {
  const [only] = right;
  const column = trace.originOf(left)?.column;
  if (operator !== 'has_any' || only === undefined || column === undefined || !isNameOfDomain(column)) return undefined;
  return isTable(only) && /domain|host|fqdn|ioc|feed/i.test(only.text) ? only.text : undefined;
}

const isTable = (node: SyntaxNode): boolean => node.columns !== undefined || declarationOf(node)?.columns !== undefined;
