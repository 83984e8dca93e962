import type { Finding, Lint, Subject } from '../../../src/rules/lint/lint.ts';
import { queryRule } from '../../../src/rules/lint/query-rule.ts';
import { ticksFromUnixMs } from '../../../src/values/index.ts';

/** The clock of these tests, as `now()` has it. */
export const now = ticksFromUnixMs(Date.UTC(2026, 10, 21, 12));

/** A lint that finds each `word` in a query, and writes `instead` where it is given. */
export function wordLint(id: string, word: string, given: Partial<Lint> & { readonly instead?: string } = {}): Lint {
  const { instead, ...row } = given;
  return {
    id,
    name: `no-${word.toLowerCase()}`,
    group: 'silent',
    severity: 'warning',
    summary: `There is ${word}.`,
    why: 'It is not liked.',
    source: 'https://www.example.com/',
    examples: [],
    *check({ rule: { query } }: Subject): Iterable<Finding> {
      for (const { index } of query.matchAll(new RegExp(word, 'g'))) {
        const span = { start: index, length: word.length };
        const fix = instead === undefined ? {} : { fix: [{ span, text: instead }] };
        yield { span, message: `Here is ${word}.`, ...fix };
      }
    },
    ...row,
  };
}

export { queryRule };
