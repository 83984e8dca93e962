import { MailhuntError } from '../../errors/index.ts';
import { improve } from '../improve/index.ts';
import { bindAndLower } from '../lower/index.ts';
import { inspect, type Said } from '../parse/index.ts';
import { checkSize, type Plan } from '../plan/index.ts';
import type { QueryContext } from '../query-context.ts';
import { NotLoaded } from '../sources/index.ts';
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

/** Sources from outside that are taken for empty; a text that names more is not understood further. */
const MAX_SOURCES = 50;

/** Nothing is loaded: a watchlist has its columns and no rows. */
function plansOf(text: string, context: QueryContext): Pick<Reading, 'plans' | 'improved' | 'refusal'> {
  const loaded = new Map(context.loaded);
  for (;;) {
    try {
      const { tables } = bindAndLower(new LearnedText(text), { ...context, loaded });
      const plans = tables.map(({ plan }) => plan);
      plans.forEach(checkSize);
      return { plans, improved: plans.map((plan) => improve(plan)), refusal: undefined };
    } catch (error) {
      if (error instanceof NotLoaded && loaded.size < MAX_SOURCES) loaded.set(error.source.key, { rows: '[]' });
      else if (error instanceof MailhuntError || error instanceof RangeError || error instanceof NotLoaded)
        return { plans: [], improved: [], refusal: error };
      else throw error;
    }
  }
}
