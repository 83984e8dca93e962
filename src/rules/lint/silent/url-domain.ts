import type { SyntaxNode } from '../../../kql/index.ts';
import { constantsOf, declarationOf } from '../constants.ts';
import type { Lint } from '../lint.ts';
import { comparisonsOf } from '../nodes.ts';
import { originIn } from './rows.ts';
import { type Trace, traceOf } from './trace.ts';

/** Whole addresses of pages against names of hosts. */
export const urlAgainstDomain: Lint = {
  id: 'MH207',
  name: 'url-against-domain',
  group: 'silent',
  severity: 'error',
  summary: 'A column of whole URLs is compared for equality with domains, or one of domains with URLs.',
  why: [
    '`Url` holds `https://login.example.test/path?x=1`, `UrlDomain` holds `login.example.test`. `Url == "example.test"`,',
    '`Url in (Domains)` and a join of `Url` with a list of domains are true for no row, and `Url !in (Domains)` excludes none.',
    'Compare `UrlDomain` (or `tostring(parse_url(Url).Host)`), and mind sub-domains: `UrlDomain == d or UrlDomain endswith strcat(".", d)`.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-emailurlinfo-table',
  examples: [
    {
      wrong: 'let Domains = dynamic(["evil.example", "bad.test"]); EmailUrlInfo | where Url in (Domains)',
      right: 'let Domains = dynamic(["evil.example", "bad.test"]); EmailUrlInfo | where UrlDomain in (Domains)',
    },
    {
      wrong: 'UrlClickEvents | where Url == "evil.example"',
      right: 'UrlClickEvents | where tostring(parse_url(Url).Host) == "evil.example"',
    },
    {
      wrong: 'EmailUrlInfo | where UrlDomain startswith "https://evil.example/"',
      right: 'EmailUrlInfo | where Url startswith "https://evil.example/"',
    },
    {
      wrong: 'EmailUrlInfo | where UrlDomain == "https://evil.example/login"',
      right: 'EmailUrlInfo | where Url == "https://evil.example/login"',
    },
    {
      wrong:
        'let Feed = externaldata(Domain: string)["https://feeds.example/domains.csv"]; EmailUrlInfo | join kind=inner Feed on $left.Url == $right.Domain',
      right:
        'let Feed = externaldata(Domain: string)["https://feeds.example/domains.csv"]; EmailUrlInfo | join kind=inner Feed on $left.UrlDomain == $right.Domain',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    const trace = traceOf(reading.root);
    for (const { node, operator, left, right } of comparisonsOf(reading.root)) {
      const isWhole = /^(?:[=!][=~]|!?in~?)$/.test(operator);
      const holds = isWhole || isPart.test(operator) ? held[trace.originOf(left)?.column ?? ''] : undefined;
      // A URL may well contain a domain; a domain never contains a URL.
      const other = holds === undefined || (!isWhole && holds === 'url') ? undefined : otherOf(holds, right);
      if (holds === undefined || other === undefined) continue;
      yield {
        span: node.span,
        message: `${left.text} holds ${words[holds]}, ${other}: ${operator.startsWith('!') ? 'they always differ' : 'they are never equal'}.`,
      };
    }
    yield* joinsOf(trace);
  },
};

const isPart = /^!?(?:has|contains|startswith|endswith)|^has_any$/;

type Held = 'url' | 'domain';

const held: Readonly<Record<string, Held>> = { Url: 'url', UrlDomain: 'domain' };
const words: Readonly<Record<Held, string>> = { url: 'whole URLs', domain: 'names of hosts' };

const isHost = (text: string): boolean => /^(?:[\w-]{1,63}\.){1,9}[a-z]{2,24}$/i.test(text);
const isUrl = (text: string): boolean => /^[a-z]{2,8}:\/\//i.test(text);

/** What the right side says, when all of it is of the other sort. */
function otherOf(holds: Held, right: readonly SyntaxNode[]): string | undefined {
  const texts = right.flatMap((side) => constantsOf(side).map(({ text }) => text)).filter((text) => text !== '');
  const isOther = holds === 'url' ? isHost : isUrl;
  if (texts.length > 0)
    return texts.every(isOther) ? `"${texts[0]}" is ${holds === 'url' ? 'a bare domain' : 'a URL'}` : undefined;
  const [only] = right;
  const column = only === undefined || holds === 'domain' ? undefined : onlyColumn(only);
  return column !== undefined && isDomainName(column) ? `${column} by its name domains` : undefined;
}

/** The column that a list of `in` is, where it is a table of one column. */
function onlyColumn(node: SyntaxNode): string | undefined {
  const columns = node.columns ?? declarationOf(node)?.columns;
  return columns?.length === 1 ? columns[0]?.name : undefined;
}

const isDomainName = (name: string): boolean => /(?:domain|host)s?(?:name)?$/i.test(name) && !/url/i.test(name);

function* joinsOf(trace: Trace): Generator<{ span: SyntaxNode['span']; message: string }> {
  for (const { keys, left, right } of trace.joins)
    for (const { left: a, right: b, node } of keys) {
      const [url, other] = left.columns.get(a)?.origin?.column === 'Url' ? [a, b] : [b, a];
      const rows = url === a ? right : left;
      const isUrlSide = [left.columns.get(a), right.columns.get(b)].some((source) => source?.origin?.column === 'Url');
      const origin = rows.columns.get(other)?.origin;
      if (!isUrlSide || !(origin === undefined ? isDomainName(other) : origin.column === 'UrlDomain')) continue;
      if (originIn(rows, node)?.column === 'Url') continue;
      yield {
        span: node.span,
        message: `${url} holds whole URLs, ${other} by its name domains: the join finds no pair.`,
      };
    }
}
