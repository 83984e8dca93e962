import { mapChildren } from './children.ts';
import { mapScalarPlans } from './map-scalars.ts';
import type { Plan, PlanOf } from './plan.ts';

type Outer = PlanOf<'outer'>;

/** The columns that an inner plan reads of the row at hand that is called so. */
export const outerColumns = (inner: Plan, row: string): string[] =>
  outersOf(inner)
    .filter((outer) => outer.row === row)
    .flatMap(({ schema }) => schema.map(({ name }) => name));

/** True for a plan that gives something else for each row of an `apply` around it: it cannot be printed before the rest. */
export const readsOuter = (plan: Plan): boolean => outersOf(plan).length > 0;

/** The `outer` leaves of a plan, those of subqueries in its scalars too, that no `apply` within it binds. */
function outersOf(plan: Plan): Outer[] {
  if (plan.kind === 'outer') return [plan];
  const found: Outer[] = [];
  const visit = (inside: Plan): Plan => {
    found.push(...outersOf(inside));
    return inside;
  };
  mapChildren(plan, visit);
  mapScalarPlans(plan, visit);
  return plan.kind === 'apply' ? found.filter(({ row }) => row !== plan.row) : found;
}
