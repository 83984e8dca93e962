import { withoutComments } from './command-text.ts';

/** Options that a query text may not set, by Kusto's documentation. */
const outside = new Set([
  'servertimeout',
  'norequesttimeout',
  'results_progressive_enabled',
  'results_v2_fragment_primary_tables',
  'truncationmaxsize',
]);

const STATEMENT = /\s*set\s+(\w+)(?:\s*=([^;]*);|\s*;)/iy;

/**
 * The request options that a query text sets for itself, by its `set` statements at the very beginning.
 *
 * @see https://learn.microsoft.com/kusto/query/set-statement
 * @example setStatements('set notruncation; T') // { notruncation: 'true' }
 */
export function setStatements(text: string): Readonly<Record<string, string>> {
  // Most queries have none, and scanning a long text for comments is not free.
  if (!/\bset\b/i.test(text)) return {};
  const plain = withoutComments(text);
  const found: [string, string][] = [];
  STATEMENT.lastIndex = 0;
  for (let match = STATEMENT.exec(plain); match; match = STATEMENT.exec(plain)) {
    const [, name = '', value = 'true'] = match;
    if (!outside.has(name.toLowerCase())) found.push([name, value.trim().replace(/^(["'])(.*)\1$/, '$2')]);
  }
  return Object.fromEntries(found);
}
