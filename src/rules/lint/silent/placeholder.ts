import type { SyntaxNode } from '../../../kql/index.ts';
import type { Lint } from '../lint.ts';
import { calledName, nodesOfKind, rootOf } from '../nodes.ts';

/** Texts that stand for something that was to be filled in. */
export const placeholderLeft: Lint = {
  id: 'MH219',
  name: 'placeholder-left-in',
  group: 'silent',
  severity: 'note',
  summary: 'A text that stands for one of your own was not filled in.',
  why: [
    'A hunt that compares with `<your domain>`, `contoso.com` or `user@domain.com` runs without an error: as a filter it finds nothing, as an',
    'exclusion it excludes nothing, and the result looks like a clean tenant. Fill it in, or make it a parameter: a watchlist',
    'that the rule names.',
  ].join('\n'),
  source: 'https://www.rfc-editor.org/rfc/rfc2606',
  examples: [
    {
      wrong: 'EmailEvents | where SenderFromDomain != "contoso.com"',
      right: 'EmailEvents | where SenderFromDomain != "fourthcoffee.test"',
    },
    {
      wrong: 'let Vip = "<insert address here>"; EmailEvents | where RecipientEmailAddress == Vip',
      right: 'EmailEvents | where RecipientEmailAddress in ((_GetWatchlist("Vip") | project SearchKey))',
      target: 'sentinel',
    },
    {
      wrong: 'let Address = ""; EmailEvents | where RecipientEmailAddress == Address',
      right: 'EmailEvents | where RecipientEmailAddress == ""',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    for (const node of nodesOfKind(reading.root, 'StringLiteralExpression')) {
      const text = node.literal ?? '';
      const stands = standsFor(text, node);
      if (stands !== undefined && !isWords(node))
        yield { span: node.span, message: `"${text}" stands for ${stands} and was not filled in.` };
    }
  },
};

const patterns: readonly { readonly find: RegExp; readonly stands: string }[] = [
  {
    find: /^[<[%](?!.*["\\])(?=.*(?<![a-z])(?:your|insert|enter|domain|user|name|here|replace|ip|email|address|list)(?![a-z])).{1,90}[>\]%]$/i,
    stands: 'a value of yours',
  },
  { find: /^\{\{?(?![0-9a-f]{8}-)[A-Za-z][\w .-]{0,40}\}?\}$/i, stands: 'a value of yours' },
  {
    find: /(?<![a-z])(?:your|my)[-_ ]?(?:own[-_ ]?)?(?:corporate[-_ ]?)?(?:domain|company|tenant|org|organi[sz]ation|corp)/i,
    stands: 'a name of yours',
  },
  {
    find: /^(?:insert|enter|put)[ _-](?:your|the|here|an?|domain|email|address|ip|user|value|name|list)(?![a-z])|^add[ _-](?:your|here)(?![a-z])|(?<![a-z])(?:insert|replace|change)[ _-]?(?:me|here|this)(?![a-z])|^todo(?![a-z])|^x{3,}$/i,
    stands: 'a value of yours',
  },
  {
    find: /(?:^|[@.])(?:contoso|fabrikam|adatum|northwindtraders)\.(?:com|onmicrosoft\.com)$/i,
    stands: "a domain of yours (it is one of Microsoft's samples)",
  },
  {
    find: /(?:^|[@./])(?:example\.(?:com|org|net)|domain\.(?:com|tld)|company\.com|test\.com|somedomain\.com|acme\.com)$/i,
    stands: 'a value of yours',
  },
];

function standsFor(text: string, node: SyntaxNode): string | undefined {
  if (text === '') return isEmptyParameter(node) ? 'a value of yours' : undefined;
  return text.length > 200 ? undefined : patterns.find(({ find }) => find.test(text))?.stands;
}

/** `let X = "";` where something is compared with `X`. */
function isEmptyParameter(node: SyntaxNode): boolean {
  const statement = node.parent;
  if (statement?.kind !== 'LetStatement') return false;
  const identity = statement.child('Name')?.symbol?.identity;
  const names = nodesOfKind(rootOf(node), 'NameReference').filter((name) => name.symbol?.identity === identity);
  return names.some(isCompared) && !names.some(isAskedEmpty);
}

/** `isempty(X)`, `X == ""`: what is left empty is meant to ask for everything. */
function isAskedEmpty(name: SyntaxNode): boolean {
  let up = name.parent;
  while (
    up !== undefined &&
    ['SeparatedElement', 'List', 'ExpressionList', 'ParenthesizedExpression'].includes(up.kind)
  )
    up = up.parent;
  if (up === undefined) return false;
  if (/^(?:isempty|isnotempty|strlen)$/.test(calledName(up) ?? calledName(up.parent ?? up) ?? '')) return true;
  return [up.child('Left'), up.child('Right')].some((side) => side?.literal === '');
}

function isCompared(name: SyntaxNode): boolean {
  let up = name.parent;
  while (
    up !== undefined &&
    ['SeparatedElement', 'List', 'ExpressionList', 'ParenthesizedExpression'].includes(up.kind)
  )
    up = up.parent;
  return up?.child('Operator') !== undefined && up.kind.endsWith('Expression') && up.kind !== 'PipeExpression';
}

/** Texts that only label: what `extend X = "…"` writes into a column, names of columns, results of `iff`. */
function isWords(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent === undefined) return true;
  if (parent.kind === 'JsonPair' || parent.kind === 'DataTableExpression') return true;
  return parent.kind === 'SimpleNamedExpression' || parent.role === 'Parameters' || parent.kind === 'NamedParameter';
}
