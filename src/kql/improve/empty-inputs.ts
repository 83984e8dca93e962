import { childrenOf, type Plan, type PlanKind } from '../plan/index.ts';
import type { Rewrite } from './rewrite.ts';

/** Nodes that give no row where their input has none. */
const passing: ReadonlySet<PlanKind> = new Set(['filter', 'project', 'sort', 'take', 'expand', 'unique', 'window']);

/**
 * A union goes without inputs that can give no row, for they read tables without rows: `search` and `union *` name every
 * table there is, and the engine would plan for all of them (138 tables, 7 s, of which a mail store fills 8).
 */
export const dropEmptyInputs =
  (empty: ReadonlySet<string>): Rewrite =>
  (plan) => {
    if (plan.kind !== 'union') return plan;
    const inputs = plan.inputs.filter((input) => !givesNothing(input, empty));
    if (inputs.length === plan.inputs.length) return plan;
    return inputs.length > 0 ? { ...plan, inputs } : { ...plan, inputs: plan.inputs.slice(0, 1) };
  };

function givesNothing(plan: Plan, empty: ReadonlySet<string>): boolean {
  if (plan.kind === 'scan') return empty.has(plan.table);
  if (plan.kind === 'union') return plan.inputs.every((input) => givesNothing(input, empty));
  return passing.has(plan.kind) && childrenOf(plan).some((input) => givesNothing(input, empty));
}
