import type { Span } from '../../errors/index.ts';

/** What was changed: an operator, a constant, what was left out, the kind of a join, a predicate turned round. */
export type MutationKind = 'operator' | 'literal' | 'member' | 'conjunct' | 'disjunct' | 'where' | 'join' | 'negation';

/** One small change of a query text. */
export interface Mutation {
  readonly kind: MutationKind;
  /** What it is about, in the query text. */
  readonly span: Span;
  /** The text there, and what comes in its place; empty where it is left out. */
  readonly before: string;
  readonly after: string;
  /** The edit itself: more than `span` where a separator goes with it. */
  readonly edit: { readonly start: number; readonly end: number; readonly text: string };
}

/** A query text with one change. */
export const mutated = (text: string, { edit }: Mutation): string =>
  text.slice(0, edit.start) + edit.text + text.slice(edit.end);
