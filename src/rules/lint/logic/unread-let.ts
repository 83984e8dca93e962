import { type SyntaxNode, walk } from '../../../kql/index.ts';
import type { Fix, Lint } from '../lint.ts';

export const unreadLet: Lint = {
  id: 'MH110',
  name: 'unread-let',
  group: 'logic',
  severity: 'warning',
  summary: 'A `let` that nothing reads.',
  why:
    'Mostly a setting that does nothing: whoever changes the look-back or the list of exceptions at the top of the rule ' +
    'changes nothing. Use it where it was meant to be used, or take it out.',
  source: 'https://learn.microsoft.com/kusto/query/let-statement',
  examples: [
    {
      wrong: 'let lookback = 7d;\nEmailEvents\n| where Timestamp > ago(30d)',
      right: 'let lookback = 7d;\nEmailEvents\n| where Timestamp > ago(lookback)',
    },
    {
      wrong: 'let Trusted = dynamic(["contoso.com"]);\nEmailEvents\n| where SenderFromDomain endswith ".test"',
      right: 'let Trusted = dynamic(["contoso.com"]);\nEmailEvents\n| where SenderFromDomain !in (Trusted)',
    },
  ],
  *check({ reading }) {
    if (reading === undefined || reading.diagnostics.some(({ severity }) => severity === 'Error')) return;
    const nodes = [...walk(reading.root)];
    // a page that shows how to write a pattern: there is no query that could read it
    if (!nodes.some(({ kind }) => kind === 'ExpressionStatement')) return;
    const words = countWords(nodes);
    for (const statement of nodes.filter(({ kind }) => kind === 'LetStatement')) {
      const name = statement.child('Name');
      if (name === undefined || isView(statement) || (words.get(bare(name.text)) ?? 0) > 1) continue;
      yield {
        span: name.span,
        message: `nothing reads ${name.text}`,
        fix: [without(statement, reading.text)],
      };
    }
  },
};

/** How often each word stands in the text, as a name or as a text (`['a name']`): a name that stands there once is only defined. */
function countWords(nodes: readonly SyntaxNode[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { isToken, text } of nodes) if (isToken) counts.set(bare(text), (counts.get(bare(text)) ?? 0) + 1);
  return counts;
}

/** `['a name']` is `a name`. */
const bare = (text: string): string => text.replace(/^\[?\s*(['"])(.*)\1\s*\]?$/, '$2');

/** A view is read by `union *` and `search`, which do not name it. */
const isView = (statement: SyntaxNode): boolean =>
  [...walk(statement)].some(({ isToken, text }) => isToken && text === 'view');

/** The statement with its semicolon and the end of its line. */
function without(statement: SyntaxNode, text: string): Fix {
  const { start, length } = statement.span;
  const rest = /^\s*;[ \t]*\r?\n?/.exec(text.slice(start + length))?.[0].length ?? 0;
  return { span: { start, length: length + rest }, text: '' };
}
