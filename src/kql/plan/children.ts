import type { Plan, PlanKind, PlanOf } from './plan.ts';

type MapChildren = { readonly [K in PlanKind]: (plan: PlanOf<K>, map: (child: Plan) => Plan) => Plan };

const input = <P extends Extract<Plan, { readonly input: Plan }>>(plan: P, map: (child: Plan) => Plan): Plan => ({
  ...plan,
  input: map(plan.input),
});
const leaf = (plan: Plan): Plan => plan;

const rows: MapChildren = {
  scan: leaf,
  rows: leaf,
  loaded: leaf,
  range: leaf,
  filter: input,
  project: input,
  aggregate: input,
  sort: input,
  take: input,
  unique: input,
  series: input,
  expand: input,
  window: input,
  shared: input,
  outer: leaf,
  apply: (plan, map) => ({ ...plan, input: map(plan.input), inner: map(plan.inner) }),
  join: (plan, map) => ({ ...plan, left: map(plan.left), right: map(plan.right) }),
  union: (plan, map) => ({ ...plan, inputs: plan.inputs.map(map) }),
  compute: (plan, map) => ({ ...plan, inputs: plan.inputs.map(map) }),
};

/** A node with each of its inputs replaced by what `map` gives for it. */
export const mapChildren = <K extends PlanKind>(plan: PlanOf<K>, map: (child: Plan) => Plan): Plan =>
  (rows[plan.kind] as (plan: PlanOf<K>, map: (child: Plan) => Plan) => Plan)(plan, map);

/** The inputs of a node, in order. */
export function childrenOf(plan: Plan): Plan[] {
  const children: Plan[] = [];
  mapChildren(plan, (child) => {
    children.push(child);
    return child;
  });
  return children;
}
