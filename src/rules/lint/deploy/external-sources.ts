import { membersOf, type SyntaxNode } from '../../../kql/index.ts';
import { constantsOf } from '../constants.ts';
import type { Finding, Lint, Subject } from '../lint.ts';
import { nodesOfKind } from '../nodes.ts';

/** An address that `externaldata` reads, and the literal that it stands in. */
interface Source {
  readonly url: string;
  readonly node: SyntaxNode;
}

function sourcesOf({ reading }: Subject): readonly Source[] {
  if (reading === undefined) return [];
  const asked = nodesOfKind(reading.root, 'ExternalDataExpression').flatMap((node) => membersOf(node.child('URIs')));
  return asked.flatMap((node) => constantsOf(node)).map(({ text, node }) => ({ url: text, node }));
}

/** Parts of a path that stand for whatever is newest. */
const moving = /^(?:master|main|HEAD|develop|dev|latest|trunk|refs)$/i;

/** A commit, a tag's digits, a digest. */
const fixed = /^(?:[0-9a-f]{40}|[0-9a-f]{64}|v?\d+(?:\.\d+)+)$/i;

/** Whether an address of a repository names a branch, so that what it gives changes. */
function isMoving(url: string): boolean {
  const { hostname, parts } = partsOf(url);
  if (!repositoryHosts.test(hostname)) return false;
  return (
    !parts.some((part) => fixed.test(part)) && (parts.some((part) => moving.test(part)) || hostname.startsWith('gist'))
  );
}

const repositoryHosts = /(?:^|\.)(?:githubusercontent\.com|github\.com|gitlab\.com|bitbucket\.org|jsdelivr\.net)$/i;

function partsOf(url: string): { readonly hostname: string; readonly parts: readonly string[] } {
  if (!URL.canParse(url)) return { hostname: '', parts: [] };
  const { hostname, pathname } = new URL(url);
  return { hostname, parts: pathname.split('/') };
}

/** Keys in an address or behind it, as storage connection strings have them. */
const secret =
  /[?&;](?:sig|sharedaccesskey|accountkey|access_token|token|api[-_]?key|password|pwd|secret|client_secret)=[^&;\s]{8,}|;[A-Za-z0-9+/]{80,}={0,2}$/i;

const said = (applies: (url: string) => boolean, message: (url: string) => string) =>
  function* (subject: Subject): Iterable<Finding> {
    for (const { url, node } of sourcesOf(subject))
      if (applies(url)) yield { span: node.span, message: message(shown(url)) };
  };

/** An address without what may be secret in it. */
const shown = (url: string): string => {
  const bare = url.split(/[?;]/, 1)[0] ?? '';
  return bare.length > 120 ? `${bare.slice(0, 117)}…` : bare;
};

const page = 'https://learn.microsoft.com/kusto/query/externaldata-operator';

export const externalSourceLints: readonly Lint[] = [
  {
    id: 'MH350',
    name: 'unpinned-source',
    group: 'deploy',
    severity: 'warning',
    summary: 'The query reads a list from a branch of a public repository, which anyone who can push there changes.',
    why: 'What the rule finds, and what it leaves out, is then decided by somebody else, without a trace in the rule. Name a commit (40 hex digits), or keep the list as a watchlist.',
    source: page,
    examples: [
      {
        wrong:
          'let Bad = externaldata(Domain: string)["https://raw.githubusercontent.com/contoso/lists/main/bad.csv"] with (format="csv");\nEmailEvents\n| where SenderFromDomain in (Bad)',
        right:
          'let Bad = externaldata(Domain: string)["https://raw.githubusercontent.com/contoso/lists/0123456789abcdef0123456789abcdef01234567/bad.csv"] with (format="csv");\nEmailEvents\n| where SenderFromDomain in (Bad)',
      },
    ],
    check: said(
      isMoving,
      (url) =>
        `${url} is read from a branch: its contents may change at any time. Name a commit, or keep the list as a watchlist.`,
    ),
  },
  {
    id: 'MH351',
    name: 'source-without-tls',
    group: 'deploy',
    severity: 'warning',
    summary: 'The query reads a list over http, where anyone on the way can change it.',
    why: 'Write https, or keep the list as a watchlist.',
    source: page,
    examples: [
      {
        wrong: 'externaldata(Domain: string)["http://lists.example.com/bad.csv"]',
        right: 'externaldata(Domain: string)["https://lists.example.com/bad.csv"]',
      },
    ],
    check: said(
      (url) => /^\s*h?@?http:\/\//i.test(url),
      (url) => `${url} is read without TLS: anyone on the way can change it.`,
    ),
  },
  {
    id: 'MH352',
    name: 'secret-in-query',
    group: 'deploy',
    severity: 'error',
    summary: 'An address in the query carries a key.',
    why: 'Who reads the rule, its history or the query log reads the key. Revoke it, and use a source that needs none, a managed identity or a watchlist.',
    source: 'https://learn.microsoft.com/kusto/api/connection-strings/storage-connection-strings',
    examples: [
      {
        wrong:
          'externaldata(Domain: string)["https://contoso.blob.core.windows.net/lists/bad.csv?sv=2024-01-01&sig=bm90LWEtcmVhbC1zaWduYXR1cmU%3D"]',
        right:
          'externaldata(Domain: string)["https://contoso.blob.core.windows.net/lists/bad.csv;managed_identity=system"]',
      },
    ],
    check: said(
      (url) => secret.test(url),
      (url) => `The address of ${url} carries a key, which everyone who can read the rule can read.`,
    ),
  },
];
