import type { Fix } from './lint.ts';

/** A query with fixes in it. */
export interface FixedQuery {
  readonly text: string;
  /** Which of the fixes are in it, by their place in the list; one that overlaps an earlier one is not. */
  readonly applied: readonly number[];
}

/**
 * Puts fixes into a query. Each is there whole or not at all: where two would change the same words, the first counts.
 *
 * @throws RangeError for an edit outside the text
 * @example fixedQuery('T | take 5', [[{ span: { start: 9, length: 1 }, text: '10' }]]).text // 'T | take 10'
 */
export function fixedQuery(query: string, fixes: readonly (readonly Fix[])[]): FixedQuery {
  const taken: Fix[] = [];
  const applied: number[] = [];
  for (const [i, fix] of fixes.entries()) {
    if (fix.some((edit) => !isWithin(query, edit))) throw new RangeError('an edit outside the query');
    if (
      fix.length === 0 ||
      fix.some((edit, at) => [...taken, ...fix.slice(0, at)].some((other) => overlap(edit, other)))
    )
      continue;
    taken.push(...fix);
    applied.push(i);
  }
  const backwards = taken.toSorted((a, b) => b.span.start - a.span.start);
  const text = backwards.reduce(
    (all, { span, text }) => all.slice(0, span.start) + text + all.slice(span.start + span.length),
    query,
  );
  return { text, applied };
}

const isWithin = (query: string, { span }: Fix): boolean =>
  span.start >= 0 && span.length >= 0 && span.start + span.length <= query.length;

/** Two insertions at one place overlap as well: nobody could say which comes first. */
const overlap = ({ span: a }: Fix, { span: b }: Fix): boolean =>
  a.start === b.start || (a.start < b.start + b.length && b.start < a.start + a.length);
