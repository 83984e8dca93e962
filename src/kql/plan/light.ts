import { mapScalarPlans } from './map-scalars.ts';
import type { Plan } from './plan.ts';

/** So many rows are nothing to wait for. */
const FEW = 10_000;

/**
 * True for a plan that reads few rows whatever its tables hold (`T | take 10`, `print 1`): it need not wait until large
 * queries have ended.
 *
 * @example isLight(planOf('EmailEvents | take 10')) // true
 * @example isLight(planOf('EmailEvents | where Subject has "x" | take 10')) // false: it may read everything
 */
export function isLight(plan: Plan): boolean {
  if (holdsPlans(plan)) return false;
  switch (plan.kind) {
    case 'rows':
      return true;
    case 'take':
      return isLight(plan.input) || (plan.count <= FEW && readsInStream(plan.input));
    case 'project':
    case 'filter':
    case 'sort':
    case 'aggregate':
      return isLight(plan.input);
    case 'union':
      return plan.inputs.every(isLight);
    default:
      return false;
  }
}

/** True where a row that comes out is a row that was read: nothing is gathered, nothing is left out. */
const readsInStream = (plan: Plan): boolean =>
  plan.kind === 'scan' || (plan.kind === 'project' && !holdsPlans(plan) && readsInStream(plan.input));

function holdsPlans(plan: Plan): boolean {
  let found = false;
  mapScalarPlans(plan, (inside) => {
    found = true;
    return inside;
  });
  return found;
}
