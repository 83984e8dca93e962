import { MailhuntError } from '../../errors/index.ts';
import { improve } from '../improve/index.ts';
import { bindAndLower } from '../lower/index.ts';
import { inspect, type Said } from '../parse/index.ts';
import type { Plan } from '../plan/index.ts';
import type { QueryContext } from '../query-context.ts';
import { LearnedText } from '../stages/index.ts';
import { nodesOf, type SyntaxNode } from './node.ts';

/** A query text as far as it can be understood without running anything. */
export interface Reading {
  readonly text: string;
  /** The bound tree; it is there for a text with mistakes too. */
  readonly root: SyntaxNode;
  readonly diagnostics: readonly Said[];
  /** One a result table, as lowered; empty where `refusal` says why. */
  readonly plans: readonly Plan[];
  /** The same after the rewrites: filters on their tables, without columns that nobody reads. */
  readonly improved: readonly Plan[];
  /** Why there is no plan: a mistake, something that is not supported, columns that depend on data. */
  readonly refusal: Error | undefined;
}

/**
 * Reads a query text without running anything and without giving up at its mistakes: for lints, editors, proofs.
 *
 * @throws MailhuntError KQL0003, KQL0006, KQL0009, KQL0004 for a text that the parser cannot be given
 * @example readText('EmailEvents | where Subjekt == ""', { catalog, now }).diagnostics[0].code // 'KS142'
 */
export function readText(text: string, context: QueryContext): Reading {
  const { root, diagnostics } = inspect(text, context.catalog, context.surroundings);
  return { text, root: nodesOf(root, text), diagnostics, ...plansOf(text, context) };
}

function plansOf(text: string, context: QueryContext): Pick<Reading, 'plans' | 'improved' | 'refusal'> {
  try {
    const plans = bindAndLower(new LearnedText(text), context).tables.map(({ plan }) => plan);
    return { plans, improved: plans.map((plan) => improve(plan)), refusal: undefined };
  } catch (error) {
    if (error instanceof MailhuntError || error instanceof RangeError)
      return { plans: [], improved: [], refusal: error };
    throw error;
  }
}
