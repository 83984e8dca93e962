import type { Named, Plan, PlanKind, PlanOf } from './plan.ts';
import type { AggregateCall, Scalar } from './scalar.ts';

type Change = (scalar: Scalar) => Scalar;
type MapScalars = { readonly [K in PlanKind]: (plan: PlanOf<K>, change: Change) => Plan };

const same = (plan: Plan): Plan => plan;
const named = (items: readonly Named<Scalar>[], change: Change): Named<Scalar>[] =>
  items.map(({ name, value }) => ({ name, value: change(value) }));
const calls = <T extends Named<AggregateCall>>(items: readonly T[], change: Change): T[] =>
  items.map((item) => ({ ...item, value: { ...item.value, args: item.value.args.map(change) } }));

const rows: MapScalars = {
  scan: same,
  rows: same,
  loaded: same,
  take: same,
  union: same,
  compute: same,
  apply: same,
  outer: same,
  shared: same,
  range: (plan, change) => ({ ...plan, from: change(plan.from), to: change(plan.to), step: change(plan.step) }),
  filter: (plan, change) => ({ ...plan, predicate: change(plan.predicate) }),
  project: (plan, change) => ({ ...plan, columns: named(plan.columns, change) }),
  aggregate: (plan, change) => ({ ...plan, by: named(plan.by, change), aggregates: calls(plan.aggregates, change) }),
  sort: (plan, change) => ({ ...plan, keys: plan.keys.map((key) => ({ ...key, value: change(key.value) })) }),
  expand: (plan, change) => ({ ...plan, items: named(plan.items, change) }),
  window: (plan, change) => ({ ...plan, calls: calls(plan.calls, change) }),
  unique: (plan, change) => ({
    ...plan,
    keys: plan.keys.map(change),
    ...(plan.best && { best: { ...plan.best, value: change(plan.best.value) } }),
  }),
  join: (plan, change) => ({
    ...plan,
    on: plan.on.map(({ left, right }) => ({ left: change(left), right: change(right) })),
  }),
  series: (plan, change) => ({
    ...plan,
    by: named(plan.by, change),
    aggregates: calls(plan.aggregates, change),
    axis: { ...plan.axis, value: change(plan.axis.value) },
    from: plan.from && change(plan.from),
    to: plan.to && change(plan.to),
  }),
};

/** A node with each of its own scalars replaced by what `change` gives for it; its inputs stay. */
export const mapScalars = <K extends PlanKind>(plan: PlanOf<K>, change: Change): Plan =>
  (rows[plan.kind] as (plan: PlanOf<K>, change: Change) => Plan)(plan, change);

/** A node with the plans inside its scalars (`toscalar`, `in (T)`) replaced by what `change` gives for them. */
export function mapScalarPlans(plan: Plan, change: (plan: Plan) => Plan): Plan {
  const inside: Change = (scalar) => {
    if (scalar.kind === 'subquery') return { ...scalar, plan: change(scalar.plan) };
    if (scalar.kind === 'membership') return { ...scalar, value: inside(scalar.value), plan: change(scalar.plan) };
    return scalar.kind === 'call' ? { ...scalar, args: scalar.args.map(inside) } : scalar;
  };
  return mapScalars(plan, inside);
}
