import type { SyntaxNode } from '../../../kql/index.ts';
import { constantsOf } from '../constants.ts';
import type { Lint } from '../lint.ts';
import { type Comparison, comparisonsOf } from '../nodes.ts';
import { type Origin, originsOf } from './rows.ts';
import { type Trace, traceOf } from './trace.ts';

/** Addresses and domains with capitals, compared letter by letter. */
export const addressCase: Lint = {
  id: 'MH216',
  name: 'address-compared-by-case',
  group: 'silent',
  severity: 'warning',
  summary: 'An address or domain with capital letters is compared by case.',
  why: [
    'A mail address is the same in any case of letters, and a sender chooses how to write it: `CEO@contoso.com` by `==` does not find',
    '`ceo@contoso.com`, and most addresses that Defender shows are in lower case. Write `=~`, `in~`, `!in~`, or `tolower()` on both sides.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/datatypes-string-operators',
  examples: [
    {
      wrong: 'EmailEvents | where SenderFromAddress == "CEO@Fabrikam.com"',
      right: 'EmailEvents | where SenderFromAddress =~ "CEO@Fabrikam.com"',
    },
    {
      wrong: 'EmailEvents | where SenderFromDomain !in ("Fabrikam.com", "Partner.test")',
      right: 'EmailEvents | where SenderFromDomain !in~ ("Fabrikam.com", "Partner.test")',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    const trace = traceOf(reading.root);
    for (const comparison of comparisonsOf(reading.root)) {
      const caseless = caselessOf[comparison.operator];
      const origin = caseless === undefined ? undefined : trace.originOf(comparison.left);
      if (caseless === undefined || origin === undefined || !isAddress(origin) || origin.through.length > 0) continue;
      const texts = comparison.right.flatMap((node) => constantsOf(node).map(({ text }) => text));
      const text = texts.find((candidate) => /[A-Z]/.test(candidate) && /[@.]/.test(candidate));
      if (text === undefined) continue;
      yield {
        span: comparison.node.span,
        message: `${comparison.operator} compares by case: "${text}" is not "${text.toLowerCase()}", as which ${origin.column} may hold it.`,
        ...fixed(comparison, caseless),
      };
    }
  },
};

/** Addresses and domains that a sender writes, looked for letter by letter. */
export const senderCase: Lint = {
  id: 'MH213',
  name: 'sent-text-looked-for-by-case',
  group: 'silent',
  severity: 'note',
  summary: 'An address, a domain or a file name that the sender writes is looked for by case.',
  why: [
    'Header and envelope are written by the sender. `SenderFromAddress == "ceo@fabrikam.test"` finds this spelling and no other: nothing that',
    'Microsoft documents says that the column is brought to lower case, and Exchange keeps an address as it came. Nor does `FileExtension == "exe"` find `INVOICE.EXE`. Write `=~` or `in~`, which cost nothing.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/datatypes-string-operators',
  examples: [
    {
      wrong: 'EmailEvents | where SenderFromAddress == "ceo@fabrikam.test"',
      right: 'EmailEvents | where SenderFromAddress =~ "ceo@fabrikam.test"',
    },
    {
      wrong: 'EmailEvents | where SenderMailFromDomain in ("evil.example", "bad.test")',
      right: 'EmailEvents | where SenderMailFromDomain in~ ("evil.example", "bad.test")',
    },
    {
      wrong:
        'EmailAttachmentInfo | extend Ending = tostring(split(FileName, ".")[-1]) | where Ending in ("exe", "scr")',
      right:
        'EmailAttachmentInfo | extend Ending = tostring(split(FileName, ".")[-1]) | where Ending in~ ("exe", "scr")',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    const trace = traceOf(reading.root);
    for (const comparison of comparisonsOf(reading.root)) {
      if (comparison.operator !== '==' && comparison.operator !== 'in') continue;
      const origin = sentIn(trace, comparison.left);
      if (origin === undefined) continue;
      const texts = comparison.right.flatMap((node) => constantsOf(node).map(({ text }) => text));
      const text = texts.find((candidate) => (isFileName(origin) ? /[a-z]/ : /[a-z].*[@.]/).test(candidate));
      if (text === undefined || texts.some((candidate) => /[A-Z]/.test(candidate))) continue;
      yield {
        span: comparison.node.span,
        message: `${comparison.operator} compares by case, and the sender chooses the letters of ${origin.column}: "${capital(text)}" is not found.`,
        ...fixed(comparison, caselessOf[comparison.operator] ?? comparison.operator),
      };
    }
  },
};

const capital = (text: string): string => text.replace(/[a-z]/, (first) => first.toUpperCase());

/** The column that a sender fills which an expression is, or is a part of; undefined where something levels its letters. */
function sentIn(trace: Trace, node: SyntaxNode): Origin | undefined {
  const source = node.kind === 'NameReference' ? trace.rowsAt(node)?.columns.get(node.text) : undefined;
  const origins = source === undefined ? [trace.originOf(node)] : originsOf(source);
  const [origin] = origins;
  if (origin === undefined || !(isSender(origin) || isFileName(origin))) return undefined;
  const isLevel = origins.some((one) => one?.through.some((name) => /^to(?:lower|upper)$/.test(name)));
  return isLevel || origins.some((one) => one?.column !== origin.column) ? undefined : origin;
}

/** What stands in the header or the envelope. */
const isSender = ({ column }: Origin): boolean => /^Sender(?:MailFrom|From)(?:Address|Domain)$/.test(column);

const isFileName = ({ table, column }: Origin): boolean =>
  table === 'EmailAttachmentInfo' && /^File(?:Name|Extension)$/.test(column);

/** Two columns of addresses compared with each other letter by letter. */
export const columnsByCase: Lint = {
  id: 'MH217',
  name: 'addresses-compared-by-case',
  group: 'silent',
  severity: 'note',
  summary: 'Two columns of addresses or domains from different sources are compared by case.',
  why: [
    'Header and envelope are written by the sender, `AccountUpn` by the directory: the same address comes as `Anna@contoso.com` and as',
    '`anna@contoso.com`. `SenderFromDomain != SenderMailFromDomain` then finds mail where nothing differs, and a join of `RecipientEmailAddress`',
    'with `AccountUpn` loses people. Write `!~`, `=~`, and for a join `tolower()` on both sides.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/datatypes-string-operators',
  examples: [
    {
      wrong: 'EmailEvents | where SenderFromDomain != SenderMailFromDomain',
      right: 'EmailEvents | where SenderFromDomain !~ SenderMailFromDomain',
    },
    {
      wrong: 'EmailEvents | join kind=inner IdentityInfo on $left.RecipientEmailAddress == $right.AccountUpn',
      right:
        'EmailEvents | extend Upn = tolower(RecipientEmailAddress) | join kind=inner (IdentityInfo | extend Upn = tolower(AccountUpn)) on Upn',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    const trace = traceOf(reading.root);
    for (const comparison of comparisonsOf(reading.root)) {
      const caseless = caselessOf[comparison.operator];
      const [right] = comparison.right;
      if (caseless === undefined || right === undefined || comparison.right.length !== 1) continue;
      const pair = [trace.originOf(comparison.left), trace.originOf(right)];
      if (!isPair(pair) || comparison.node.parent?.parent?.parent?.kind === 'JoinOnClause') continue;
      yield {
        span: comparison.node.span,
        message: `${comparison.left.text} and ${right.text} are written by different hands and compared by case: the same address in other letters counts as another.`,
        ...fixed(comparison, caseless),
      };
    }
    yield* joinsOf(trace);
  },
};

function* joinsOf(trace: Trace): Generator<{ span: SyntaxNode['span']; message: string }> {
  for (const { keys, left, right } of trace.joins)
    for (const key of keys) {
      const pair = [left.columns.get(key.left)?.origin, right.columns.get(key.right)?.origin];
      if (isPair(pair))
        yield {
          span: key.node.span,
          message: `A join compares by case, and ${pair[0].table}.${pair[0].column} and ${pair[1].table}.${pair[1].column} are written by different hands: use tolower() on both sides.`,
        };
    }
}

const caselessOf: Readonly<Record<string, string>> = { '==': '=~', '!=': '!~', in: 'in~', '!in': '!in~' };

const isAddress = ({ column }: Origin): boolean =>
  /^(?:Sender|Recipient)\w*(?:Address|Domain)$|^(?:InitiatingProcess)?AccountUpn$|^UrlDomain$/.test(column);

/** Whether two columns of addresses come from different columns, and nothing levelled their letters. */
function isPair(pair: readonly (Origin | undefined)[]): pair is readonly [Origin, Origin] {
  const [a, b] = pair;
  if (a === undefined || b === undefined || !isAddress(a) || !isAddress(b) || a.column === b.column) return false;
  return ![...a.through, ...b.through].some((name) => name === 'tolower' || name === 'toupper');
}

function fixed({ node }: Comparison, text: string): { fix?: { span: SyntaxNode['span']; text: string }[] } {
  const token = node.child('Operator');
  return token === undefined ? {} : { fix: [{ span: token.span, text }] };
}
