import type { Plan, PlanKind } from './plan.ts';

/**
 * Whether the rows of a plan stand in an order that a query may build on, as KQL has it: sorted, in a range or made so by
 * `serialize`, and then what keeps the order.
 */
export function isSerialized(plan: Plan): boolean {
  if (makes.has(plan.kind)) return true;
  if (plan.kind === 'compute') return ordered.has(plan.operation) && plan.inputs.every(isSerialized);
  return keeps.has(plan.kind) && 'input' in plan && isSerialized(plan.input);
}

const makes: ReadonlySet<PlanKind> = new Set(['sort', 'range', 'window']);
/** Not what is printed once for several readers: threads that materialise rows mix them. */
const keeps: ReadonlySet<PlanKind> = new Set(['filter', 'project', 'take', 'expand']);

/** Operations of `compute/` that keep their input's order. */
const ordered: ReadonlySet<string> = new Set(['scan', 'row_cumsum', 'row_window_session']);
